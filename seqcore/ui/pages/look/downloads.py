"""Weights to take home: as CSV, and as a page of HTML with every model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from seqcore.architectures import appearance
from seqcore.export.tables import Picture, csv_bytes, heatmap_html
from seqcore.plots.theme import AGAINST, FOR
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.attention.step_weights import Look
from seqcore.ui.pages.look.maps import Map
from seqcore.ui.pages.look.take_home import draw_scores_and_heatmaps

if TYPE_CHECKING:
    import pandas as pd


def draw_downloads(looks: Sequence[Look]) -> None:
    """CSV and HTML with all models; the PNG is in the heatmap."""
    if not looks:
        return
    weights, pictures = partial(weights_csv, list(looks)), partial(_html, list(looks))
    draw_scores_and_heatmaps(looks[0].inspection.name, weights, pictures, "Weights")


def draw_map_downloads(maps: Sequence[Map]) -> None:
    """CSV and HTML with all maps of all models."""
    draw_scores_and_heatmaps(
        "what_mattered", partial(scores_csv, list(maps)), partial(_maps_html, list(maps)), "Scores"
    )


def scores_csv(maps: Sequence[Map]) -> bytes:
    """A row for each model, method and step: where it stands in the text, and its score."""
    import pandas as pd

    columns = ["model", "prediction", "method", "class", "position", "token", "start", "end", "score"]
    rows = [
        [
            each.answer.label, each.answer.prediction, each.inspection.name, each.label or "", number + 1,
            step.token, step.start, step.end, step.weight,
        ]
        for each in maps
        for number, step in enumerate(each.steps)
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(rows, columns=columns))


def _maps_html(maps: Sequence[Map]) -> bytes:
    pictures = []
    for each in maps:
        answer, signed = each.answer, each.label is not None
        said = f"Says {answer.prediction} ({share(answer.probabilities[answer.code])})"
        told = f"{said}; scores for {each.label}" if signed else said
        color = FOR if signed else appearance(each.run.architecture).color
        title = f"{answer.label}: {each.inspection.label}"
        pictures.append(Picture(title, told, each.pieces, color, AGAINST if signed else ""))
    notes = {each.inspection.label: each.inspection.how_to_read for each in maps}
    note = " ".join(f"{name}: {read}" for name, read in notes.items())
    return heatmap_html(pictures, title="What mattered", note=note).encode("utf-8", errors="replace")


def weights_table(looks: Sequence[Look]) -> pd.DataFrame:
    """A row for each model and step: where it stands in the text, and its weight."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "model": look.answer.label,
                "prediction": look.answer.prediction,
                "position": number + 1,
                "token": step.token,
                "start": step.start,
                "end": step.end,
                "weight": step.weight,
            }
            for look in looks
            for number, step in enumerate(look.steps)
        ],
        columns=["model", "prediction", "position", "token", "start", "end", "weight"],
    )


def weights_csv(looks: Sequence[Look]) -> bytes:
    """The table as a file."""
    return csv_bytes(weights_table(looks))


def _html(looks: Sequence[Look]) -> bytes:
    pictures = []
    for look in looks:
        answer, color = look.answer, appearance(look.run.architecture).color
        said = f"Says {answer.prediction} ({share(answer.probabilities[answer.code])})"
        pictures.append(Picture(answer.label, said, look.pieces, color))
    inspection = looks[0].inspection
    page = heatmap_html(pictures, title=inspection.label, note=inspection.how_to_read)
    return page.encode("utf-8", errors="replace")
