"""`costs`: accuracy against parameters, seconds and milliseconds, and the models that none beats in both."""

from __future__ import annotations

import math
import sys
from typing import Any

from seqcore.analysis.cost import Costly, costs_of
from seqcore.analysis.cost_told import NOISE, front_sentence, value_told
from seqcore.analysis.standings import Standing
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.lab.compare import compared_models
from seqcore.settings import get_settings


def costs(experiment_id: str, *, as_json: bool) -> None:
    """Print what the accuracy of an experiment's models costs.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
    """
    settings = get_settings()
    store = open_store(settings)
    compared = compared_models(store, store.experiments.get(settings.workspace, experiment_id))
    sys.stderr.writelines(f"{sentence}\n" for sentence in compared.left_out)
    models, found = compared.standings, costs_of(compared.standings)
    names = [model.label for model in models]
    sentences = [front_sentence(each, names, name=str) for each in found]
    if as_json:
        about = [_model_json(model, found, place) for place, model in enumerate(models)]
        print_json({"experiment": experiment_id, "models": about, "sentences": sentences, "note": NOISE})
        return
    rows = [
        (name, f"{models[place].mean('accuracy'):.4f}", *(_cell(each, place) for each in found))
        for place, name in enumerate(names)
    ]
    print_table(("model", "accuracy", *(f"{each.cost.title.lower()} (* front)" for each in found)), rows)
    sys.stderr.writelines(f"{sentence}\n" for sentence in (*sentences, NOISE))


def _model_json(model: Standing, found: tuple[Costly, ...], place: int) -> dict[str, Any]:
    told: dict[str, Any] = {"label": model.label, "architecture": model.architecture, "seeds": model.seeds}
    told["accuracy"] = model.mean("accuracy")
    for each in found:
        told[each.cost.name] = each.values[place]
    return told | {"on_front": [each.cost.name for each in found if each.on_front[place]]}


def _cell(found: Costly, place: int) -> str:
    if math.isnan(found.values[place]):
        return ""
    return value_told(found, found.values[place]) + (" *" if found.on_front[place] else "")
