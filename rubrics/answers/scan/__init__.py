"""Pages on paper, scanned or photographed; a person reads them."""
