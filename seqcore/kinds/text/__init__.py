"""Text to ids and back to the characters they came from."""

from seqcore.kinds.text.encoder import Stages, TextEncoder, Token
from seqcore.kinds.text.kind import TextKind
from seqcore.kinds.text.options import TextOptions

__all__ = ["Stages", "TextEncoder", "TextKind", "TextOptions", "Token"]
