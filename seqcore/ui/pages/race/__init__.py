"""The body of the Memory race page."""
