"""The parts of the page How models read."""
