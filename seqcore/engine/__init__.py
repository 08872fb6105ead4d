"""The training engine: runs and questions, carried out by worker processes."""

from seqcore.engine.client import Engine, EngineStatus

__all__ = ["Engine", "EngineStatus"]
