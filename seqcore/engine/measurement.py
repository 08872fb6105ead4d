"""A measurement that a worker was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.errors import EngineError

if TYPE_CHECKING:
    from distributed import Future

    from seqcore.analysis.alone import Alone


class Measurement:
    """One model's measurement, on its way or done.

    Args:
        future: Dask's.
    """

    def __init__(self, future: Future) -> None:
        self._future = future

    def done(self) -> bool:
        """Whether it has ended, however that was."""
        return bool(self._future.done())

    def result(self) -> Alone | None:
        """What was measured, once it is done; None when something began to train meanwhile.

        Raises:
            SeqlabError: the model cannot be measured; the sentence says why.
            EngineError: the process that measured died.
        """
        from distributed import CancelledError, KilledWorker

        try:
            found: Alone | None = self._future.result()
        except (KilledWorker, CancelledError, OSError) as error:
            raise EngineError(
                "The process that measured died", received=type(error).__name__, remedy="Try again"
            ) from error
        finally:
            self._future.release()
        return found

    def cancel(self) -> None:
        """Wait for it no more: if it has not begun it never does, else it ends by itself within seconds."""
        self._future.cancel()
