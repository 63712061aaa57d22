"""Small reference computations, as a homework asks for them."""
