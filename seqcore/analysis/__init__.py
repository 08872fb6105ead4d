"""What the predictions say: scores, curves, and whether a difference is more than chance."""
