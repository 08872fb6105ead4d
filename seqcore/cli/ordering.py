"""`word-order`: what each model of an experiment loses when the words of the test texts are shuffled."""

from __future__ import annotations

import sys
from typing import Any

from seqcore.analysis.word_order import ModelOrderLoss, order_change, order_sentence
from seqcore.architectures import get_architecture
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store, started_engine
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.word_order import WORD_ORDER, OrderScores
from seqcore.lab.compare import compared_models
from seqcore.lab.word_order import AskedModel, ask_in_turn, models_to_ask
from seqcore.settings import get_settings


def word_order(experiment_id: str, texts: int | None, *, as_json: bool) -> None:
    """Print what the models lose, as means over their seeds.

    Args:
        experiment_id: Whose models.
        texts: Test texts at most; None: the default.
        as_json: Whether for programs.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        InspectionError: none of its models reads text, or no such number of texts.
    """
    settings = get_settings()
    store = open_store(settings)
    compared = compared_models(store, store.experiments.get(settings.workspace, experiment_id))
    sys.stderr.writelines(f"{sentence}\n" for sentence in compared.left_out)
    inspection = get_inspection(WORD_ORDER)
    request = inspection.validated({} if texts is None else {"most": texts})
    kind = store.runs.get(settings.workspace, compared.standings[0].results[0].run_id).spec.input.kind
    for standing in compared.standings:
        inspection.refuse_others(get_architecture(standing.architecture), kind)
    models = models_to_ask(compared.standings)
    with started_engine(settings, training_workers=0) as engine:

        def ask(run_id: str) -> OrderScores:
            found: OrderScores = engine.ask(WORD_ORDER, run_id, request)
            return found

        for _ in ask_in_turn(models, ask):
            pass
    sys.stderr.writelines(f"{sentence}\n" for model in models for sentence in model.problems)
    if not any(model.answered for model in models):
        raise InspectionError("None of the models could answer")
    if as_json:
        print_json({"experiment": experiment_id, "models": [_model_json(model) for model in models]})
        return
    columns = ("model", "seeds", "as written", "shuffled", "lost", "95\N{NO-BREAK SPACE}% interval", "over")
    print_table(columns, [_row(model, found) for model in models if (found := model.found)])
    for model in models:
        if found := model.found:
            change = order_change(found, of_seeds=model.seeds)
            sys.stderr.write(f"{model.standing.label}: {change}. {order_sentence(found)}\n")


def _row(model: AskedModel, found: ModelOrderLoss) -> tuple[object, ...]:
    between = f"{found.interval.low:z.4f} to {found.interval.high:z.4f}"
    numbers = (f"{found.accuracy:.4f}", f"{found.shuffled:.4f}", f"{found.lost:z.4f}")
    return (model.standing.label, found.seeds, *numbers, between if found.covers else "", found.covers)


def _model_json(model: AskedModel) -> dict[str, Any]:
    found, standing = model.found, model.standing
    about = {"label": standing.label, "architecture": standing.architecture, "seeds": standing.seeds,
             "runs": [result.run_id for result, _ in model.answered], "problems": model.problems}  # fmt: skip
    if found is None:
        return about
    return about | {
        "texts": found.texts,
        "accuracy": found.accuracy,
        "shuffled": found.shuffled,
        "lost": found.lost,
        "interval": [found.interval.low, found.interval.high] if found.covers else None,
        "covers": found.covers,
        "changed": found.changed,
        "sentence": f"{order_change(found, of_seeds=model.seeds)}. {order_sentence(found)}",
    }
