"""`slices`: how models do on parts of the test texts, and where each is worst."""

from __future__ import annotations

import sys
from typing import Any

from seqcore.analysis.slices import SliceScore
from seqcore.analysis.slices_told import worst_sentence
from seqcore.analysis.tested import Tested, tested
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.datasets import LabelledData
from seqcore.kinds import get_kind
from seqcore.lab.compare import compared_models
from seqcore.lab.slices import ModelSlices, encoder_of, slices_of, slicings_of
from seqcore.settings import get_settings
from seqcore.spec import RunSpec


def slices(experiment_id: str, *, as_json: bool) -> None:
    """Print how every model does on every slice of the test texts, and where it is worst.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
    """
    found, data, spec = tested_of(experiment_id)
    scored = slices_of(found, slicings_of(data, found, encoder_of(data, spec)))
    kind = get_kind(data.kind)
    searched = sum(len(each.slices) for each in scored)
    told = [worst_sentence(each.worst, searched, nouns=(kind.example, kind.examples), name=str) for each in scored]
    if as_json:
        models = [_model_json(each) | {"sentence": said} for each, said in zip(scored, told, strict=True)]
        about = {"experiment": experiment_id, "texts": len(found.rows), "searched": searched}
        print_json({**about, "models": models, "elsewhere": [each.label for each in found.elsewhere]})
        return
    head = ("by", "slice", kind.examples, *(each.model.label for each in scored))
    rows = [
        (one.slicing, one.group[:40], one.texts, *(f"{each.slices[at].accuracy:.4f}" for each in scored))
        for at, one in enumerate(scored[0].slices)
    ]
    print_table(head, rows)
    sys.stderr.writelines(f"{each.model.label}: {said}\n" for each, said in zip(scored, told, strict=True))
    tell_elsewhere(found)


def tested_of(experiment_id: str) -> tuple[Tested, LabelledData, RunSpec]:
    """What the models of an experiment made of its test texts, the data, and how the first of them was trained.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
    """
    settings = get_settings()
    store = open_store(settings)
    experiment = store.experiments.get(settings.workspace, experiment_id)
    models = compared_models(store, experiment)
    sys.stderr.writelines(f"{sentence}\n" for sentence in models.left_out)
    found = tested(models.standings)
    data = store.datasets.load(store.datasets.get(settings.workspace, experiment.dataset_id))
    return found, data, store.runs.get(settings.workspace, found.models[0].results[0].run_id).spec


def tell_elsewhere(found: Tested) -> None:
    """Say on standard error whose split it is, where seeds drew their own, and which models were tested on others."""
    if found.seed is not None:
        sys.stderr.write(f"Each seed was tested on other texts: this is seed {found.seed}\n")
    if found.elsewhere:
        names = ", ".join(each.label for each in found.elsewhere)
        sys.stderr.write(f"Tested on other texts, so not among them: {names}\n")


def _model_json(model: ModelSlices) -> dict[str, Any]:
    return {
        "label": model.model.label,
        "architecture": model.model.architecture,
        "seeds": model.model.seeds,
        "accuracy": model.accuracy,
        "worst": None if model.worst is None else _slice_json(model.worst),
        "slices": [_slice_json(each) for each in model.slices],
    }


def _slice_json(found: SliceScore) -> dict[str, Any]:
    return {
        "by": found.slicing,
        "slice": found.group,
        "texts": found.texts,
        "accuracy": found.accuracy,
        "elsewhere": found.elsewhere,
        "p_corrected": found.p_value,
    }
