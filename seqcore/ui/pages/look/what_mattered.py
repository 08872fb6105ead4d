"""What mattered: the same text shaded by every method, for each model, and how far the methods agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore.analysis.ground_truth import matters, score_of, sentence_of
from seqcore.inspections.ground_truth import GROUND_TRUTH, GroundTruthAnswer, GroundTruthRequest
from seqcore.inspections.trust import TRUST, TrustAnswer, TrustRequest
from seqcore.ui.components.heatmap import draw_map
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.class_choice import choose_class
from seqcore.ui.pages.look.downloads import draw_map_downloads
from seqcore.ui.pages.look.maps import METHODS, Map, agreements, map_of, methods_for
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.session import results
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.store import Run

_POINT = 100  # of a probability
_KNOWN_TEXTS = 100  # that a map is made of, at most, where it is known which words matter


def draw_what_mattered(room: Room) -> None:
    """For each model its answer, and below it the maps, one under the other."""
    wanted = choose_class(room.shown[0].id, "By default each model's own answer.")
    st.caption("Above 0 and blue, a word speaks for the class; below 0 and orange, with the line above it, against it.")
    testing = st.toggle(
        "Put the maps to the test: can they be trusted?", key="look-trust", persist_state="session",
        help="Takes away the words that each map marks most, and as many at random: a few hundred answers a map.",
    )  # fmt: skip
    drawn: list[tuple[Map, DeltaGenerator]] = []
    for number, run in enumerate(room.shown):
        drawn += _draw_model(room, run, number, wanted)
    maps = [each for each, _ in drawn]
    if not maps:
        return
    draw_map_downloads(maps)
    _draw_agreement(maps, room.labels)
    st.header("How to read it, and how not", anchor=False)
    known = results.evidence_in(room.experiment, room.text)
    methods = [name for name in METHODS if any(each.inspection.name == name for each in maps)]
    draw_how_to_read(*methods, *((TRUST,) if testing else ()), *((GROUND_TRUTH,) if known else ()))
    for each, place in drawn:
        if known:
            with place:
                _draw_ground_truth(room, each, known)
        if testing:
            with place, guard():
                _draw_trust(room, each, wanted)
        if testing and known:
            with place, guard():
                _draw_truth_of_many(room, each)


def _draw_model(room: Room, run: Run, number: int, wanted: str) -> list[tuple[Map, DeltaGenerator]]:
    label, found = room.labels[run.id], list[tuple[Map, "DeltaGenerator"]]()
    st.header(escape_markdown(label, 60), anchor=False)
    said = st.empty()
    for name in methods_for(run):
        with guard():
            each = map_of(room, name, run, wanted)
            if not found:
                said.markdown(_answer_said(each))
                for note in each.notes:
                    st.caption(f":material/info: {escape_markdown(note, 300)}")
            title = each.inspection.label
            draw_map(
                each.answer, each.pieces, title=title, label=each.label, key=f"map-{number}-{name}",
                file=file_name(f"{name} {label}", ""),
            )  # fmt: skip
            if each.remark:
                st.caption(each.remark)
            found.append((each, st.container()))
    return found


def _answer_said(each: Map) -> str:
    answer = each.answer
    parts = [f"Says {bold(answer.prediction)} ({share(answer.probabilities[answer.code])})"]
    if answer.truth is not None:
        right = answer.truth == answer.prediction
        parts.append(":green[✓ right]" if right else f":red[✗ wrong], it is {bold(answer.truth)}")
    if each.label is not None and each.label != answer.prediction:
        code = list(answer.classes).index(each.label)
        parts.append(f"shown is what speaks for {bold(each.label)} ({share(answer.probabilities[code])})")
    return " · ".join(parts)


def _draw_agreement(maps: Sequence[Map], labels: Mapping[str, str]) -> None:
    """Rank correlations, a row for each pair of methods, a column for each model."""
    by_run: dict[str, list[Map]] = {}
    for each in maps:
        by_run.setdefault(each.run.id, []).append(each)
    found = {run_id: agreements(of_run) for run_id, of_run in by_run.items()}
    pairs = list(dict.fromkeys(pair for of_run in found.values() for pair in of_run))
    if not pairs:
        return
    st.header("Do the maps agree?", anchor=False)
    st.dataframe(
        {
            "Maps": [f"{one} and {other}" for one, other in pairs],
            **{
                shorten(labels[run_id], 40): [_correlation(of_run.get(pair)) for pair in pairs]
                for run_id, of_run in found.items()
            },
        },
        hide_index=True,
    )
    st.caption(
        "Spearman's rank correlation over the words: 1 where two maps rank them alike, 0 where they have nothing to do "
        "with each other. Attention and its rollout have no sign, so they are compared with the sizes of the scores. "
        "A dash: fewer than three words, or a map that is the same everywhere."
    )


def _correlation(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _draw_trust(room: Room, each: Map, wanted: str) -> None:
    """The word and the number, with what they rest on."""
    request = TrustRequest.model_validate({"text": room.text, "label": wanted, "method": each.inspection.name})
    with st.spinner(f"Testing {each.inspection.label.lower()} …"):
        found: TrustAnswer = room.ask(TRUST, each.run, request)
    word, colon, rest = found.sentence.partition(": ")
    st.markdown(f"**{escape_markdown(word)}**{colon}{escape_markdown(rest, 600)}")
    if found.counts:
        st.caption(
            f"Of {escape_markdown(found.label, 40)}, means over 5, 10, 20 and 50\N{NO-BREAK SPACE}% of the words and "
            f"{found.draws} random draws, which leave a standard error of at most {_points(found.error)} points. "
            f"Without those marked least the probability falls by {_points(found.bottom_comprehensiveness)} points, "
            f"with nothing but those marked most by {_points(found.sufficiency)}."
        )


def _draw_ground_truth(room: Room, each: Map, known: Sequence[tuple[int, int]]) -> None:
    """How much of the map lies on the words that are known to decide the label."""
    on = matters([(step.start, step.end) for step in each.steps], known)
    score = score_of(np.array([step.weight for step in each.steps]), on)
    here = "None of the words that matter is read." if score is None else sentence_of(score)
    words = ", ".join(room.text[start:end] for start, end in known)
    st.markdown(f"**Ground truth: {escape_markdown(words, 100)}.** {here}")


def _draw_truth_of_many(room: Room, each: Map) -> None:
    """The same over the test texts."""
    request = GroundTruthRequest.model_validate({"method": each.inspection.name, "most": _KNOWN_TEXTS})
    with st.spinner(f"Holding {each.inspection.label.lower()} of test texts against the truth …"):
        found: GroundTruthAnswer = room.ask(GROUND_TRUTH, each.run, request)
    right = "" if found.accuracy is None else f" The model is right on {share(found.accuracy)} of them."
    st.caption(f"{found.sentence}{right}")


def _points(value: float) -> str:
    return f"{_POINT * value:.1f}".replace("-", "\N{MINUS SIGN}")
