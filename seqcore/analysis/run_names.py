"""What runs and models are called on pages, in pictures and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from seqcore.architectures import appearance

if TYPE_CHECKING:
    from seqcore.store import Run


def run_label(run: Run, *, with_seed: bool = False) -> str:
    """The name that a run was given, or its architecture's."""
    if run.name not in ("", run.architecture, f"{run.architecture}, seed {run.seed}"):
        return run.name
    label = appearance(run.architecture).label
    return f"{label} · seed {run.seed}" if with_seed else label


def label_and_seed(run: Run) -> str:
    """The name of a run, whoever gave it, with its seed."""
    return f"{run_label(run)} (seed {run.seed})"


def have_several_seeds(runs: Iterable[Run]) -> bool:
    """Whether the seed is needed to tell these runs apart."""
    return len({run.seed for run in runs}) > 1


def labels_of(runs: Sequence[Run]) -> dict[str, str]:
    """A name for each run by its id, with the seed where it tells two apart."""
    with_seed = have_several_seeds(runs)
    labels = numbered([run_label(run, with_seed=with_seed) for run in runs])
    return {run.id: label for run, label in zip(runs, labels, strict=True)}


def numbered(names: Iterable[str]) -> list[str]:
    """The same names, with a number behind each that came before: "LSTM", "LSTM (2)"."""
    unlike: list[str] = []
    for plain in names:
        name, number = plain, 2
        while name in unlike:
            name, number = f"{plain} ({number})", number + 1
        unlike.append(name)
    return unlike
