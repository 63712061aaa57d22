"""Wrong gradients per reference, each derived by hand as a student would derive it."""
