"""A sweep and its trials as the store keeps them, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from seqcore.errors import OptionError
from seqcore.lab.again import choices_of
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.space import Searched
from seqcore.lab.sweep.trials import Trial, TrialState
from seqcore.spec.upgrade import read_spec
from seqcore.store import SweepRecord, TrialRecord

VERSION = 1  # of the layout; the settings that a sweep begins with are a spec, which has a version of its own


@dataclass(frozen=True)
class Planned:
    """What is asked of a sweep that is kept.

    Attributes:
        sweep: What is searched, and how.
        seeds: The fresh ones that judge what it finds.
    """

    sweep: Sweep
    seeds: tuple[int, ...]


def write_search(planned: Planned, content: str, *, max_epochs: int) -> dict[str, Any]:
    """As JSON; the settings that it begins with are the spec of a run.

    Args:
        planned: What is asked.
        content: Content hash of the data.
        max_epochs: Most epochs that a deployment allows.

    Raises:
        OptionError: the settings that it begins with cannot be trained.
    """
    sweep = planned.sweep
    (base,) = replace(sweep.base, architectures=(sweep.architecture,)).with_seeds([sweep.seed]).specs(
        content, max_epochs=max_epochs
    )  # fmt: skip
    return {
        "version": VERSION,
        "space": [{**asdict(each), "values": list(each.values)} for each in sweep.space],
        "base": base.model_dump(mode="json"),
        "trials": sweep.trials,
        "seed": sweep.seed,
        "measure": sweep.measure,
        "prune": sweep.prune,
        "seeds": list(planned.seeds),
    }


def read_search(record: SweepRecord) -> Planned:
    """What was asked.

    Raises:
        OptionError: it was written by a newer version, or is damaged.
    """
    stored = record.search
    if stored.get("version") != VERSION:
        raise _unreadable(f"version {stored.get('version')!r}")
    base, _ = choices_of([read_spec(stored["base"])])
    try:
        sweep = Sweep(
            record.architecture, tuple(_searched(each) for each in stored["space"]), base, trials=stored["trials"],
            seed=stored["seed"], measure=stored["measure"], prune=stored["prune"],
        )  # fmt: skip
        sweep.first_values  # noqa: B018  (a setting that this version does not have is found now)
        return Planned(sweep, tuple(stored["seeds"]))
    except (KeyError, TypeError, StopIteration, RuntimeError) as error:
        raise _unreadable(type(error).__name__) from None


def write_trial(trial: Trial, *, given_up: bool = False) -> TrialRecord:
    """A trial as it is kept."""
    return TrialRecord(
        trial.number, trial.run_id, dict(trial.values), trial.state.value, given_up,
        tuple(map(_or_none, trial.losses)), _or_none(trial.loss), _or_none(trial.accuracy),
    )  # fmt: skip


def read_trial(record: TrialRecord, space: Sequence[Searched]) -> Trial:
    """A trial as it was kept; its losses are those of its end.

    Raises:
        OptionError: it is damaged.
    """
    try:
        return Trial(
            record.number, _values(record.settings, space), TrialState(record.state),
            tuple(map(_or_nan, record.losses)), _or_nan(record.loss), _or_nan(record.accuracy), record.run_id,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(f"trial {record.number}: {type(error).__name__}") from None


def _searched(stored: Mapping[str, Any]) -> Searched:
    return Searched(**{**stored, "values": tuple(stored["values"])})


def _values(settings: Mapping[str, Any], space: Sequence[Searched]) -> dict[str, Any]:
    return {each.name: settings[each.name] for each in space}


def _or_none(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _or_nan(number: float | None) -> float:
    return math.nan if number is None else float(number)


def _unreadable(received: str) -> OptionError:
    return OptionError("This sweep cannot be read", received=received, remedy="Delete it and search again")
