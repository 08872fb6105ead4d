"""What runs and models are called on pages, in pictures and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from seqcore.architectures import appearance

if TYPE_CHECKING:
    from seqcore.store import Run

_MOST_TOLD = 24  # runs whose settings are compared each time that a page is drawn
_LONGEST_TOLD = 40  # characters behind a name


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
    """A name for each run by its id, with the seed, the settings or a number where that tells two apart."""
    with_seed = have_several_seeds(runs)
    labels = told_apart(runs, [run_label(run, with_seed=with_seed) for run in runs])
    return {run.id: label for run, label in zip(runs, labels, strict=True)}


def told_apart(runs: Sequence[Run], labels: Sequence[str]) -> list[str]:
    """The same names, with what tells their runs apart behind those that are equal: "LSTM, Units 64", "LSTM (2)".

    Settings are named of a few runs that can be read, in few words; of others the number says enough.
    """
    from seqcore.analysis.settings_told import names_apart  # which knows every setting

    readable = [place for place, run in enumerate(runs) if not run.problem]
    if not 1 < len(readable) <= _MOST_TOLD or len(set(labels)) == len(labels):
        return numbered(labels)
    told = list(labels)
    named = names_apart([labels[place] for place in readable], [runs[place].spec for place in readable])
    for place, name in zip(readable, named, strict=True):
        if len(name) <= len(labels[place]) + _LONGEST_TOLD:
            told[place] = name
    return numbered(told)


def numbered(names: Iterable[str]) -> list[str]:
    """The same names, with a number behind each that came before: "LSTM", "LSTM (2)"."""
    unlike: list[str] = []
    for plain in names:
        name, number = plain, 2
        while name in unlike:
            name, number = f"{plain} ({number})", number + 1
        unlike.append(name)
    return unlike
