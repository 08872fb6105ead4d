"""Text to ids and back to the characters they came from."""

from seqcore.kinds.text.encoder import Steps, TextEncoder, Token

__all__ = ["Steps", "TextEncoder", "Token"]
