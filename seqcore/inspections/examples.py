"""Which models can be asked about an example of their kind of data, whatever that is."""

from __future__ import annotations

from seqcore.architectures import Architecture
from seqcore.kinds import kinds


def reads_examples(architecture: Architecture, kind: str) -> str | None:
    """Why a model cannot be asked about an example of this kind."""
    known = {each.name: each for each in kinds()}
    if kind not in known:
        return f"reads {kind}, and nobody here knows what that is"
    if known[kind].form not in architecture.reads:
        return f"cannot read {known[kind].examples}"
    return None
