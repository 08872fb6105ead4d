"""The maps of two texts to take home: as CSV, and as a page of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from seqcore.architectures import appearance
from seqcore.export.tables import Picture, csv_bytes, heatmap_html
from seqcore.plots.theme import AGAINST, FOR
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.maps import Map
from seqcore.ui.pages.look.take_home import draw_scores_and_heatmaps

_NAMES = ("first", "second")


def draw_two_downloads(maps: Sequence[tuple[Map, Map]]) -> None:
    """Both files, of all models."""
    scores, pictures = partial(both_csv, list(maps)), partial(both_html, list(maps))
    draw_scores_and_heatmaps("two_texts", scores, pictures, "Scores of both", "Heatmaps of both")


def both_csv(maps: Sequence[tuple[Map, Map]]) -> bytes:
    """A row for each model, text and token."""
    import pandas as pd

    columns = ["model", "text", "prediction", "method", "class", "position", "token", "start", "end", "score"]
    rows = [
        [
            each.answer.label, name, each.answer.prediction, each.inspection.name, each.label or "", number + 1,
            step.token, step.start, step.end, step.weight,
        ]
        for both in maps
        for name, each in zip(_NAMES, both, strict=True)
        for number, step in enumerate(each.steps)
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(rows, columns=columns))


def both_html(maps: Sequence[tuple[Map, Map]]) -> bytes:
    """Each model's two texts, one under the other."""
    pictures = []
    for both in maps:
        for name, each in zip(_NAMES, both, strict=True):
            answer, signed = each.answer, each.label is not None
            said = f"Says {answer.prediction} ({share(answer.probabilities[answer.code])})"
            told = f"{said}; scores for {each.label}" if signed else said
            color = FOR if signed else appearance(each.run.architecture).color
            title = f"{answer.label}, {name} text: {each.inspection.label}"
            pictures.append(Picture(title, told, each.pieces, color, AGAINST if signed else ""))
    note = maps[0][0].inspection.how_to_read
    return heatmap_html(pictures, title="Two texts", note=note).encode("utf-8", errors="replace")
