"""Whether models need the order of words: their runs are asked one after the other, and told as models."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from seqcore.analysis.standings import Result, Standing
from seqcore.analysis.word_order import ModelOrderLoss, over_seeds
from seqcore.errors import NotFoundError, SeqlabError
from seqcore.inspections.word_order import OrderScores

MOST_RUNS = 30  # that are asked at a time; each takes seconds


@dataclass
class AskedModel:
    """A model, and what its runs have answered so far.

    Attributes:
        standing: The model.
        asked: Its runs that are asked, of the lowest seeds.
        answered: Those that answered, each with its answer.
        problems: A sentence for each that did not.
    """

    standing: Standing
    asked: tuple[Result, ...]
    answered: list[tuple[Result, OrderScores]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def seeds(self) -> int:
        """How many it has of its own; one where another seed makes the same model."""
        return self.standing.seeds if self.standing.has_seeds else 1

    @property
    def found(self) -> ModelOrderLoss | None:
        """The mean over those that answered; None where none has."""
        if not self.answered:
            return None
        results, answers = zip(*self.answered, strict=True)
        learned = [each.learned for each in results] if self.standing.over_splits else None
        return over_seeds([each.loss for each in answers], has_seeds=self.standing.has_seeds, learned=learned)


def models_to_ask(standings: Sequence[Standing], most: int = MOST_RUNS) -> list[AskedModel]:
    """The models, with as many of their runs as may be asked: the same number of each, at least one.

    Args:
        standings: The models.
        most: Runs that are asked of all of them together, where there are no more models than that.
    """
    each = max(1, most // max(1, len(standings)))
    return [AskedModel(model, model.results[: each if model.has_seeds else 1]) for model in standings]


def ask_in_turn(models: Sequence[AskedModel], ask: Callable[[str], OrderScores]) -> Iterator[int]:
    """Ask the first run of each model, then the second of each, and fill in what they answer.

    Args:
        models: From `models_to_ask`.
        ask: Asks the run of that id.

    Yields:
        How many runs have been asked, after each.
    """
    turns = [
        (model, model.asked[place])
        for place in range(max((len(model.asked) for model in models), default=0))
        for model in models
        if place < len(model.asked)
    ]
    for number, (model, result) in enumerate(turns, start=1):
        try:
            model.answered.append((result, ask(result.run_id)))
        except NotFoundError:
            model.problems.append(f"{_named(model, result)} was deleted.")
        except SeqlabError as error:
            model.problems.append(f"{_named(model, result)}: {error}")
        yield number


def _named(model: AskedModel, result: Result) -> str:
    label = model.standing.label
    return f"{label}, seed {result.seed}" if model.standing.seeds > 1 else label
