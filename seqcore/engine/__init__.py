"""The training engine: runs and questions, carried out by worker processes."""

from seqcore.engine.client import Engine

__all__ = ["Engine"]
