"""How long a model's training steps and answers take, timed on its own data while nothing else trains.

Weights do not matter to that, so a model is measured with its first ones: one that is trained already need not be
loaded, and one that is not trained yet can be measured as well.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from seqcore.analysis.alone import Alone
from seqcore.spec import RunSpec, TrainingOptions
from seqcore.store import Store
from seqcore.worker.batches import BATCHES
from seqcore.worker.evaluate import TEXTS_AT_ONCE
from seqcore.worker.fit.closed_form import solve
from seqcore.worker.fit.loop import class_weights_of, make_optimizer
from seqcore.worker.fit.observer import Observers
from seqcore.worker.fit.steps import Step, train_step
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime import devices
from seqcore.worker.set_up import SetUp, set_up

REPEATS = range(5, 21)  # of which the fastest counts, step by step: whatever else a machine does only ever adds
ENOUGH_SECONDS = 1.5  # of the repeats of one thing, once there are a few
REPEAT_SECONDS = 0.4  # of the training steps of a repeat, about
FEWEST_STEPS = 8
MOST_SECONDS = 6.0  # after which those that there are must do
MOST_TEXTS = 1_000

_Part = Callable[[], object]


class _Disturbed(Exception):
    """Something else began to train."""


def measure_alone(
    spec: RunSpec,
    dataset_id: str,
    store: Store,
    disturbed: Callable[[], bool],
    memory_limit: int | None = None,
) -> Alone | None:
    """Time one model; ends early, without a result, as soon as it is disturbed.

    Args:
        spec: Of the model.
        dataset_id: The data that it learns from.
        store: Where they are.
        disturbed: Whether something else trains; asked between repeats.
        memory_limit: Bytes at which this process is ended.

    Raises:
        TrainingError: the model would not fit in memory.
    """
    ready = set_up(store, dataset_id, spec, memory_limit)
    try:
        step_seconds, steps, batches = _training(ready, spec, disturbed)
        groups = _groups(ready.prepared.test)
        answered = _fastest([partial(ready.scorer.logits, group) for group in groups], disturbed)
    except _Disturbed:
        return None
    texts = sum(map(len, groups))
    ms_per_text = 1000 * answered / texts
    validation = 0.0 if ready.architecture.fit == "closed_form" else ms_per_text / 1000 * len(ready.prepared.validation)
    return Alone(
        step_seconds=step_seconds,
        epoch_seconds=step_seconds * batches + validation,
        ms_per_text=ms_per_text,
        steps=steps,
        texts=texts,
    )


def _training(ready: SetUp, spec: RunSpec, disturbed: Callable[[], bool]) -> tuple[float, int, int]:
    """Seconds of a step, steps that were timed, and steps of an epoch."""
    prepared, training = ready.prepared, spec.training
    if ready.architecture.fit == "closed_form":
        fit = partial(solve, ready.model, ready.scorer, prepared, ready.options, training, spec.seed, Observers())
        return _fastest([fit], disturbed), 1, 1
    with devices.placement():
        weights = class_weights_of(prepared.learned.labels, prepared.sizes.classes, training)
        step = train_step(ready.model, make_optimizer(training), weights)
        batches = _by_work(prepared.learned, training, spec.seed)
        steps = [partial(_take, step, prepared.learned, rows) for rows in batches]
        middle = steps[len(steps) // 2]
        middle()  # the first of all is slower
        chosen = _evenly(steps, max(FEWEST_STEPS, math.ceil(REPEAT_SECONDS / _seconds(middle))))
        return _fastest(chosen, disturbed) / len(chosen), len(chosen), len(batches)


def _by_work(train: Examples, training: TrainingOptions, seed: int) -> list[np.ndarray]:
    """The batches of an epoch, those with the fewest steps first."""
    batches = BATCHES[training.batches](train.lengths, training.batch_size, np.random.default_rng(seed))
    return sorted(batches, key=lambda rows: len(rows) * int(train.lengths[rows].max()))


def _evenly(steps: Sequence[_Part], wanted: int) -> list[_Part]:
    """So many of them that stand for all: from the middle of as many equal parts."""
    few = min(wanted, len(steps))
    return [steps[int((place + 0.5) * len(steps) / few)] for place in range(few)]


def _groups(texts: Examples) -> list[Examples]:
    """At most `MOST_TEXTS` of the texts, of all lengths alike, those of similar length together."""
    order = np.argsort(texts.lengths, kind="stable")
    few = min(MOST_TEXTS, len(order))
    spread = order[((np.arange(few) + 0.5) * len(order) / few).astype(int)]
    return [texts.some(rows) for rows in np.array_split(spread, math.ceil(few / TEXTS_AT_ONCE))]


def _take(step: Step, train: Examples, rows: np.ndarray) -> None:
    step(*train.batch(rows))


def _fastest(parts: Sequence[_Part], disturbed: Callable[[], bool]) -> float:
    """Seconds of all parts together, of each the fastest of a few repeats.

    Raises:
        _Disturbed: something else trains.
    """
    best, begun = [math.inf] * len(parts), time.perf_counter()
    for repeat in range(1, REPEATS.stop):
        if disturbed():
            raise _Disturbed
        best = [min(before, _seconds(part)) for before, part in zip(best, parts, strict=True)]
        if time.perf_counter() - begun > (ENOUGH_SECONDS if repeat in REPEATS else MOST_SECONDS):
            break
    if disturbed():
        raise _Disturbed
    return sum(best)


def _seconds(part: _Part) -> float:
    start = time.perf_counter()
    part()
    return time.perf_counter() - start
