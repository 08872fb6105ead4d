"""Sounds to log-mel frames."""

from seqcore.kinds.audio.encoder import AudioEncoder
from seqcore.kinds.audio.kind import AudioKind
from seqcore.kinds.audio.options import AudioOptions

__all__ = ["AudioEncoder", "AudioKind", "AudioOptions"]
