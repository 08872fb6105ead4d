"""The parts of the Look inside page: choosing a text, a model's look at it, bars, downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.analysis.focus import Focus, focus
from seqcore.analysis.segments import Segment, segments
from seqcore.architectures import get_architecture
from seqcore.export.tables import Picture, csv_bytes, heatmap_html
from seqcore.ui.components.answers import Answer
from seqcore.ui.components.heatmap import draw_heatmap
from seqcore.ui.kit import charts
from seqcore.ui.kit.downloads import file_name
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.session import questions, results, state

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from seqcore.store import Experiment, Run

_OWN, _TEST = "Your own text", "A test text"
_LISTED = 300
_MOST_CHARACTERS = 20_000
_MATRIX_TOKENS = 36  # that an axis can name


@dataclass(frozen=True)
class Look:
    """One model's look at a text."""

    run: Run
    answer: Answer
    pieces: list[Segment]
    tokens: list[dict[str, Any]]
    focus: Focus | None


def choose_models(labels: dict[str, str], runs: Sequence[Run]) -> list[Run]:
    """The models to look into; at first one of each architecture, at most three."""
    first = list({run.architecture: run.id for run in reversed(runs)}.values())[::-1][:3]
    chosen = st.pills(
        "Models", list(labels), selection_mode="multi", default=first, format_func=labels.__getitem__,
        key=f"look-models-{runs[0].experiment_id}", persist_state="session",
    )  # fmt: skip
    return [run for run in runs if run.id in chosen]


def choose_text(experiment: Experiment, run: Run) -> tuple[str, str | None]:
    """The text to look at and its label, when it has one: typed, or chosen from the test texts."""
    wanted = state.memory().look_row
    if wanted is not None:  # another page sent us here to look at a row
        state.memory().look_row = None
        st.session_state.update({"look-source": _TEST, "look-row": wanted, "look-word": "", "look-wrong": False})
    source = st.segmented_control(
        "Text", [_OWN, _TEST], default=_OWN, required=True, label_visibility="collapsed",
        key="look-source", persist_state="session",
    )  # fmt: skip
    if source == _TEST:
        return _choose_test_text(experiment, run)
    first = results.texts(experiment)[int(results.predictions_of(run.id).rows[0])]
    text = st.text_area(
        "Your text", value=shorten(first, 1000), height=110, max_chars=_MOST_CHARACTERS,
        placeholder="Type or paste a text", help="Press Ctrl+Enter to look.", key="look-text", persist_state="session",
    )  # fmt: skip
    return text, None


def _choose_test_text(experiment: Experiment, run: Run) -> tuple[str, str | None]:
    found, texts = results.predictions_of(run.id), results.texts(experiment)
    search, only_wrong = st.columns([3, 1], vertical_alignment="bottom")
    word = search.text_input("Find a test text", placeholder="A word in it", key="look-word").casefold()
    wrong = only_wrong.toggle("Only mistakes", help="Texts that the first chosen model gets wrong.", key="look-wrong")
    rows = [
        int(row)
        for row, right in zip(found.rows, found.right, strict=True)
        if not (wrong and right) and word in texts[int(row)].casefold()
    ]
    listed, before = rows[:_LISTED], st.session_state.get("look-row")
    if before in rows and before not in listed:
        listed.insert(0, before)
    if not listed:
        st.caption("No test text is like that.")
        st.stop()
    if before not in listed:
        st.session_state["look-row"] = listed[0]
    row = st.selectbox(
        "Test text", listed, format_func=lambda each: f"{each + 1}: {shorten(texts[each], 100)}",
        key="look-row", persist_state="session",
        help=f"The first {_LISTED} of {len(rows):,}; find others by a word." if len(rows) > _LISTED else None,
    )  # fmt: skip
    return texts[row], results.label_of(experiment, row)


def look_at(run: Run, label: str, text: str, truth: str | None) -> Look:
    """Ask a model; for a transformer with the layers and heads chosen here.

    Raises:
        SeqlabError: it cannot be answered.
    """
    found = questions.look(run.id, text)
    tokens, chosen = found["tokens"], None
    if found["kind"] == "heads" and found.get("matrix"):
        chosen = focus(found["matrix"], *_choose_layer_and_head(run.id, label, found["layers"], found["heads"]))
        tokens = [{**token, "weight": float(w)} for token, w in zip(tokens, chosen.received, strict=False)]
    answer = questions.as_answer(run, found, -1, label, truth)
    return Look(run, answer, segments(text, tokens), tokens, chosen)


def _choose_layer_and_head(key: str, label: str, layers: int, heads: int) -> tuple[int | None, int | None]:
    def choose(name: str, number: int) -> int | None:
        chosen = st.segmented_control(
            f"{name} of {escape_markdown(label, 40)}", range(-1, number), default=-1, required=True,
            key=f"{name}-{key}", format_func=lambda each: "All" if each < 0 else str(each + 1),
        )  # fmt: skip
        return None if chosen < 0 else chosen

    with st.container(horizontal=True, gap="large"):
        layer = choose("Layer", layers) if layers > 1 else None
        head = choose("Head", heads) if heads > 1 else None
    return layer, head


def draw_look(look: Look, number: int) -> None:
    """The heatmap."""
    draw_heatmap(
        look.answer, look.pieces, key=f"heatmap-{number}", file=file_name(f"attention {look.answer.label}", "")
    )


def draw_bars(looks: Sequence[Look]) -> None:
    """The tokens with the greatest weights, a chart for each model."""
    for start in range(0, len(looks), 3):
        for column, number in zip(st.columns(min(3, len(looks)), gap="medium"), range(start, len(looks)), strict=False):
            look = looks[number]
            with column:
                st.markdown(f"**{escape_markdown(look.answer.label, 60)}**")
                weighed = [(piece.text, piece.weight) for piece in look.pieces if piece.weight is not None]
                names, weights = [text for text, _ in weighed], [weight for _, weight in weighed]
                figure = plots.plot_token_weights(names, weights, look.run.architecture)
                charts.show(figure, key=f"bars-{number}", alt="The tokens with the greatest weights, as bars.")


def draw_matrix(look: Look, number: int) -> None:
    """Which token looks at which."""
    if look.focus is None:
        return
    kept = most_looked_at(look.focus.received, _MATRIX_TOKENS)
    if len(kept) < len(look.tokens):
        st.caption(f"The {len(kept)} tokens that are looked at most, of {len(look.tokens)}.")
    names = [look.tokens[token]["token"] for token in kept]
    matrix = look.focus.matrix[np.ix_(kept, kept)].tolist()
    figure = plots.plot_attention_matrix(names, matrix, look.run.architecture)
    charts.show(figure, key=f"matrix-{number}", alt="Attention of every token (rows) to every token (columns).")


def most_looked_at(received: NDArray[np.float64], most: int) -> list[int]:
    """Positions of the tokens that receive the most attention, in the order of the text."""
    return sorted(int(token) for token in np.argsort(-received, kind="stable")[:most])


def draw_downloads(looks: Sequence[Look]) -> None:
    """CSV and a page of HTML with all models; the PNG is in the heatmap."""
    with st.container(horizontal=True):
        st.download_button(
            "Weights as CSV", partial(_csv, list(looks)), "attention.csv", "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Heatmaps as HTML", partial(_html, list(looks)), "attention.html", "text/html",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _html(looks: Sequence[Look]) -> bytes:
    pictures = []
    for look in looks:
        answer, color = look.answer, get_architecture(look.run.architecture).color
        said = f"Says {answer.prediction} ({share(answer.probabilities[answer.code])})"
        pictures.append(Picture(answer.label, said, look.pieces, color))
    return heatmap_html(pictures).encode("utf-8", errors="replace")


def weights_table(looks: Sequence[Look]) -> pd.DataFrame:
    """A row for each model and token: where it stands in the text, and its weight."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "model": look.answer.label,
                "prediction": look.answer.prediction,
                "position": number + 1,
                "token": token["token"],
                "start": token["start"],
                "end": token["end"],
                "weight": token["weight"],
            }
            for look in looks
            for number, token in enumerate(look.tokens)
        ],
        columns=["model", "prediction", "position", "token", "start", "end", "weight"],
    )


def _csv(looks: Sequence[Look]) -> bytes:
    return csv_bytes(weights_table(looks))
