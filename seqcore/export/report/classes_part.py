"""Which class is taken for which, and how well each class is found."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.analysis.evaluation import Evaluation
from seqcore.analysis.standings import Standing
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered
from seqcore.plots import most_confused
from seqcore.plots.confusion import NUMBERED, number_color
from seqcore.plots.contrast import mixed
from seqcore.plots.theme import PALE, STRONG

_FEW_CLASSES = 6  # beside which a model is a row
_MOST_CLASSES = 40  # of the table of classes
_SIDE_BY_SIDE = 4  # classes up to which two matrices stand beside each other
_WORST = 10  # pairs of classes that are named where the matrix would be too large


def confusion_html(gathered: Gathered) -> str:
    """A matrix a model; of many classes the pairs that are confused most."""
    parts = []
    for standing in gathered.ranked:
        evaluation = gathered.evaluations[standing.results[0].run_id]
        name = markup.text(standing.label, 60) + _seed(standing)
        few = len(evaluation.classes) <= NUMBERED
        parts.append(f"<figure>{_matrix(name, evaluation) if few else _worst(name, evaluation)}</figure>")
    what = gathered.kind.examples
    note = f"Rows are the true classes, columns the answers; numbers are {what}, the shade is the share of the row."
    if len(gathered.data.classes) > NUMBERED:
        note = f"The {_WORST} pairs of classes that each model confuses most."
    wide = len(gathered.data.classes) > _SIDE_BY_SIDE
    return f'<p class=note>{note}</p><div class="pair{" one" if wide else ""}">{"".join(parts)}</div>'


def classes_html(gathered: Gathered) -> str:
    """F1 of each class: of few classes one column each, of many one row each."""
    evaluations = [gathered.evaluations[standing.results[0].run_id] for standing in gathered.ranked]
    classes = evaluations[0].classes
    alike = [each for each in evaluations if each.classes == classes]
    if len(alike) < len(evaluations):
        return ""
    if len(classes) <= _FEW_CLASSES:
        return _a_row_a_model(gathered, evaluations)
    shown = range(min(len(classes), _MOST_CLASSES))
    rows = [
        [
            markup.text(classes[code], 60),
            f"{evaluations[0].test.per_class[code].support:,}",
            *(f"{each.test.per_class[code].f1:.3f}" for each in evaluations),
        ]
        for code in shown
    ]
    headings = ["Class", "Test rows", *(markup.text(each.label, 40) + _seed(each) for each in gathered.ranked)]
    rest = f"<p class=note>The first {_MOST_CLASSES} of {len(classes):,} classes.</p>"
    return markup.table(headings, rows) + (rest if len(classes) > _MOST_CLASSES else "")


def _a_row_a_model(gathered: Gathered, evaluations: Sequence[Evaluation]) -> str:
    supports = evaluations[0].test.per_class
    headings = ["Model", *(f"{markup.text(each.label, 40)} ({each.support:,})" for each in supports)]
    rows = [
        [markup.text(standing.label, 60) + _seed(standing), *(f"{each.f1:.3f}" for each in found.test.per_class)]
        for standing, found in zip(gathered.ranked, evaluations, strict=True)
    ]
    said = f"In brackets: {gathered.kind.examples} of the class in the test."
    return markup.table(headings, rows) + f"<p class=note>{said}</p>"


def _seed(standing: Standing) -> str:
    return f", seed {standing.results[0].seed}" if standing.seeds > 1 else ""


def _matrix(name: str, evaluation: Evaluation) -> str:
    classes, body = evaluation.classes, ""
    for label, row in zip(classes, evaluation.test.confusion, strict=True):
        cells = ""
        for count in row:
            share = count / max(sum(row), 1)
            style = f"background:{mixed(PALE, STRONG, share)};color:{number_color(share)}"
            cells += f'<td style="{style}">{count:,}</td>'
        body += f'<tr><th scope="row">{markup.text(label, 40)}</th>{cells}</tr>'
    head = "".join(f'<th scope="col">{markup.text(label, 40)}</th>' for label in classes)
    return (
        f'<div class="wide"><table class="matrix"><caption>{name}</caption>'
        f'<thead><tr><th scope="col">True \\ answer</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _worst(name: str, evaluation: Evaluation) -> str:
    pairs = most_confused(evaluation.test.confusion, evaluation.classes, _WORST)
    rows = [[markup.text(pair.true, 60), markup.text(pair.given, 60), f"{pair.count:,}"] for pair in pairs]
    return markup.table(["True class", "Answer", "Times"], rows, caption=name)
