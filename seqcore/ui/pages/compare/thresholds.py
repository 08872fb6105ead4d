"""Of two classes, from which probability on to say the one, given what each kind of mistake costs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.standings import Standing
from seqcore.analysis.threshold import Costs, Decision
from seqcore.kinds import Kind
from seqcore.lab.calibrate import Calibration, ThresholdChosen, threshold_of
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.pages.compare.first_seeds import label_with_seed


def draw_thresholds(ranked: Sequence[Standing], found: Sequence[Calibration], kind: Kind) -> None:
    """The class and the costs, the threshold for each model, and the costs of all thresholds."""
    classes = found[0].classes
    one, two, three = st.columns(3, vertical_alignment="bottom")
    code = one.selectbox(
        "Class", [1, 0], format_func=lambda each: shorten(classes[each], 60), key="threshold-class"
    )  # fmt: skip
    alarm = two.number_input(
        "Cost of saying it where it is not", 0.0, 1e6, 1.0, 1.0, format="%.4g", key="cost-false-positive"
    )
    miss = three.number_input(
        "Cost of not saying it where it is", 0.0, 1e6, 1.0, 1.0, format="%.4g", key="cost-false-negative"
    )
    costs = Costs(alarm, miss)
    chosen = [threshold_of(each, code, costs) for each in found]
    st.caption(
        f"Were the probabilities exact, {bold(classes[code])} would be said from {100 * costs.of_calibrated:.1f} % on. "
        f"The threshold is chosen on the validation {kind.examples}, and counted on the test {kind.examples}."
    )
    _draw_table(ranked, chosen, kind)
    lines = [
        _line(standing, each, number)
        for standing, each, number in zip(
            ranked, chosen, variants(standing.architecture for standing in ranked), strict=True
        )
    ]
    charts.show(plots.plot_costs(lines, kind.examples), key="costs", alt=plots.describe_costs(lines, kind.examples))
    if any(each.chosen is not None for each in chosen):
        st.caption(f"Costs on the test {kind.examples}; a ring marks the chosen threshold.")


def _draw_table(ranked: Sequence[Standing], chosen: Sequence[ThresholdChosen], kind: Kind) -> None:
    import pandas as pd

    rows = []
    for standing, each in zip(ranked, chosen, strict=True):
        rows.append(_row(standing, "The usual half", each.usual))
        if each.chosen is not None:
            rows.append(_row(standing, "Chosen", each.chosen))
    percent = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "From": percent(format="%.1f %%", help="The probability from which on the class is said."),
            "Precision": percent(format="%.1f %%", help="Share of those that it is said of that are of the class."),
            "Recall": percent(format="%.1f %%", help="Share of those of the class that it is said of."),
            "False yes": percent(format="localized", help=f"Test {kind.examples} of the other class it is said of."),
            "False no": percent(format="localized", help=f"Test {kind.examples} of the class it is not said of."),
            "Cost of 100": percent(format="%.4g", help=f"What the mistakes in a hundred {kind.examples} cost."),
        },
        key="threshold-table",
        alt="What comes of each model's threshold",
    )


def _row(standing: Standing, name: str, decision: Decision) -> dict[str, object]:
    shares = {"Precision": decision.precision, "Recall": decision.recall}
    return {
        "Model": shorten(label_with_seed(standing), 40),
        "Threshold": name,
        "From": 100 * decision.threshold,
        **{title: None if share is None else 100 * share for title, share in shares.items()},
        "False yes": decision.false_positives,
        "False no": decision.false_negatives,
        "Cost of 100": 100 * decision.cost,
    }


def _line(standing: Standing, found: ThresholdChosen, variant: int) -> plots.CostLine:
    curve = [(each.threshold, 100 * each.cost) for each in found.curve]
    label = shorten(label_with_seed(standing), 30)
    line = plots.Line(label, standing.architecture, [x for x, _ in curve], [y for _, y in curve], variant)
    chosen = None if found.chosen is None else (found.chosen.threshold, 100 * found.chosen.cost)
    return plots.CostLine(line, chosen)
