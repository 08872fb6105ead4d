"""What a memory race is: a task, distances, models and seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seqcore.architectures import get_architecture
from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.planted import PlantedOptions, planted_task, planted_tasks
from seqcore.errors import OptionError
from seqcore.lab.plan import MAX_REPEATS, Choices
from seqcore.settings import get_settings
from seqcore.spec import RunSpec, validated

ARCHITECTURES = ("rnn", "lstm")
DISTANCES = (5, 10, 20, 40, 80)
FEWEST_SEEDS = 5  # so that what a seed does is told from what an architecture does


@dataclass(frozen=True)
class Race:
    """A memory race; the same race always means the same trainings.

    Attributes:
        task: Name of the planted task.
        distances: At which the models are trained, each on texts of its own.
        rows: Texts at each distance.
        data_seed: Draws the texts.
        chosen: Architectures, seeds and settings.
    """

    task: str = "needle"
    distances: tuple[int, ...] = DISTANCES
    rows: int = 2000
    data_seed: int = 0
    chosen: Choices = field(default_factory=lambda: Choices(architectures=ARCHITECTURES, repeats=FEWEST_SEEDS))

    def __post_init__(self) -> None:
        """Refuse a race that cannot be.

        Raises:
            NotFoundError: there is no such task.
            OptionError: a task of series; no distance, no model, or fewer than five seeds; or a number out of bounds.
        """
        if planted_task(self.task).kind != "text":
            raise OptionError(
                "A race is run on words that lie apart", received=f"“{self.task}”, a task of series",
                remedy=f"Choose from: {', '.join(task.name for task in planted_tasks('text'))}",
            )  # fmt: skip
        if not self.distances or not self.chosen.architectures:
            what = "distances" if not self.distances else "models"
            raise OptionError(f"A race needs {what}", received="none", remedy="Choose at least one, better several")
        if not FEWEST_SEEDS <= len(self.chosen.every_seed) <= MAX_REPEATS:
            raise OptionError(
                f"A race takes {FEWEST_SEEDS} to {MAX_REPEATS} seeds", received=str(len(self.chosen.every_seed)),
                remedy=f"For example {FEWEST_SEEDS}",
            )  # fmt: skip
        for distance in self.distances:
            self.options(distance)

    @property
    def runs(self) -> int:
        """Trainings in all."""
        return len(self.distances) * self.chosen.runs

    def options(self, distance: int) -> PlantedOptions:
        """Settings of the texts at a distance.

        Raises:
            OptionError: a number out of bounds.
        """
        values = {"distance": distance, "rows": self.rows, "seed": self.data_seed}
        return validated(PlantedOptions, values, owner="Planted tasks")

    def specs(self, data: LabelledData) -> list[RunSpec]:
        """The runs at one distance, on its texts."""
        return self.chosen.specs(data.content_hash, max_epochs=get_settings().max_epochs)


def race_of(
    task: str, distances: Sequence[int], architectures: Sequence[str], *, seeds: int, rows: int, data_seed: int = 0,
    chosen: Choices | None = None,
) -> Race:  # fmt: skip
    """A race from what a person chose.

    Args:
        task: Name of the planted task.
        distances: In any order.
        architectures: Names.
        seeds: Of each model, from 0 on.
        rows: Texts at each distance.
        data_seed: Draws them.
        chosen: Settings of the models; None: the defaults.

    Raises:
        NotFoundError: there is no such task or architecture.
        OptionError: it cannot be, see `Race`.
    """
    names = tuple(dict.fromkeys(get_architecture(name).name for name in architectures))
    base = chosen or Choices().within(get_settings().max_epochs)
    base = replace(base, architectures=names, seed=0, repeats=seeds, seeds=())
    return Race(task, tuple(sorted(set(distances))), rows, data_seed, base)
