"""Whether each model's probabilities mean what they say, and what is chosen by them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore import plots
from seqcore.analysis.calibration import CalibrationScores
from seqcore.analysis.calibration_told import calibration_sentence, temperature_sentence
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.lab.calibrate import OLDER, Calibration
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import in_words
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.compare.first_seeds import label_with_seed
from seqcore.ui.pages.compare.thresholds import draw_thresholds
from seqcore.ui.pages.compare.when_sure import draw_when_sure
from seqcore.ui.session import calibrations

_RELIABILITY, _WHEN_SURE, _THRESHOLD = "Reliability", "Answer only when sure", "Threshold"


def draw_calibration(ranked: Sequence[Standing], kind: Kind) -> None:
    """Reliability with a temperature; answering only when sure; of two classes the threshold."""
    found = [calibrations.calibration_of(standing.results[0].run_id) for standing in ranked]
    parts = [_RELIABILITY, _WHEN_SURE, *([_THRESHOLD] if len(found[0].classes) == 2 else [])]
    part = st.segmented_control(
        "Show", parts, default=parts[0], required=True, key="calibration-part", label_visibility="collapsed"
    )
    older = [label_with_seed(each) for each, other in zip(ranked, found, strict=True) if other.validation is None]
    if older:
        st.caption(f":material/history: {escape_markdown(in_words(older), 200)}: {OLDER[:1].lower()}{OLDER[1:]}")
    if part == _WHEN_SURE:
        draw_when_sure(ranked, found, kind)
    elif part == _THRESHOLD:
        draw_thresholds(ranked, found, kind)
    else:
        st.caption(f"Of the test {kind.examples} that a model is 80 % sure of, 80 % should be right.")
        _draw_statements(ranked, found, kind)
        _draw_reliability(ranked, found, kind)
        _draw_table(ranked, found, kind)


def _draw_statements(ranked: Sequence[Standing], found: Sequence[Calibration], kind: Kind) -> None:
    numbers = variants(standing.architecture for standing in ranked)
    draw_statements(
        [
            Statement(standing.architecture, number, label_with_seed(standing), _sentences(calibration, kind))
            for standing, number, calibration in zip(ranked, numbers, found, strict=True)
        ]
    )


def _sentences(found: Calibration, kind: Kind) -> tuple[str, ...]:
    said = calibration_sentence(found.scores, nouns=(kind.example, kind.examples))
    if found.temperature is None or found.at_temperature is None:
        return (said,)
    return said, temperature_sentence(found.temperature, found.scores, found.at_temperature, kind.examples)


def _draw_reliability(ranked: Sequence[Standing], found: Sequence[Calibration], kind: Kind) -> None:
    scaled = any(each.at_temperature is not None for each in found) and st.toggle(
        "At the fitted temperature", key="calibration-scaled",
        help="A temperature makes all probabilities of a model more or less sure and changes none of its answers. "
        f"It is fitted on the validation {kind.examples}.",
    )  # fmt: skip
    lines = [
        _line(standing, (each.at_temperature if scaled else None) or each.scores, number)
        for standing, each, number in zip(
            ranked, found, variants(standing.architecture for standing in ranked), strict=True
        )
    ]
    charts.show(plots.plot_reliability(lines, kind.examples), key="reliability", alt=plots.describe_reliability(lines))
    st.caption(
        "Under the dotted line a model is too sure of itself, above it not sure enough. Large marks: many "
        f"{kind.examples}."
    )


def _line(standing: Standing, scores: CalibrationScores, variant: int) -> plots.Reliability:
    bins = scores.bins
    return plots.Reliability(
        shorten(label_with_seed(standing), 30), standing.architecture,
        [each.confidence for each in bins], [each.accuracy for each in bins],
        [each.interval.low for each in bins], [each.interval.high for each in bins],
        [each.texts for each in bins], variant,
    )  # fmt: skip


def _draw_table(ranked: Sequence[Standing], found: Sequence[Calibration], kind: Kind) -> None:
    import pandas as pd

    rows = []
    for standing, each in zip(ranked, found, strict=True):
        error, after = each.scores.error, each.at_temperature
        rows.append(
            {
                "Model": shorten(label_with_seed(standing), 40),
                "ECE": 100 * error.value,
                "By chance": 100 * error.chance,
                "Brier": each.scores.brier,
                "Log loss": each.scores.log_loss,
                "Temperature": None if each.temperature is None else each.temperature.value,
                "ECE then": None if after is None else 100 * after.error.value,
                "Brier then": None if after is None else after.brier,
                "Log loss then": None if after is None else after.log_loss,
            }
        )
    number = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "ECE": number(format="%.1f %%", help="Expected calibration error: how far off the bins are, on average."),
            "By chance": number(
                format="%.1f %%",
                help="The ECE that a perfectly calibrated model with these probabilities gets on average: it is never "
                f"0, because the {kind.examples} are few.",
            ),
            "Brier": number(format="%.3f", help="Mean squared error of the probabilities; lower is better."),
            "Log loss": number(format="%.3f", help="Mean cross-entropy; certain mistakes cost most."),
            "Temperature": number(format="%.2f", help="Above 1: the model was too sure of itself."),
            "ECE then": number(format="%.1f %%", help="At that temperature."),
            "Brier then": number(format="%.3f", help="At that temperature."),
            "Log loss then": number(format="%.3f", help="At that temperature."),
        },
        key="calibration-table",
        alt="Calibration of every model in numbers",
    )
