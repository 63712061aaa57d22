"""Wrong gradients with known causes, written before the diagnosis engine was seen."""
