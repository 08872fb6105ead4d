"""Sequence Lab's core: compare sequence models on your own labelled text."""

__version__ = "0.1.0"
