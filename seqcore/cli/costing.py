"""`costs`: accuracy against parameters, seconds and milliseconds, and the models that none beats in both."""

from __future__ import annotations

import math
import sys
from typing import Any

from seqcore.analysis.alone import Alone
from seqcore.analysis.cost import COSTS, Costly, costs_of, measured_alone
from seqcore.analysis.cost_told import front_sentence, how_measured, same_size_sentence, title_told, value_told
from seqcore.analysis.standings import Standing
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import measuring, open_store
from seqcore.lab.compare import compared_models
from seqcore.lab.measure.models import kept_measurements, measure_models
from seqcore.settings import get_settings


def costs(experiment_id: str, *, measure: bool = False, as_json: bool) -> None:
    """Print what the accuracy of an experiment's models costs.

    Args:
        experiment_id: The experiment.
        measure: Time its models first, one after the other, and keep the result.
        as_json: Whether for programs.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        EngineError: something trained all the time.
    """
    settings = get_settings()
    store = open_store(settings)
    compared = compared_models(store, store.experiments.get(settings.workspace, experiment_id))
    sys.stderr.writelines(f"{sentence}\n" for sentence in compared.left_out)
    models = compared.standings
    run_ids = [result.run_id for model in models for result in model.results]
    if measure:
        with measuring(settings) as measurer:
            measure_models(store, [store.runs.get(settings.workspace, run_id) for run_id in run_ids], measurer)
    measured = kept_measurements(store, run_ids)
    alone, found = measured_alone(models, measured), costs_of(models, measured)
    names = [model.label for model in models]
    sentences = [front_sentence(each, names, name=str) for each in found]
    sentences += filter(None, [same_size_sentence(found, names, name=str)])
    if as_json:
        print_json(
            {
                "experiment": experiment_id,
                "measured_alone": any(each.alone for each in found),
                "models": [_model_json(model, found, alone[place], place) for place, model in enumerate(models)],
                "sentences": sentences,
                "note": how_measured(found),
            }
        )
        return
    rows = [
        (name, f"{models[place].mean('accuracy'):.4f}", *(_cell(each, place) for each in found))
        for place, name in enumerate(names)
    ]
    print_table(("model", "accuracy", *(f"{title_told(each).lower()} (* front)" for each in found)), rows)
    sys.stderr.writelines(f"{sentence}\n" for sentence in (*sentences, how_measured(found)))


def _model_json(model: Standing, found: tuple[Costly, ...], alone: Alone | None, place: int) -> dict[str, Any]:
    """One model: its costs as they are shown, and its seconds as it was trained and as it was measured."""
    told: dict[str, Any] = {"label": model.label, "architecture": model.architecture, "seeds": model.seeds}
    told["accuracy"] = model.mean("accuracy")
    for each in found:
        told[each.cost.name] = each.values[place]
    return told | {
        "on_front": [each.cost.name for each in found if each.on_front[place]],
        "beside_others": {cost.name: model.mean(cost.name) for cost in COSTS if cost.is_timed},
        "alone": None if alone is None else alone.model_dump(exclude={"version"}),
    }


def _cell(found: Costly, place: int) -> str:
    if math.isnan(found.values[place]):
        return ""
    return value_told(found, found.values[place]) + (" *" if found.on_front[place] else "")
