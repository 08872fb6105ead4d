"""The tab What if: words changed in place, what would flip an answer, and two texts side by side."""
