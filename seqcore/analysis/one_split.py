"""One split for all models: what is looked at side by side, text by text, must have been tested on the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seqcore.analysis.standings import Result, Standing
from seqcore.analysis.standings_over_splits import alike


def of_one_split(models: Sequence[Standing]) -> list[Standing]:
    """Each model whose seeds drew splits of their own by its run on the split that most of them share.

    Of several such splits, that of the lowest seed. A model without it stays as it is, and so do all others.
    """
    drawn = [run for model in models if model.over_splits for run in model.results]
    if not drawn:
        return list(models)
    chosen = max(drawn, key=lambda run: (sum(_run_on(run, model) is not None for model in models), -run.seed))
    runs = [_run_on(chosen, model) for model in models]
    return [model if run is None else replace(model, results=(run,)) for model, run in zip(models, runs, strict=True)]


def seed_of_one_split(models: Sequence[Standing]) -> int | None:
    """The seed whose split `of_one_split` chooses; None where no model has runs on several."""
    if not any(model.over_splits and model.seeds > 1 for model in models):
        return None
    return next((each.results[0].seed for each in of_one_split(models) if each.over_splits and each.seeds == 1), None)


def _run_on(chosen: Result, model: Standing) -> Result | None:
    """The run of a model on the same split, where its seeds drew splits of their own."""
    return next((run for run in model.results if model.over_splits and alike(run, chosen)), None)
