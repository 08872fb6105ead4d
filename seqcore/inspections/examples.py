"""Which models can be asked about an example of their kind of data, whatever that is."""

from __future__ import annotations

from seqcore.architectures import Architecture
from seqcore.kinds import kinds


def has_gradients(architecture: Architecture, kind: str) -> str | None:
    """Why nothing can be said of how its answer changes with the vectors of an example's steps."""
    if architecture.fit == "closed_form" and not architecture.counts_terms:
        return "gives its steps no vectors that a gradient could be of; leaving some of them out tells what matters"
    return reads_examples(architecture, kind)


def reads_examples(architecture: Architecture, kind: str) -> str | None:
    """Why a model cannot be asked about an example of this kind."""
    known = {each.name: each for each in kinds()}
    if kind not in known:
        return f"reads {kind}, and nobody here knows what that is"
    if known[kind].form not in architecture.reads:
        return f"cannot read {known[kind].examples}"
    return None
