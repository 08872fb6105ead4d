"""The data card: what the data are, how they were shared out, what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.datasets import Dropped, LabelledText
from seqcore.datasets.checks import DataReport, report_on
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered
from seqcore.spec import SplitOptions

_MOST_CLASSES = 40
_EXAMPLES = 6  # classes of which a text is shown
_PARTS = ("train", "validation", "test")


def data_card_html(gathered: Gathered) -> str:
    """Sentences, the classes in each part, an example of each class."""
    data, kind = gathered.data, gathered.kind
    report = report_on(data, gathered.split)
    facts = [
        f"{markup.text(data.name)}: {len(data):,} {kind.examples} of {len(data.classes):,} classes.",
        *(markup.plain(line) for line in _reading(gathered)),
        *_shared_out(gathered),
        *_found(report, kind.examples),
        f"Fingerprint of {kind.examples}, labels and split: <code>{data.content_hash}</code>.",
    ]
    return markup.listed(facts) + _classes(report) + _examples(gathered)


def _reading(gathered: Gathered) -> list[str]:
    data = gathered.data
    if isinstance(data, LabelledText) and data.reading is not None:
        return data.reading.sentences()
    return [*(_left_out(each) for each in data.dropped), *data.notes]


def _left_out(dropped: Dropped) -> str:
    return f"{dropped.count:,} left out: {dropped.reason}."


def _shared_out(gathered: Gathered) -> list[str]:
    split, options = gathered.split, gathered.runs[0].spec.drawn_split
    sizes = f"{len(split.train):,} to train, {len(split.validation):,} to validate, {len(split.test):,} to test"
    said = [f"Shared out: {sizes}. {_how(set(gathered.data.given_split or ()), options)}"]
    if len(gathered.splits) > 1:
        why = "Each seed drew a split of its own: " if options.split_each_seed else ""
        trained = f"{why}the models were trained on {len(gathered.splits)} different splits"
        said.append(f"{trained[:1].upper()}{trained[1:]}; these numbers are the first's.")
    return said


def _how(given: set[str], options: SplitOptions) -> str:
    drawn = [part for part in ("validation", "test") if part not in given]
    if not drawn:
        return "All three parts came with the data."
    alike = "Identical and nearly identical" if options.group_near_duplicates else "Identical"
    together = f" {alike} examples stay on one side." if options.group_duplicates else ""
    came = "The test part came with the data. " if "test" in given else ""
    came += "The validation part came with the data. " if "validation" in given else ""
    shares = {
        "test": f"{100 * options.test_share:.0f}\u00a0% for the test",
        "validation": f"{100 * options.validation_share:.0f}\u00a0% of the rest for validation",
    }
    parts = " and ".join(shares[part] for part in ("test", "validation") if part in drawn)
    used = (
        f" Models learn from {100 * options.training_share:.3g}\u00a0% of the other rows."
        if options.training_share < 1
        else ""
    )
    seed = "the seeds of split and run" if options.split_each_seed else f"split seed {options.split_seed}"
    return f"{came}Drawn, class by class, from {seed}: {parts}.{together}{used}"


def _found(report: DataReport, examples: str) -> list[str]:
    found = [
        f"{report.duplicates:,} {examples} stand in the data more than once (exactly alike)."
        if report.duplicates
        else f"No two {examples} are exactly alike.",
        f"{report.duplicates_across:,} {examples} of the test also stand in training or validation."
        if report.duplicates_across
        else f"None of the {examples} of the test stands in training or validation, letter for letter.",
    ]
    if report.near_duplicates:
        across = (
            f"; of {report.near_across:,} in the test something nearly the same was learned"
            if report.near_across
            else ""
        )
        found.append(f"{report.near_duplicates:,} {examples} say nearly the same as another one before{across}.")
    if report.conflicts:
        found.append(f"{len(report.conflicts):,} {examples} have more than one label.")
    if report.small_classes:
        names = ", ".join(markup.text(name, 40) for name in report.small_classes[:_EXAMPLES])
        more = ", …" if len(report.small_classes) > _EXAMPLES else ""
        found.append(f"Classes too small to stand in all three parts: {names}{more}.")
    if report.untested:
        found.append(f"{markup.plain(report.untested)}.")
    return found


def _classes(report: DataReport) -> str:
    names = list(report.class_counts)
    rows = [
        [
            markup.text(name, 60),
            *(f"{report.split_counts[part][name]:,}" for part in _PARTS),
            f"{report.class_counts[name]:,}",
        ]
        for name in names[:_MOST_CLASSES]
    ]
    rest = f"<p class=note>The first {_MOST_CLASSES} of {len(names):,} classes.</p>"
    return markup.table(["Class", "Train", "Validation", "Test", "All"], rows) + (
        rest if len(names) > _MOST_CLASSES else ""
    )


def _examples(gathered: Gathered) -> str:
    data, shown = gathered.data, []
    for label in data.classes[:_EXAMPLES]:
        row = _first_of(label, data.labels, gathered.split.train.tolist())
        if row is not None:
            shown.append(f"{markup.text(label, 40)}: “{markup.text(data.summary(row), 180)}”")
    title = f"<p>The first training {gathered.kind.example} of each class, as an example:</p>"
    return title + markup.listed(shown) if shown else ""


def _first_of(label: str, labels: Sequence[str], rows: Sequence[int]) -> int | None:
    return next((row for row in rows if labels[row] == label), None)
