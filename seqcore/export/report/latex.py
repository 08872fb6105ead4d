"""`table.tex`: the scores as a LaTeX table for a paper."""

from __future__ import annotations

import unicodedata

from seqcore.export.report.gathered import Gathered
from seqcore.export.report.scores_part import interval_of
from seqcore.plots.canvas import short

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "-": "{-}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}",
}  # fmt: skip
_HEAD = r"""% Needs the packages booktabs and textcomp; for names beyond ASCII, a font that has their letters.
\begin{table}
  \centering
"""


def escape_latex(text: str, limit: int = 60) -> str:
    """Other people's text in one line, none of its signs with a meaning in LaTeX."""
    line = "".join(sign for sign in short(text, limit) if unicodedata.category(sign)[0] != "C")
    return "".join(_SIGNS.get(sign, sign) for sign in line.strip())


def latex_table(gathered: Gathered) -> str:
    """A `table` in the style of booktabs, the best model first.

    Sources: the booktabs package, whose manual asks for no vertical lines.
    """
    texts = len(gathered.ranked[0].results[0].rows)
    caption = (
        f"Models on {texts:,} test {gathered.kind.examples} of {escape_latex(gathered.data.name)}: "
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
        f"  \\caption{{{caption}}}", r"  \begin{tabular}{lrrcrrr}", r"    \toprule", _line(heading), r"    \midrule",
        *map(_line, rows), r"    \bottomrule", r"  \end{tabular}", r"\end{table}", "",
    ]  # fmt: skip
    return _HEAD + "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"    {' & '.join(cells)} \\\\"
