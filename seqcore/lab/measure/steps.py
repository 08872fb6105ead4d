"""The width with which a model's training steps take as long as another's, found by measuring a few widths."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from seqcore.architectures import Architecture, get_architecture
from seqcore.architectures.matching import widths
from seqcore.errors import TrainingError
from seqcore.lab.measure.measurer import Measurer
from seqcore.lab.plan import Choices
from seqcore.lab.plan_code import write_plan
from seqcore.spec import RunSpec

NEAR = 0.03  # share by which seconds may miss what is wanted: a step is not measured more exactly
MOST_WIDTHS = 6  # measured of one architecture
SECONDS_OF_A_MODEL = 20.0  # about, to be said before

Seconds = Mapping[int, float]  # of a step, by width; infinite where a model does not fit in memory


@dataclass(frozen=True)
class Steps:
    """How long training steps take.

    Attributes:
        reference: Architecture that the others are matched to.
        wanted: Seconds of its steps, as it was set.
        measured: Of every other architecture that has a width.
    """

    reference: str
    wanted: float
    measured: Mapping[str, Seconds] = field(default_factory=dict)

    def nearest(self, architecture: str) -> int | None:
        """The width of an architecture whose steps come nearest; None where none was measured."""
        known = {width: each for width, each in self.measured.get(architecture, {}).items() if math.isfinite(each)}
        return min(known, key=lambda width: (abs(known[width] - self.wanted), width), default=None)


def steps_key(content_hash: str, chosen: Choices, reference: str) -> tuple[str, str, str]:
    """Names everything that the seconds of steps depend on."""
    training = chosen.training.model_copy(update={"epochs": 1, "early_stopping": 0})
    plain = replace(chosen, training=training, seed=0, repeats=1, seeds=(), match="none", match_to="")
    return content_hash, write_plan(plain, complete=True), reference


def measure_steps(
    chosen: Choices, reference: str, dataset_id: str, content_hash: str, measurer: Measurer
) -> Steps | None:
    """Measure the reference as it was set, and of every other architecture the widths that lead to its seconds.

    Args:
        chosen: Models and settings.
        reference: Architecture that the others are matched to.
        dataset_id: The stored data.
        content_hash: Of the data.
        measurer: Measures one model after the other.

    Returns:
        None when it was stopped.

    Raises:
        EngineError: something trained all the time, or the engine ended.
        TrainingError: the reference does not fit in memory.
    """
    of_reference = _seconds(measurer, _spec(chosen, reference, content_hash), dataset_id, None)
    if of_reference is None:
        return None
    found: dict[str, Seconds] = {}
    for architecture in map(get_architecture, chosen.architectures):
        if architecture.width is None or architecture.name == reference:
            continue
        measured: dict[int, float] = {}
        while (width := next_width(architecture, chosen, measured, of_reference)) is not None:
            spec = _spec(chosen, architecture.name, content_hash, {architecture.width: width})
            try:
                seconds = _seconds(measurer, spec, dataset_id, width)
            except TrainingError:
                seconds = math.inf
            if seconds is None:
                return None
            measured[width] = seconds
        found[architecture.name] = measured
    return Steps(reference, of_reference, found)


def next_width(architecture: Architecture, chosen: Choices, measured: Seconds, wanted: float) -> int | None:
    """The width to measure next: twice or half the last until what is wanted lies between two, then between those.

    Returns:
        None when one is near enough, none is left between, or enough were measured.
    """
    every = widths(architecture)
    if not measured:
        return int(getattr(chosen.model_options(architecture.name), str(architecture.width)))
    if len(measured) >= MOST_WIDTHS or any(abs(each - wanted) <= NEAR * wanted for each in measured.values()):
        return None
    slower = min((width for width, each in measured.items() if each > wanted), default=None)
    quicker = max((width for width in measured if slower is None or width < slower), default=None)
    if slower is None:
        return _unless_measured(min(2 * max(measured), every[-1]), measured)
    if quicker is None:
        return _unless_measured(max(slower // 2, every[0]), measured)
    share = (wanted - measured[quicker]) / (measured[slower] - measured[quicker])
    between = quicker + (share if share > 0 else 0.5) * (slower - quicker)
    if slower - quicker < 2:
        return None
    return _unless_measured(min(max(round(between), quicker + 1), slower - 1), measured)


def _unless_measured(width: int, measured: Seconds) -> int | None:
    return None if width in measured else width


def _seconds(measurer: Measurer, spec: RunSpec, dataset_id: str, width: int | None) -> float | None:
    label = get_architecture(spec.architecture).label
    found = measurer.measure(spec, dataset_id, label if width is None else f"{label}, width {width}")
    return None if found is None else found.step_seconds


def _spec(chosen: Choices, name: str, content_hash: str, changed: Mapping[str, int] | None = None) -> RunSpec:
    """The model of one architecture, and its data."""
    own = {**chosen.own, name: {**chosen.own.get(name, {}), **(changed or {})}}
    alone = replace(chosen, architectures=(name,), own=own, seed=0, repeats=1, seeds=())
    return alone.specs(content_hash, max_epochs=chosen.training.epochs)[0]
