"""What one example of a data set is: text."""

from seqcore.kinds.text.options import TextOptions

__all__ = ["TextOptions"]
