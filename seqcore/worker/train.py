"""One run from its spec to its stored results."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from seqcore.analysis.best_epoch import best_epoch
from seqcore.analysis.curve_reading import OneAnswer, ends_of_epochs, read_curves
from seqcore.analysis.evaluation import Evaluation
from seqcore.analysis.predictions import TEST_FILE, VALIDATION_FILE, write_predictions
from seqcore.architectures import get_architecture
from seqcore.errors import SeqlabError, StorageError, TrainingError
from seqcore.kinds import get_kind
from seqcore.settings import get_settings
from seqcore.store import Run, RunState, Store
from seqcore.store.faults import interrupted_by, system_fault
from seqcore.store.moments import Moments
from seqcore.worker.assess import Answered
from seqcore.worker.evaluate import Scorer, evaluate_model
from seqcore.worker.first_vectors import FIRST_VECTORS, from_bytes, to_bytes
from seqcore.worker.fit.best_epoch import BestEpoch
from seqcore.worker.fit.checkpoint import Checkpoints
from seqcore.worker.fit.closed_form import solve
from seqcore.worker.fit.loop import fit
from seqcore.worker.fit.moments import MomentKeeper
from seqcore.worker.fit.observer import Observers
from seqcore.worker.fit.report import Reporter
from seqcore.worker.fit.stop_when_asked import StopWhenAsked
from seqcore.worker.fit.time_limit import TimeLimit
from seqcore.worker.fit.turn import Turn
from seqcore.worker.models import save
from seqcore.worker.models.build import trainable_parameters
from seqcore.worker.prepare import PreparedData
from seqcore.worker.runtime import devices
from seqcore.worker.set_up import set_up

logger = logging.getLogger(__name__)


def never() -> bool:
    """Nobody asks a run to stop but through the store."""
    return False


def train_run(
    run_id: str,
    store: Store,
    engine_id: str,
    asked_to_stop: Callable[[], bool] = never,
    memory_limit: int | None = None,
) -> bool:
    """Train, evaluate and store a queued run; whatever happens, its end and the reason are in the store.

    Args:
        run_id: The run.
        store: Where it waits.
        engine_id: Who carries it out.
        asked_to_stop: Whether it is to end now; looked at before every batch. The store is asked as well, less often.
        memory_limit: Bytes at which this process is ended; a run that would need more is refused before it begins.

    Returns:
        Whether it has given its worker up instead, and waits for its next turn.

    Raises:
        StorageError: the store itself could not be told for too long.
    """
    if not store.progress.begin(run_id, engine_id):
        return False
    run = store.runs.find(run_id)
    finish = partial(store.progress.finish, run_id, worker=run.worker)
    try:
        return _StagesOfRun(store, run, asked_to_stop, memory_limit).carry_out()
    except StorageError as error:
        finish(state=RunState.INTERRUPTED, message=interrupted_by(error))
    except SeqlabError as error:
        finish(state=RunState.FAILED, message=str(error))
    except (MemoryError, tf.errors.ResourceExhaustedError):
        message = "There was not enough memory. Choose a smaller batch, a shorter maximum length or fewer units."
        finish(state=RunState.FAILED, message=message)
    except OSError as error:
        logger.exception("run %s was interrupted", run_id)
        finish(state=RunState.INTERRUPTED, message=interrupted_by(system_fault(error)))
    except Exception as error:
        logger.exception("run %s failed", run_id)
        message = f"Something went wrong that we did not foresee ({type(error).__name__}). The log has the details."
        finish(state=RunState.FAILED, message=message)
    return False


class _StagesOfRun:
    """The stages of a run, timed."""

    def __init__(self, store: Store, run: Run, asked_to_stop: Callable[[], bool], memory_limit: int | None) -> None:
        run.check_settings()
        self.store, self.run, self.spec, self.asked_to_stop = store, run, run.spec, asked_to_stop
        self.memory_limit = memory_limit
        self.architecture = get_architecture(run.architecture)
        self.options = self.architecture.validate_options(self.spec.model)
        self.checkpoints = Checkpoints(store, run)
        self.moments: MomentKeeper | None = None
        self.seconds: dict[str, float] = {}
        self._mark = time.monotonic()

    def carry_out(self) -> bool:
        """All stages, or those of one turn; whether it has given its worker up."""
        dataset = self.store.datasets.of_run(self.run.id)
        ready = set_up(self.store, dataset.id, self.spec, self.memory_limit, self._earlier_vectors())
        prepared, model, scorer = ready.prepared, ready.model, ready.scorer
        self._lap("preparing")
        reporter = Reporter(self.store, self.run)
        is_ours = self._reach(RunState.TRAINING, parameters=trainable_parameters(model))
        if is_ours and ready.first_vectors is not None:
            self.store.artifacts.write(self.run.id, FIRST_VECTORS, to_bytes(ready.first_vectors))
        turn = self._turn(reporter)
        limit = TimeLimit(60 * get_settings().max_training_minutes, reporter.seconds)
        observers = self._observers(model, reporter, limit, prepared)
        epochs, chosen = self._fit(model, scorer, prepared, observers, turn)
        if turn.is_over:
            return True
        self._lap("training")
        self.seconds["training"] += reporter.earlier_seconds
        if not self._reach(RunState.EVALUATING):
            return False  # deleted, or with another worker: its files are not ours to write
        if self.moments is not None:
            self.moments.write()
        evaluation = self._evaluate(model, scorer, prepared)
        trained = {"epochs": epochs, "training_rows": len(prepared.train)}
        results = evaluation.results() | trained | chosen | self._course(evaluation, prepared)
        self._lap("evaluating")
        self.checkpoints.remove()  # before the end is written: the files of a run that is done are counted
        self.store.progress.finish(
            self.run.id,
            state=RunState.CANCELLED if observers.cancelled else RunState.FINISHED,
            worker=self.run.worker,
            results=results,
            seconds=self.seconds,
            message=self._message(epochs, stopped=observers.cancelled, out_of_time=limit.reached),
        )
        return False

    def _earlier_vectors(self) -> np.ndarray | None:
        """What the words began with in an earlier turn: it took time to learn."""
        if not self.store.artifacts.has(self.run.id, FIRST_VECTORS):
            return None
        try:
            return from_bytes(self.store.artifacts.read(self.run.id, FIRST_VECTORS))
        except (ValueError, EOFError):
            return None

    def _message(self, epochs: int, *, stopped: bool, out_of_time: bool) -> str:
        """Why it ended before its last epoch; empty where patience ended it, which its settings say."""
        planned = self.spec.training.epochs
        if stopped:
            return f"Stopped after {epochs} of {planned} epochs."
        return time_is_up(get_settings().max_training_minutes, epochs, planned) if out_of_time else ""

    def _turn(self, reporter: Reporter) -> Turn:
        """The turn that begins now: at least as long as preparing for it took, so that half of the work is training."""
        preparing, shortest = self.seconds["preparing"], get_settings().turn_seconds
        self.seconds["preparing"] += self.run.seconds.get("preparing", 0.0)  # of earlier turns
        return Turn(
            self.store,
            self.run,
            self.checkpoints,
            shortest=max(shortest, preparing) if shortest else 0.0,
            seconds=lambda: {"preparing": self.seconds["preparing"], "training": reporter.seconds()},
        )

    def _reach(self, state: RunState, **fields: Any) -> bool:
        return self.store.progress.set_state(self.run.id, state, worker=self.run.worker, **fields)

    def _observers(self, model: keras.Model, reporter: Reporter, limit: TimeLimit, prepared: PreparedData) -> Observers:
        """Who hears of the training, in this order; the checkpoint comes after them."""
        first, best = (StopWhenAsked(self.asked_to_stop), reporter, limit), BestEpoch(model, self.spec.training)
        if self.architecture.fit == "closed_form":
            return Observers(*first, best)
        about = Moments(classes=prepared.data.classes, sizes=prepared.sizes.stored())
        self.moments = MomentKeeper(model, self.store, self.run.id, about, get_settings().epochs_kept_mb)
        if not self.moments.why_none:
            with contextlib.suppress(StorageError):  # without it a model cannot be asked while it trains: nothing else
                self.store.artifacts.write(self.run.id, prepared.kind.encoder_file, prepared.encoder.to_bytes())
        return Observers(*first, self.moments, best)  # before the model is given its best weights back

    def _fit(
        self, model: keras.Model, scorer: Scorer, prepared: PreparedData, observers: Observers, turn: Turn
    ) -> tuple[int, dict[str, Any]]:
        """Train in place: epochs completed, and what training itself chose."""
        training, seed = self.spec.training, self.spec.seed
        if self.architecture.fit == "closed_form":
            return 1, solve(model, scorer, prepared, self.options, training, seed, observers)
        try:
            with devices.placement():
                rate = float(getattr(self.options, "encoder_rate", 1.0))  # of what was learned before it
                return fit(model, scorer, prepared, training, seed, observers, self.checkpoints, turn, rate), {}
        except TrainingError:
            self.checkpoints.remove()  # what diverged would do so again
            if self.moments is not None:
                self.moments.remove()
            raise

    def _evaluate(self, model: keras.Model, scorer: Scorer, prepared: PreparedData) -> Evaluation:
        evaluation, validation, test = evaluate_model(scorer, prepared, self.seconds)
        artifacts = {
            "model.keras": save.to_bytes(model),
            prepared.kind.encoder_file: prepared.encoder.to_bytes(),
            "evaluation.json": evaluation.to_bytes(),
            TEST_FILE: test_answers(prepared, test),
            VALIDATION_FILE: validation_answers(prepared, validation),
        }
        artifacts["run.json"] = json.dumps(
            self._description(prepared, evaluation.results()["test"]), indent=2, ensure_ascii=False
        ).encode()
        for name, data in artifacts.items():
            self.store.artifacts.write(self.run.id, name, data)
        return evaluation

    def _course(self, evaluation: Evaluation, prepared: PreparedData) -> dict[str, Any]:
        """The best epoch, 0 before the first, and how training went in a word and a sentence.

        From what was reported, so that the epochs before an interruption are among them.
        """
        moments = [row for _, _, row in self.store.measurements.rows([self.run.id])]
        ends, keep = ends_of_epochs(moments), self.spec.training.keep
        best = best_epoch([(end.validation_loss, end.validation_accuracy) for end in ends], keep)
        found = read_curves(
            ends,
            planned=self.spec.training.epochs,
            kept=None if keep == "last" else best,
            accuracy=evaluation.test.accuracy,
            one_answer=_one_answer(evaluation, prepared),
            examples=get_kind(self.spec.input.kind).examples,
            in_one_go=self.architecture.fit == "closed_form",
        )
        return {"best_epoch": best, "curves": {"course": found.course, "sentence": found.sentence}}

    def _description(self, prepared: PreparedData, test: dict[str, float]) -> dict[str, Any]:
        """The content of `run.json`: what this model is, for people and for `predict.py`."""
        return {
            "run": self.run.id,
            "architecture": self.architecture.name,
            "label": self.architecture.label,
            "dataset": prepared.data.name,
            "classes": list(prepared.data.classes),
            "sizes": prepared.sizes.stored(),
            "spec": self.spec.model_dump(mode="json"),
            "test": test,
        }

    def _lap(self, stage: str) -> None:
        now = time.monotonic()
        self.seconds[stage], self._mark = now - self._mark, now


def time_is_up(minutes: float, epochs: int, planned: int) -> str:
    """What is said of a run that the server's limit of time ended."""
    kept = "The best weights until then were kept" if epochs else "The weights that it had by then were kept"
    return (
        f"The time limit of this server, {minutes:g} minutes of training a run, ended it after {epochs} of {planned} "
        f"epochs. {kept} and scored. To get further, choose fewer epochs, shorter texts or a smaller model."
    )


def _one_answer(evaluation: Evaluation, prepared: PreparedData) -> OneAnswer | None:
    """What always giving the most frequent answer gets, as the evaluation has it."""
    always = evaluation.baseline
    if always is None:
        return None
    right = float((prepared.train.labels == always.code).mean())
    return OneAnswer(always.label, always.accuracy, right, len(prepared.test))


def test_answers(prepared: PreparedData, answered: Answered) -> bytes:
    """The test split with the model's answers, as `predictions.parquet` has it."""
    data, rows = prepared.data, prepared.split.test
    summaries = [data.summary(row) for row in rows]
    return write_predictions(rows, summaries, answered.labels, answered.probabilities, data.classes)


def validation_answers(prepared: PreparedData, answered: Answered) -> bytes:
    """The same of the validation split, without the texts, which the data set has: what is chosen is chosen on it."""
    rows, classes = prepared.split.validation, prepared.data.classes
    return write_predictions(rows, None, answered.labels, answered.probabilities, classes)
