"""The table of scores: a row per model, the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.analysis.best_epoch import epoch_of
from seqcore.analysis.picking import too_much_by_picking
from seqcore.analysis.standings import Standing, chosen_by_validation
from seqcore.analysis.verdict import Verdict
from seqcore.analysis.verdict_numbers import points
from seqcore.plots import variants
from seqcore.plots.line_image import line_image
from seqcore.ui.kit.escape import shorten
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.kinds import Kind

_INTERVAL = "95 % interval"

# Column of the table: attribute of a result, whether more is better, what one is best in. Nobody is best in seconds:
# they depend on what else the machine did meanwhile, and by more than models differ.
_MEASURES = {
    "Accuracy": ("accuracy", True, "accuracy"),
    "Macro F1": ("macro_f1", True, "F1"),
    "Loss": ("loss", False, "loss"),
    "Parameters": ("parameters", False, "size"),
    "Training": ("training_seconds", False, ""),
    "Per answer": ("ms_per_text", False, ""),
}


def draw_score_table(ranked: Sequence[Standing], table: pd.DataFrame, kind: Kind) -> None:
    """The table, each model with its line."""
    number = st.column_config.NumberColumn
    shown = table.copy()
    numbers = variants(standing.architecture for standing in ranked)
    images = [
        line_image(standing.architecture, number, margin=6) for standing, number in zip(ranked, numbers, strict=True)
    ]
    shown.insert(0, "Line", images)
    st.dataframe(
        shown,
        hide_index=True,
        row_height=44,
        height="content",
        column_config={
            "Line": st.column_config.ImageColumn("Line", width=56),
            "Model": st.column_config.TextColumn(width=150),
            "Accuracy": number(format="%.1f %%", help=f"Share of the test {kind.examples} given their true class."),
            _INTERVAL: st.column_config.TextColumn(
                help=f"Where the accuracy lies for other {kind.examples} and, of models trained from three seeds or "
                "more, for other seeds; and for other splits, where each seed drew its own."
            ),
            "Seeds": st.column_config.TextColumn(help="How many, and how far their accuracies lie apart (SD, points)."),
            "Macro F1": number(format="%.3f", help="Mean F1 of the classes; rare ones count as much as common ones."),
            "Loss": number(
                format="%.3f", help=f"Cross-entropy on the test {kind.examples}; confident mistakes cost most."
            ),
            "Best epoch": st.column_config.TextColumn(
                help=f"The epoch that was most accurate on the validation {kind.examples}, of those trained. Its "
                "weights are kept, unless the settings say otherwise."
            ),
            "Parameters": number(format="localized", help="Numbers that training adjusts."),
            "Training": number(
                format="%.1f s",
                help="Seconds that training took; more when other things ran beside it.",
            ),
            "Per answer": number(
                format="%.2f ms",
                help="Milliseconds that one answer took; more when other things ran beside it.",
            ),
            "Best in": st.column_config.TextColumn(width=170, help="Where no other model is as good."),
        },
    )


def draw_choice(found: Verdict, kind: Kind) -> None:
    """What the star says, and what it costs to choose by the test score instead."""
    if len(found.standings) < 2 or chosen_by_validation(found.standings) is None:
        return
    too_much = points(too_much_by_picking(found), found.measure)
    st.caption(
        explained(
            f"★ is the most accurate on the validation {kind.examples}: a choice that the test {kind.examples} know "
            "nothing of."
        )
        + f" Whoever picks the best of these {len(found.standings)} models by the test itself reports about "
        f"{too_much} too much where they are equally good."
    )


def score_table(ranked: Sequence[Standing], differing: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """One row per model, the best first; numbers stay numbers, so that the table can be sorted and saved.

    Args:
        ranked: The models.
        differing: Settings in which they differ, by their titles, each with the value of every model.
    """
    import pandas as pd

    measures = [each for each in _MEASURES.values() if each[2]]
    best = {word: _sole_leader(ranked, attribute, more) for attribute, more, word in measures}
    chosen = chosen_by_validation(ranked) if len(ranked) > 1 else None
    rows: list[dict[str, Any]] = []
    for standing in ranked:
        interval = standing.interval()
        row: dict[str, Any] = {"Model": ("★ " if standing is chosen else "") + shorten(standing.label, 40)}
        row |= {name: standing.mean(attribute) for name, (attribute, *_) in _MEASURES.items()}
        row["Accuracy"] *= 100
        row["Parameters"] = round(row["Parameters"])  # words differ between splits, and with them the mean
        row[_INTERVAL] = f"{interval.low * 100:.1f} – {interval.high * 100:.1f}"
        spread = f", SD {standing.spread('accuracy') * 100:.1f}" if standing.has_seeds and standing.seeds > 1 else ""
        row["Seeds"] = f"{standing.seeds}{spread}" if standing.has_seeds else "no seeds"
        results = standing.results
        epochs = [each.epochs for each in results]
        row["Best epoch"] = epoch_of([each.best_epoch for each in results], epochs) if max(epochs) > 1 else ""
        row["Best in"] = ", ".join(word for word, winner in best.items() if winner is standing)
        rows.append(row)
    order = ["Model", "Accuracy", _INTERVAL, "Seeds", "Best in", "Macro F1", "Loss", "Best epoch", *list(_MEASURES)[3:]]
    table = pd.DataFrame(rows, columns=order)
    for title, said in reversed(list((differing or {}).items())):
        table.insert(order.index("Best in"), title, list(said))
    return table if any(standing.seeds > 1 for standing in ranked) else table.drop(columns="Seeds")


def _sole_leader(ranked: Sequence[Standing], attribute: str, more: bool) -> Standing | None:
    """The one model that leads in a measure; nobody when several share the lead."""
    values = [standing.mean(attribute) for standing in ranked]
    wanted = max(values) if more else min(values)
    return ranked[values.index(wanted)] if values.count(wanted) == 1 and len(values) > 1 else None
