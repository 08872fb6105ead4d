"""`learning-curve`: accuracy against the number of training rows, and whether more of them would help."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from seqcore.analysis.data_curve import Told
from seqcore.analysis.more_data_told import more_data_sentence, what_it_assumes
from seqcore.architectures import get_architecture
from seqcore.cli import training
from seqcore.cli.output import print_json, print_table
from seqcore.datasets import split_rows
from seqcore.errors import OptionError, TrainingError
from seqcore.kinds import get_kind
from seqcore.lab.compare import compared_models, scored_run
from seqcore.lab.data_curve.measured import ModelCurve, model_curves, parts_that_may_tell
from seqcore.lab.data_curve.parts import SHARES, Parts, parts_of, specs_of_parts, train_parts
from seqcore.settings import get_settings
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Experiment, Run, RunState, Store

USUAL_SHARES = ",".join(f"{100 * share:.0f}" for share in SHARES)


def wanted_of(shares: str, seeds: int, without: str | None) -> Parts:
    """`"10,18"`, 3 and `"cnn,gru"` as what is to be trained.

    Raises:
        OptionError: shares that are no percentages from 1 to below 100, or an architecture that does not exist.
    """
    try:
        numbers = [round(float(part) / 100, 6) for part in shares.split(",")]
    except ValueError:
        raise OptionError(
            "Shares are percentages, separated by commas", received=repr(shares), remedy=f"--shares {USUAL_SHARES}"
        ) from None
    names = [name.strip() for name in (without or "").split(",") if name.strip()]
    return Parts(tuple(dict.fromkeys(numbers)), seeds, [get_architecture(name).name for name in names])


def learning_curve(experiment_id: str, wanted: Parts, *, as_json: bool) -> None:
    """Train what is missing, wait for it, and print what all of it says.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        OptionError: its models learned from parts of another's rows.
        TrainingError: a run failed; everything else was printed before.
    """
    settings = get_settings()
    store = training.open_store(settings)
    experiment = store.experiments.get(settings.workspace, experiment_id)
    compared_models(store, experiment)  # so that one without scores is refused before anything starts
    runs = _train(store, experiment, wanted)
    _print(store, experiment, wanted, as_json=as_json)
    failed = [run for run in runs if run.state in (RunState.FAILED, RunState.INTERRUPTED)]
    if failed:
        raise TrainingError("; ".join(f"{run.name} {run.state}: {run.message}" for run in failed))


def _train(store: Store, experiment: Experiment, wanted: Parts) -> list[Run]:
    """Those that were missing; what another process trains already is left to it."""
    settings = get_settings()
    whole, parts = store.runs.of(experiment.workspace, experiment.id), parts_of(store, experiment)
    if not specs_of_parts(whole, parts, wanted):
        return []
    with training.started_engine(settings) as engine:
        run_ids = train_parts(store, settings.workspace, experiment.id, wanted, submit=engine.submit)
        return training.watch(store, engine, settings.workspace, run_ids)


def curves_of(store: Store, experiment: Experiment) -> list[ModelCurve]:
    """A curve for each model of an experiment, from what is trained.

    Raises:
        NotFoundError: none of its models has a score.
    """
    compared = compared_models(store, experiment)
    data = store.datasets.load(store.datasets.get(experiment.workspace, experiment.dataset_id))
    rows: dict[SplitOptions, int] = {}

    def rows_of(spec: RunSpec) -> int:
        if spec.drawn_split not in rows:
            rows[spec.drawn_split] = len(split_rows(data, spec.drawn_split).train)
        return rows[spec.drawn_split]

    return model_curves(
        compared.standings, store.runs.of(experiment.workspace, experiment.id), parts_of(store, experiment),
        compared.baseline, rows_of=rows_of, answers_of=lambda run: scored_run(store, run).answers,
    )  # fmt: skip


def _print(store: Store, experiment: Experiment, wanted: Parts, *, as_json: bool) -> None:
    found = [each for each in curves_of(store, experiment) if each.architecture not in wanted.left_out]
    kind = get_kind(store.datasets.get(experiment.workspace, experiment.dataset_id).kind)
    nouns = (kind.example, kind.examples)
    told = [more_data_sentence(each.found, each.label, nouns=nouns) for each in found]
    if as_json:
        models = [_model_json(each, said) for each, said in zip(found, told, strict=True)]
        print_json({"experiment": experiment.id, "models": models, "note": what_it_assumes(nouns)})
        return
    _print_table(found, kind.examples)
    sys.stderr.writelines(f"{sentence}\n" for sentence in (*told, what_it_assumes(nouns)))
    more = parts_that_may_tell(found, wanted)
    if more is not None:
        sys.stderr.write(f"More parts may tell: --shares {','.join(f'{100 * share:g}' for share in more.shares)}\n")


def _print_table(found: Sequence[ModelCurve], examples: str) -> None:
    """A row for each number of rows: measured, or as the curve goes on."""
    rows: list[tuple[object, ...]] = []
    for each in found:
        curve = each.found.curve
        for size in each.found.sizes:
            begun = curve is not None and size.rows >= curve.sizes[0].rows
            law = f"{curve.accuracy(size.rows).value:.4f}" if curve is not None and begun else ""
            rows.append((each.label, f"{size.rows:,}", len(size.errors), f"{1 - size.error:.4f}", law, ""))
        for ahead in each.found.ahead:
            interval = f"{ahead.interval.low:.4f} to {ahead.interval.high:.4f}"
            rows.append((each.label, f"{ahead.rows:,.0f}", "", "", f"{ahead.value:.4f}", interval))
    print_table(("model", f"training {examples}", "runs", "accuracy", "curve", "95 % interval"), rows)


def _model_json(model: ModelCurve, sentence: str) -> dict[str, Any]:
    curve = model.found.curve
    return {
        "architecture": model.architecture,
        "label": model.label,
        "points": [vars(point) for point in model.points],
        "fit": None if curve is None else {"a": curve.a, "b": curve.b, "c": curve.c},
        "at": [_told_json(each) for each in model.found.ahead],
        "outcome": model.found.outcome,
        "sentence": sentence,
    }


def _told_json(told: Told) -> dict[str, Any]:
    interval = [told.interval.low, told.interval.high]
    return {"rows": round(told.rows), "accuracy": told.value, "interval": interval}
