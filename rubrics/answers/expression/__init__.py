"""A formula, typed or in LaTeX, of which every equivalent form is right."""
