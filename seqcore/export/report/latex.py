"""`table.tex`: the scores as a LaTeX table for a paper."""

from __future__ import annotations

from seqcore.export.report.gathered import Gathered
from seqcore.export.report.latex_signs import LETTERS, escape_latex
from seqcore.export.report.scores_part import interval_of

_HEAD = rf"""% To \input; needs \usepackage{{booktabs,textcomp}}, for pdfLaTeX also \usepackage[T1]{{fontenc}}.
% Alone on a page: \documentclass[varwidth]{{standalone}}.
% A letter that the font of the paper lacks is printed as its number. Where a package such as CJKutf8 brings it:
% \newcommand{{\reportletter}}[2]{{#1}} before the \input.
{LETTERS}\begin{{table}}
  \centering\small\setlength{{\tabcolsep}}{{4pt}}
"""


def latex_table(gathered: Gathered) -> str:
    """A `table` in the style of booktabs, the best model first.

    Sources: the booktabs package, whose manual asks for no vertical lines.
    """
    first = gathered.ranked[0]
    anew = " (drawn anew for each seed)" if first.splits > 1 else ""
    # It stands in a list of tables too, where `LETTERS` is not known yet.
    models = f"Models on {first.tested():,} test {gathered.kind.examples}{anew}"
    caption = (
        f"{models} of {escape_latex(gathered.data.name)}: "
        "accuracy in per cent (mean over seeds) with its 95\\,\\% interval, macro F1, cross-entropy in nats, "
        "and trainable parameters."
    )
    rows = []
    for standing in gathered.ranked:
        interval = interval_of(standing)
        rows.append((
            escape_latex(standing.label),
            str(standing.seeds),
            f"{100 * standing.mean('accuracy'):.1f}",
            f"{100 * interval.low:.1f}--{100 * interval.high:.1f}",
            f"{standing.mean('macro_f1'):.3f}",
            f"{standing.mean('loss'):.3f}",
            f"{standing.mean('parameters'):,.0f}".replace(",", r"\,"),
        ))  # fmt: skip
    heading = ("Model", "Seeds", "Accuracy", "95\\,\\% interval", "Macro F1", "Loss", "Parameters")
    lines = [
        f"  \\caption[{models}]{{{caption}}}", r"  \begin{tabular}{lrrcrrr}", r"    \toprule",
        _line(heading), r"    \midrule",
        *map(_line, rows), r"    \bottomrule", r"  \end{tabular}", r"\end{table}", "",
    ]  # fmt: skip
    return _HEAD + "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"    {' & '.join(cells)} \\\\"
