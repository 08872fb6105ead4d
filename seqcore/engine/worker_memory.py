"""How much memory a worker process of this deployment may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.workroom.memory import shares

if TYPE_CHECKING:
    from seqcore.settings import Settings

LEAST = 1_500_000_000  # bytes; TensorFlow with a small model takes 0.7 GB
FOR_QUESTIONS = 1  # workers beside those that train


def memory_of_worker(settings: Settings) -> int | None:
    """Bytes at which a training process is ended; None on a cluster, whose workers know it themselves."""
    return None if settings.scheduler else memory_of_local_worker(settings, settings.workers)


def memory_of_local_worker(settings: Settings, workers: int) -> int:
    """Bytes for each of so many workers of this machine, and for the one for questions: as set, or a share."""
    share = shares(settings).workers // (workers + FOR_QUESTIONS)
    return settings.worker_memory_mb * 1024 * 1024 or max(LEAST, share)
