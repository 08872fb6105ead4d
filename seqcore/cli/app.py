"""The commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.analysis.threshold import Costs
from seqcore.cli import (
    beginning,
    calibrating,
    cataloguing,
    comparing,
    costing,
    data_curving,
    disagreeing,
    ending,
    inspecting,
    kept_sweeps,
    like,
    listing,
    ordering,
    planting,
    predicting,
    predicting_sounds,
    racing,
    reporting,
    slicing,
    sweeping,
    training,
)
from seqcore.cli import xray as xraying
from seqcore.cli.loading import NOTHING_SAID, GivenData, GivenSeries, load_data, tell_data
from seqcore.cli.operator import operator
from seqcore.cli.reading import with_data, with_data_or_none, with_reading_options, with_series_options
from seqcore.datasets.formats import format_labels
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.errors import SeqlabError
from seqcore.lab.plan import MATCHES
from seqcore.lab.xray.version import DROPPED

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Compare sequence models on your own labelled text.",
)
app.add_typer(operator, name="operator")

Preset = Annotated[str | None, typer.Option(help="Start from a preset: notebook.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Setting = Annotated[list[str] | None, typer.Option("--set", help="Any setting: option=value, or lstm.units=64.")]
Vectors = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Word vectors that the models begin with: GloVe, word2vec or fastText (.txt, .vec, .bin, .gz, .zip); "
        "kept as they are with --set vectors_training=frozen.",
    ),
]
Pretrained = Annotated[
    str,
    typer.Option(
        metavar="FOLDER|ZIP|NAME",
        help="Encoder that the pretrained transformer begins with: config.json, tokenizer.json and "
        "model.safetensors in a folder or a zip, or its name on the Hugging Face hub.",
    ),
]
EqualWithin = Annotated[float, typer.Option(metavar="POINTS", help="Differences below so many points do not matter.")]
RunId = Annotated[str, typer.Argument(metavar="RUN", help="Id of a run; `runs` lists them.")]

RunsOrExperiments = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Ids of runs or experiments; `runs` lists them.")
]

ExperimentId = Annotated[str, typer.Argument(metavar="EXPERIMENT", help="Id of an experiment; `runs --json` has them.")]


@app.command()
@with_data_or_none
def train(
    given: GivenData,
    architectures: Annotated[
        str | None, typer.Option(help="Names, separated by commas; `architectures` lists them.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes over the training texts.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Texts per training step.")] = None,
    vocabulary_size: Annotated[int | None, typer.Option(help="Maximum number of ids.")] = None,
    max_length: Annotated[
        int | None, typer.Option(help="Tokens kept of each text; 0: as many as the longest has.")
    ] = None,
    embedding_size: Annotated[int | None, typer.Option(help="Length of the vector that stands for one token.")] = None,
    units: Annotated[int | None, typer.Option(help="Size of the hidden state.")] = None,
    seeds: Annotated[
        str | None, typer.Option(help="Separated by commas: one run of each architecture for each (default: 0).")
    ] = None,
    match: Annotated[
        str, typer.Option(help=f"Make the models equal in this before they are trained: {', '.join(MATCHES)}.")
    ] = "none",
    match_to: Annotated[
        str, typer.Option(metavar="NAME", help="The model that the others are matched to (default: the first).")
    ] = "",
    vectors: Vectors = None,
    beside_random: Annotated[
        bool, typer.Option("--beside-random", help="Train each model with random vectors too, and compare both.")
    ] = False,
    pretrained: Pretrained = "",
    preset: Preset = None,
    like_run: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="RUN", help="Train with the settings of this run or experiment, except those given here."
        ),
    ] = None,
    settings: Setting = None,
    as_json: Json = False,
) -> None:
    """Train models on a file and compare them."""
    named = {
        "epochs": epochs,
        "batch_size": batch_size,
        "vocabulary_size": vocabulary_size,
        "max_length": max_length,
        "embedding_size": embedding_size,
        "units": units,
    }
    values: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    values |= training.parse_settings(settings or [])
    before = None if like_run is None else like.trained_before(like_run)
    has_data = bool(given.files) or given.sample is not None
    if before is None and not has_data:
        raise typer.BadParameter(
            "Name a file or a --sample, or use --like with the run whose data are meant.", param_hint="FILE"
        )
    data = load_data(given) if has_data else None
    kind = "text" if data is None else data.kind
    plan = training.plan(architectures, values, preset=preset, before=before, kind=kind)
    plan = training.matching(plan, match, match_to)
    every_seed = plan.every_seed if seeds is None else training.parse_seeds(seeds)
    wanted = beginning.Wanted(vectors, beside_random, pretrained, values)
    if data is None and before is not None:
        training.train(before.data(), plan, every_seed, as_json=as_json, vectors=wanted)
        return
    if data is None:
        return
    tell_data(data)
    training.train(data, plan.for_kind(data.kind), every_seed, as_json=as_json, reading=data.reading, vectors=wanted)


@app.command()
@with_data
def sweep(
    given: GivenData,
    architectures: Annotated[
        str, typer.Option(help="Names, separated by commas; each is searched with as many trials.")
    ] = "lstm",
    tick: Annotated[
        str,
        typer.Option(
            metavar="SETTINGS",
            help="What to search, separated by commas: units, units=8:128 (a range), optimizer=adam/sgd (values).",
        ),
    ] = "units,learning_rate",
    trials: Annotated[int, typer.Option(help="Settings tried for each architecture.")] = 20,
    seeds: Annotated[
        str, typer.Option(help="Fresh seeds that judge the best settings, separated by commas.")
    ] = "0,1,2",
    seed: Annotated[int, typer.Option(min=0, help="Draws the proposals and trains the trials.")] = 100,
    measure: Annotated[
        str, typer.Option(help="What is made better on the validation texts: loss or accuracy.")
    ] = "loss",
    prune: Annotated[bool, typer.Option(help="End trials early that do worse than most did by then.")] = True,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Draw the trials over parallel axes, anew after each.")
    ] = None,
    vectors: Vectors = None,
    pretrained: Pretrained = "",
    preset: Preset = None,
    settings: Setting = None,
    as_json: Json = False,
) -> None:
    """Search for better settings on the validation texts, then judge the best on the test texts, once."""
    values = training.parse_settings(settings or [])
    wanted = sweeping.Wanted(
        tuple(part.strip() for part in tick.split(",") if part.strip()),
        trials, seed, tuple(training.parse_seeds(seeds)), measure, prune, picture,
        beginning.Wanted(vectors, pretrained=pretrained, values=values),
    )  # fmt: skip
    data = load_data(given)
    plan = training.plan(architectures, values, preset=preset, kind=data.kind)
    tell_data(data)
    sweeping.sweep(data, plan.for_kind(data.kind), wanted, data.reading, as_json=as_json)


@app.command()
def sweeps(
    sweep_id: Annotated[
        str | None, typer.Argument(metavar="[SWEEP]", help="Id of a sweep, to see it in full (default: list them all).")
    ] = None,
    stop: Annotated[bool, typer.Option("--stop", help="Stop it; its trials are kept.")] = False,
    go_on: Annotated[
        bool, typer.Option("--resume", help="Go on with one that was left by its process, or stopped before its end.")
    ] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Delete it with its trials and what judged it.")] = False,
    as_json: Json = False,
) -> None:
    """List sweeps, the newest first; show, stop, resume or delete one."""
    if stop + go_on + delete > 1:
        raise typer.BadParameter("Give one of --stop, --resume and --delete.")
    if sweep_id is None:
        if stop or go_on or delete:
            raise typer.BadParameter("Which sweep? `sweeps` lists them.", param_hint="SWEEP")
        kept_sweeps.list_sweeps(as_json=as_json)
    elif stop:
        kept_sweeps.stop_sweep(sweep_id, as_json=as_json)
    elif go_on:
        kept_sweeps.resume_sweep(sweep_id, as_json=as_json)
    elif delete:
        kept_sweeps.remove_sweep(sweep_id)
    else:
        kept_sweeps.show_sweep(sweep_id, as_json=as_json)


@app.command()
def resume(
    runs: Annotated[list[str], typer.Argument(metavar="RUN...", help="Ids of interrupted runs; `runs` lists them.")],
    as_json: Json = False,
) -> None:
    """Let interrupted runs go on from their last epoch."""
    training.resume(runs, as_json=as_json)


@app.command()
def stop(ids: RunsOrExperiments, as_json: Json = False) -> None:
    """Stop runs, or all runs of experiments: what they learned is kept and scored."""
    ending.stop(ids, as_json=as_json)


@app.command()
def delete(ids: RunsOrExperiments, as_json: Json = False) -> None:
    """Delete runs that are done, or whole experiments; their data sets stay."""
    ending.delete(ids, as_json=as_json)


@app.command()
@with_data
def preprocess(
    given: GivenData,
    preset: Preset = None,
    settings: Setting = None,
    as_json: Json = False,
) -> None:
    """Show what a model would see of a file: vocabulary, padded ids, label codes."""
    data = load_data(given)
    tell_data(data)
    plan = training.plan(None, training.parse_settings(settings or []), preset=preset, kind=data.kind)
    inspecting.preprocess(data, plan.input, as_json=as_json, reading=data.reading)


@app.command()
@with_data
def xray(
    given: GivenData,
    drop: Annotated[
        str | None,
        typer.Option(help=f"Leave these out of a new version, separated by commas: {', '.join(DROPPED)}."),
    ] = None,
    relabel: Annotated[bool, typer.Option("--relabel", help="Give labels that may be wrong the likelier one.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="Mend texts in a wrong encoding.")] = False,
    test_too: Annotated[
        bool, typer.Option("--test-too", help="Change rows that are marked as test, or are in --test, as well.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="Write the new version, as CSV or .parquet.")] = None,
    settings: Setting = None,
    as_json: Json = False,
) -> None:
    """Say whether a result on a file can be trusted, and what stands in the way. Rows count as in the file."""
    wanted = xraying.wanted_of(drop, output, relabel=relabel, mend=mend, test_too=test_too)
    data = load_data(given)
    tell_data(data)
    chosen = training.plan(None, training.parse_settings(settings or []), preset=None, kind=data.kind)
    xraying.xray(data, chosen, wanted, output, as_json=as_json)


@app.command()
def planted(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name of a task (default: list them all).")
    ] = None,
    distance: Annotated[
        int | None,
        typer.Option(help="Of texts: other words between what matters, or between it and the end of the text."),
    ] = None,
    length: Annotated[int | None, typer.Option(help="Of series: moments of each.")] = None,
    noise: Annotated[float | None, typer.Option(help="Of series: standard deviation of the noise.")] = None,
    channels: Annotated[int | None, typer.Option(help="Of series: numbers at each moment.")] = None,
    rows: Annotated[int | None, typer.Option(help="Examples in all.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same examples.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all examples as CSV on standard output.")] = False,
    output: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write all examples to a file.")] = None,
    as_json: Json = False,
) -> None:
    """Generate texts or series of which it is known which words or moments decide the label."""
    if name is None:
        planting.list_tasks(as_json=as_json)
        return
    given = {
        "distance": distance, "length": length, "noise": noise, "channels": channels, "rows": rows, "seed": seed,
    }  # fmt: skip
    values = {setting: value for setting, value in given.items() if value is not None}
    planting.write_planted(name, values, output, as_csv=as_csv, as_json=as_json)


@app.command("memory-race")
def memory_race(
    task: Annotated[str, typer.Argument(metavar="[NAME]", help="A planted task; `planted` lists them.")] = "needle",
    distances: Annotated[
        str, typer.Option(help="Words to be remembered over, separated by commas.")
    ] = racing.USUAL_DISTANCES,
    architectures: Annotated[str, typer.Option(help="Names, separated by commas.")] = "rnn,lstm",
    seeds: Annotated[int, typer.Option(help="Runs of each model at each distance, five or more.")] = 5,
    rows: Annotated[int, typer.Option(help="Texts at each distance.")] = 2000,
    seed: Annotated[int, typer.Option(help="Draws the texts.")] = 0,
    settings: Setting = None,
    as_json: Json = False,
) -> None:
    """Train models on a planted task at several distances, and say where the plain RNN loses to the others."""
    race = racing.wanted_of(task, distances, architectures, settings or [], seeds=seeds, rows=rows, seed=seed)
    racing.memory_race(race, as_json=as_json)


@app.command()
@with_series_options
@with_reading_options
def predict(
    run: RunId,
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT...|FILE", help="Texts, or one file of them; see --file.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help=f"File of texts: {format_labels(labelled=False)}; may be compressed.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="Text column (default: guessed).")] = None,
    label: Annotated[
        str | None,
        typer.Option("--label", help="Column of the labels, to be scored against (default: guessed); none: no column."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write the file with the answers added to it, as CSV.")] = None,
    as_json: Json = False,
    *,
    read_as: ReadAs = AS_FOUND,
    series: GivenSeries = NOTHING_SAID,
) -> None:
    """Let a finished model answer: its label and the probability of every class, for each text, series or sound."""
    if predicting_sounds.is_of_sounds(run):
        files = [*(texts or ()), *([str(file)] if file is not None else [])]
        predicting_sounds.predict_sounds(run, files, output, as_json=as_json)
        return
    given = predicting.GivenTexts(texts or (), file, text, label, output, read_as, series)
    predicting.predict(run, given, as_json=as_json)


@app.command()
def attention(run: RunId, text: Annotated[str, typer.Argument()], as_json: Json = False) -> None:
    """Show where a finished model looked in a text."""
    inspecting.attention(run, text, as_json=as_json)


@app.command()
def inspect(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of an inspection; `inspections` lists them.")],
    run: RunId,
    texts: Annotated[list[str] | None, typer.Argument(metavar="TEXT...")] = None,
    label: Annotated[
        str | None, typer.Option("--class", metavar="LABEL", help="The class that is spoken of (default: the answer).")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="Which map is looked at: attention, integrated_gradients, ...")
    ] = None,
    most: Annotated[int | None, typer.Option("--texts", metavar="N", help="Test texts to be asked about.")] = None,
    rows: Annotated[
        list[int] | None,
        typer.Option("--row", metavar="N", help="In place of a text: a row of the run's data set, from 1."),
    ] = None,
    epoch: Annotated[
        int | None, typer.Option(metavar="N", help="As the model was after this epoch, 0 before the first step.")
    ] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="Option of the inspection: name=value.")] = None,
    as_json: Json = False,
) -> None:
    """Ask a finished model anything that an inspection can answer."""
    options = {"class": label, "method": method, "texts": most}
    values = training.parse_settings(settings or [])
    inspecting.inspect(name, run, texts or [], values, options, rows=rows or [], epoch=epoch, as_json=as_json)


@app.command("word-order")
def word_order(
    experiment: ExperimentId,
    most: Annotated[int | None, typer.Option("--texts", metavar="N", help="Test texts to be asked about.")] = None,
    as_json: Json = False,
) -> None:
    """Show what each model of an experiment loses when words are shuffled, as a mean over its seeds."""
    ordering.word_order(experiment, most, as_json=as_json)


@app.command()
def inspections(as_json: Json = False) -> None:
    """List the inspections: how to read each, how not to, and the models it can be asked of."""
    inspecting.list_inspections(as_json=as_json)


@app.command()
def calibrate(
    run: RunId,
    false_positive: Annotated[
        float, typer.Option("--cost-false-positive", help="What it costs to say the class where it is not.")
    ] = 1.0,
    false_negative: Annotated[
        float, typer.Option("--cost-false-negative", help="What it costs not to say it where it is.")
    ] = 1.0,
    positive: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Of two classes, the one to say or not (default: the second).")
    ] = None,
    accuracy: Annotated[float, typer.Option(help="Share of the answers that is to be right.")] = 0.95,
    as_json: Json = False,
) -> None:
    """Show whether a model's probabilities mean what they say, and what to choose by them."""
    calibrating.calibrate(run, Costs(false_positive, false_negative), positive, accuracy, as_json=as_json)


@app.command()
def slices(experiment: ExperimentId, as_json: Json = False) -> None:
    """Show how models do on parts of the test texts, and where each is worst."""
    slicing.slices(experiment, as_json=as_json)


@app.command()
def costs(
    experiment: ExperimentId,
    measure: Annotated[
        bool,
        typer.Option("--measure", help="Time the models first, one after the other while nothing else trains."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what accuracy costs, and the models that none beats in both."""
    costing.costs(experiment, measure=measure, as_json=as_json)


@app.command()
def disagreements(
    experiment: ExperimentId,
    right: Annotated[str | None, typer.Option(metavar="MODEL", help="Texts that this model gets right ...")] = None,
    wrong: Annotated[str | None, typer.Option(metavar="MODEL", help="... and this one wrong.")] = None,
    model: Annotated[str | None, typer.Option(metavar="MODEL", help="Texts that this model ...")] = None,
    true: Annotated[str | None, typer.Option(metavar="LABEL", help="... which are of this class ...")] = None,
    given: Annotated[str | None, typer.Option(metavar="LABEL", help="... gives this one.")] = None,
    between: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Texts about which this model and another are furthest apart ..."),
    ] = None,
    other: Annotated[str | None, typer.Option("--and", metavar="MODEL", help="... which is this one.")] = None,
    limit: Annotated[int, typer.Option(help="Maximum number of texts.")] = 100,
    as_json: Json = False,
) -> None:
    """Show who is right where another is wrong, and the texts behind it."""
    wanted = disagreeing.Wanted(right, wrong, model, true, given, between, other, limit)
    disagreeing.disagreements(experiment, wanted, as_json=as_json)


@app.command()
def runs(as_json: Json = False) -> None:
    """List all runs, the newest first."""
    listing.list_runs(as_json=as_json)


@app.command()
def compare(
    experiment: ExperimentId,
    measure: Annotated[
        str,
        typer.Option(help="accuracy, macro_f1, loss, brier, recall:CLASS or f1:CLASS."),
    ] = "accuracy",
    equal_within: EqualWithin = 1.0,
    as_json: Json = False,
) -> None:
    """Say which model of an experiment is better, and whether texts and seeds could explain it."""
    if not kept_sweeps.show_trials(experiment, as_json=as_json):
        comparing.compare(experiment, measure, equal_within, as_json=as_json)


@app.command("more-seeds")
def more_seeds(
    experiment: ExperimentId,
    to: Annotated[int, typer.Option(min=1, max=100, help="Seeds that each model is to have.")] = 5,
    as_json: Json = False,
) -> None:
    """Train the models of an experiment from further seeds: what `compare` says would tell."""
    training.more_seeds(experiment, to, as_json=as_json)


@app.command("learning-curve")
def learning_curve(
    experiment: ExperimentId,
    shares: Annotated[
        str, typer.Option(help="Percentages of the training rows, separated by commas.")
    ] = data_curving.USUAL_SHARES,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="Runs of each model at each share.")] = FEWEST_SEEDS,
    without: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Architectures to leave out, separated by commas.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Train the models of an experiment on parts of its rows, and say whether more texts would help."""
    wanted = data_curving.wanted_of(shares, seeds, without)
    data_curving.learning_curve(experiment, wanted, as_json=as_json)


@app.command()
def verdict(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.json",
            help='{"models": [{"label": "LSTM", "right": [[0, 1, ...], ...]}]}: a row for each seed, a column for each '
            "test text.",
        ),
    ],
    equal_within: EqualWithin = 1.0,
    as_json: Json = False,
) -> None:
    """Say the same of models that were trained anywhere, from their right and wrong answers."""
    comparing.judge_file(file, equal_within, as_json=as_json)


@app.command()
def export(run: RunId, file: Annotated[Path, typer.Argument(metavar="FILE.zip")]) -> None:
    """Write a run's model, tokenizer and a predict.py that works on its own."""
    listing.export(run, file)


@app.command()
def report(
    experiment: ExperimentId,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.zip]")] = None,
    tensorboard: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write its curves and scores as logs for TensorBoard.")
    ] = None,
    mlflow: Annotated[
        str | None, typer.Option(metavar="URI", help="Log its runs to this MLflow server, with their models.")
    ] = None,
) -> None:
    """Write an experiment as one zip: a page to read and print, a LaTeX table, data, models, answers, a notebook."""
    if file is None and tensorboard is None and mlflow is None:
        raise typer.BadParameter("Name a file, or use --tensorboard or --mlflow.", param_hint="FILE.zip")
    reporting.report(experiment, file, tensorboard=tensorboard, mlflow=mlflow)


@app.command()
def architectures(as_json: Json = False) -> None:
    """List the architectures and their options."""
    listing.list_architectures(as_json=as_json)


@app.command()
def catalogue(
    name: Annotated[
        str | None,
        typer.Argument(help="Of the catalogue, or owner/name of the Hugging Face hub; without, what there is."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The Parquet file to write (default: NAME.parquet).")
    ] = None,
    remove: Annotated[
        str, typer.Option(help="Left out of posts of 20 Newsgroups: headers, footers, quotes, separated by commas.")
    ] = "",
    config: Annotated[str, typer.Option(help="Which configuration of a set of the hub.")] = "",
    as_json: Json = False,
) -> None:
    """List public data sets, or fetch one as a file that every command reads."""
    if name is None:
        cataloguing.list_sets(as_json=as_json)
    else:
        cataloguing.fetch_set(name, to, remove=remove, config=config, as_json=as_json)


def main() -> None:
    """Run the command line; a problem is one sentence on standard error and exit code 2."""
    try:
        app()
    except SeqlabError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(2)
