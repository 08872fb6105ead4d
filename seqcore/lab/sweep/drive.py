"""A sweep from wherever it stands to its end: claimed, searched, judged; what is in the way is waited for and said."""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from seqcore.engine.worker_memory import memory_of_worker
from seqcore.errors import EngineError, LimitError, SeqlabError, StorageError
from seqcore.lab.memory import measured_here, refuse_what_does_not_fit
from seqcore.lab.resume import resume_runs
from seqcore.lab.stop import stop_runs
from seqcore.lab.study import Do, measured_apart
from seqcore.lab.sweep.driver import Bounds, SweepDriver, SweepEngine, engine_if_any, was_interrupted
from seqcore.lab.sweep.final import final_specs, outcome
from seqcore.store import DONE, Run, RunState, SweepState
from seqcore.store.sweeps import ClaimLost

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices
    from seqcore.settings import Settings
    from seqcore.store import Store, SweepRecord

_LOG = logging.getLogger(__name__)
CLAIM_SECONDS = 60.0  # without a sign of life, after which another driver takes over
RENEW_SECONDS = 15.0
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 15.0  # seconds until what was in the way is tried again
STOPPED = "Stopped. What was trained so far is kept; there is no verdict."


@dataclass(frozen=True)
class Workshop:
    """What drivers work with.

    Attributes:
        store: Where everything is kept.
        engine: Gives the engine; raises an EngineError while there is none.
        settings: Of the deployment.
        do: Has heavy work over large data done by a child; None: it is done in this process.
    """

    store: Store
    engine: Callable[[], SweepEngine]
    settings: Settings
    do: Do | None = None


def new_name() -> str:
    """A name that no other driver has."""
    return secrets.token_hex(8)


class Drive:
    """Drives one sweep, a look at a time; whoever comes after it, in whatever process, goes on where it ended.

    Attributes:
        sweep_id: Which.
        driver: Knows the trials; None before the first look.
        judges: Whether it begins the final comparison itself; else see `judge`.
        searched: Whether no trial is left to do.
        waits: What it waits for, in a sentence; empty while it goes on.
        error: Why the sweep failed here; None where it did not.
    """

    def __init__(
        self,
        workshop: Workshop,
        sweep_id: str,
        who: str,
        *,
        judges: bool = True,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Nothing is claimed before the first look.

        Args:
            workshop: What it works with.
            sweep_id: Which sweep.
            who: Name of the driver.
            judges: Whether it begins the final comparison itself; else see `judge`.
            clock: Seconds that never go back.
        """
        self._workshop, self._store, self._who = workshop, workshop.store, who
        self.judges, self._clock = judges, clock
        self._renew_at = self._try_at = -1.0
        self._pause = 0.0
        self.sweep_id, self.searched, self.waits = sweep_id, False, ""
        self.driver: SweepDriver | None = None
        self.error: SeqlabError | None = None

    def look(self) -> bool:
        """Do what is to be done now; True when nothing more is: the sweep has ended, or another one drives it."""
        try:
            record = self._claimed()
            if record is None:
                return True
            if self._clock() < self._try_at and record.state == SweepState.GOING:
                return False
            over = self._advance(record)
            if not over and record.message:
                self._store.sweeps.tell(self.sweep_id, self._who, "")
            self.waits, self._pause = "", 0.0
            return over
        except ClaimLost:
            return True
        except (LimitError, EngineError, StorageError) as error:
            self._wait(error)
            return False
        except SeqlabError as error:
            return self._fail(error)
        except Exception:
            _LOG.exception("sweep %s cannot go on", self.sweep_id)
            return self._fail(SeqlabError("The sweep could not go on, and it is our mistake", remedy="See the log"))

    def release(self) -> None:
        """Let another one drive the sweep at once."""
        with contextlib.suppress(StorageError):  # then its claim ends by itself
            self._store.sweeps.release(self.sweep_id, self._who)
        self._renew_at = -1.0

    def _claimed(self) -> SweepRecord | None:
        """The sweep as it is now, if it is ours."""
        now = self._clock()
        if now < self._renew_at:
            return self._store.sweeps.driven_by(self.sweep_id, self._who)
        self._renew_at = now + RENEW_SECONDS
        return self._store.sweeps.claim(self.sweep_id, self._who, CLAIM_SECONDS)

    def _advance(self, record: SweepRecord) -> bool:
        if self.driver is None:
            self.driver = self._driver_of(record)
        if record.state == SweepState.STOPPING:
            return self._stop(self.driver, record)
        if record.final_experiment_id is not None:
            return self._watch_final(self.driver, record)
        self.searched = self.searched or self.driver.step()
        return self.searched and self.judges and not judge(self._workshop, {self.sweep_id: self.driver}, self._who)

    def _driver_of(self, record: SweepRecord) -> SweepDriver:
        dataset = self._store.datasets.get(record.workspace, record.dataset_id)
        data, settings = self._store.datasets.load(dataset), self._workshop.settings
        memory = memory_of_worker(settings)

        def refuse(chosen: Choices) -> None:
            do = self._workshop.do
            read = measured_here if do is None else partial(measured_apart, do=do)
            refuse_what_does_not_fit(data, chosen, memory, partial(read, data, chosen))

        bounds = Bounds(settings.workers, settings.max_epochs, refuse)
        return SweepDriver(self._store, record, self._who, dataset, self._workshop.engine, bounds)

    def _stop(self, driver: SweepDriver, record: SweepRecord) -> bool:
        stopped = driver.stop()
        going = [run.id for run in self._final_runs(record) if run.state not in DONE]
        stop_runs(self._store, record.workspace, going, engine=engine_if_any(self._workshop.engine))
        if stopped and not going:
            self._end(SweepState.STOPPED, STOPPED)
        return stopped and not going

    def _watch_final(self, driver: SweepDriver, record: SweepRecord) -> bool:
        """See how the judging models are; True when all have ended."""
        runs, engine = self._final_runs(record), self._workshop.engine()
        interrupted = [run.id for run in runs if was_interrupted(run)]
        if interrupted:
            resume_runs(self._store, record.workspace, interrupted, submit=engine.submit)
            return False
        unclaimed = [run.id for run in runs if run.state == RunState.QUEUED and not run.engine]
        if unclaimed:
            engine.submit(unclaimed)
        if any(run.state not in DONE for run in runs):
            return False
        failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
        if failed:
            self._end(SweepState.FAILED, "; ".join(f"{run.name} {run.state}: {run.message}" for run in failed))
        elif any(run.state == RunState.CANCELLED for run in runs):  # half a training is no evidence against a whole
            self._end(SweepState.STOPPED, STOPPED)
        else:
            self._end(SweepState.FINISHED, outcome(driver.so_far.over))
        return True

    def _final_runs(self, record: SweepRecord) -> list[Run]:
        final = record.final_experiment_id
        return [] if final is None else self._store.runs.of(record.workspace, final)

    def _wait(self, error: SeqlabError) -> None:
        """Try again later; meanwhile an engine of another process may take the sweep where ours is the problem."""
        self._pause = min(LONGEST_WAIT, max(SHORTEST_WAIT, 2 * self._pause))
        self._try_at = self._clock() + self._pause
        self.waits = f"Waits: {error}"
        with contextlib.suppress(ClaimLost, StorageError):
            self._store.sweeps.tell(self.sweep_id, self._who, self.waits)
        if isinstance(error, EngineError):
            self.release()

    def _fail(self, error: SeqlabError) -> bool:
        self.error = error
        try:
            if self.driver is not None:
                self.driver.stop()
        except Exception:
            _LOG.exception("the trials of sweep %s were not stopped", self.sweep_id)
        with contextlib.suppress(ClaimLost, StorageError):
            self._end(SweepState.FAILED, str(error))
        return True

    def _end(self, state: SweepState, message: str) -> None:
        self._store.sweeps.end(self.sweep_id, self._who, state, message)


def judge(workshop: Workshop, searched: Mapping[str, SweepDriver], who: str) -> bool:
    """Train what sweeps of the same data found, and what they began with, from fresh seeds, beside each other.

    Args:
        workshop: What it works with.
        searched: The sweeps that are to be judged together, by their ids, all trials done.
        who: Drives them.

    Returns:
        Whether something is trained; else there was nothing to compare, and the sweeps are ended.

    Raises:
        ClaimLost: another one drives one of them.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    store, first = workshop.store, next(iter(searched.values()))
    over = [driver.so_far.over for driver in searched.values()]
    specs = final_specs(over, first.data.content_hash, first.seeds, max_epochs=workshop.settings.max_epochs)
    if not specs:
        for sweep_id, each in zip(searched, over, strict=True):
            state = SweepState.FAILED if each.best is None else SweepState.FINISHED
            store.sweeps.end(sweep_id, who, state, outcome(each))
        return False
    final = store.sweeps.begin_final(list(searched), who, specs, f"After the sweep: {first.data.name}")
    workshop.engine().submit([run.id for run in store.runs.of(final.workspace, final.id)])
    return True
