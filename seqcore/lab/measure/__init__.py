"""Seconds measured alone: one model after the other, while nothing else trains."""
