"""What mattered along time: strips of every method beneath the example, for each model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from seqcore import plots
from seqcore.analysis.ground_truth import matters, score_of, sentence_of
from seqcore.export.tables import csv_bytes
from seqcore.inspections import get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.contracts import StepScores, StepWeights, TextAnswer
from seqcore.inspections.ground_truth import GROUND_TRUTH
from seqcore.inspections.occlusion import OcclusionScores
from seqcore.inspections.trust import TRUST, TrustAnswer, TrustRequest
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.class_choice import choose_class
from seqcore.ui.pages.look.maps import METHODS, methods_for
from seqcore.ui.pages.look.moments import drawn
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_numbers
from seqcore.ui.session import results
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.kinds import Kind
    from seqcore.store import Run

_SHARES = ("attention", "rollout")  # which speak of no class
_FILLS = {"line": "A line between its neighbours", "mean": "The mean of the training"}
_MOST_APART = 12  # channels whose scores are drawn apart


@dataclass(frozen=True)
class _Map:
    """One method's view of the example by one model."""

    name: str
    run: Run
    found: TextAnswer
    label: str | None
    values: NDArray[np.float64]
    places: tuple[tuple[int, int], ...]

    @property
    def title(self) -> str:
        said = get_inspection(self.name).label
        return said if self.label is None else f"{said}, for {self.label}"

    @property
    def by_channel(self) -> NDArray[np.float64] | None:
        return self.found.by_channel if isinstance(self.found, StepScores) else None


def draw_mattered(room: Room) -> None:
    """For each model its answer, and the example above the strips of all methods."""
    wanted = choose_class(room.shown[0].id, "By default each model's own answer.")
    kind = results.kind_of(room.experiment)
    window, fill, apart = _how_to_ask(kind)
    testing = st.toggle(
        "Put the maps to the test: can they be trusted?", key="look-trust", persist_state="session",
        help=f"Takes away the {kind.steps} that each map marks most, and as many at random: some hundred answers.",
    )  # fmt: skip
    st.caption(
        "Above 0 and blue, it speaks for the class; below 0 and orange, against it. Point at a strip to read it."
    )
    maps: list[_Map] = []
    for number, run in enumerate(room.shown):
        values = {"label": wanted, "window": window, "fill": fill}
        maps += _draw_model(room, run, number, values, apart=apart, testing=testing)
    if not maps:
        return
    draw_numbers("maps", partial(_csv, room, maps), "Scores as CSV")
    st.header("How to read it, and how not", anchor=False)
    names = [name for name in METHODS if any(each.name == name for each in maps)]
    known = drawn.spans_that_matter(room)
    draw_how_to_read(*names, *((TRUST,) if testing else ()), *((GROUND_TRUTH,) if known else ()), kind=kind.name)


def _how_to_ask(kind: Kind) -> tuple[int, str, bool]:
    """Moments that are left out at once, what stands in their place, and whether channels are told apart."""
    with st.expander(f"How {kind.steps} are left out", icon=":material/tune:", key="look-leaving"):
        first, second = st.columns([1, 2], vertical_alignment="bottom")
        window = first.number_input(
            f"{kind.steps.capitalize()} left out at once", 0, 100_000, 0, key="look-window",
            help=f"0: a twentieth of the {kind.example}. They share what leaving them out does.",
        )  # fmt: skip
        fill = second.segmented_control(
            "What stands in their place", list(_FILLS), default="line", required=True, key="look-fill", wrap=True,
            format_func=_FILLS.__getitem__, persist_state="session",
        )  # fmt: skip
        apart = st.toggle(
            "Each channel apart", key="look-apart", persist_state="session",
            help="Gradient × input and integrated gradients tell which channel adds what.",
        )  # fmt: skip
    return int(window), str(fill), apart


def _draw_model(room: Room, run: Run, number: int, values: dict[str, Any], *, apart: bool, testing: bool) -> list[_Map]:
    label, maps = room.labels[run.id], list[_Map]()
    st.header(escape_markdown(label, 60), anchor=False)
    with guard():
        for name in methods_for(run):
            maps.append(_map_of(room, name, run, values))
        if not maps:
            return []
        found, picture, spans = maps[0].found, drawn.picture_for(room, run), drawn.spans_that_matter(room)
        st.markdown(said_of(room, found))
        drawn.draw_notes(label, found.notes)
        strips = [strip for each in maps for strip in _strips(each, picture.names, apart=apart)]
        beneath = plots.Beneath(strips, marked=plots.along_picture(picture, spans, maps[0].places))
        drawn.draw(picture, beneath, key=f"mattered-{number}", title=f"What mattered to {label}")
        _say_beside(maps, results.kind_of(room.experiment).step, spans)
        if testing:
            for each in maps:
                _draw_trust(room, each, values["label"])
        drawn.draw_table(picture, beneath, key=f"mattered-{number}")
    return maps


def said_of(room: Room, found: TextAnswer) -> str:
    """What a model answers, and whether that is right, in Markdown."""
    probability = share(float(found.probabilities.max()))
    parts = [f"Says {bold(found.prediction)} ({probability})"]
    if room.truth is not None:
        right = room.truth == found.prediction
        parts.append(":green[✓ right]" if right else f":red[✗ wrong], it is {bold(room.truth)}")
    return " · ".join(parts)


def _map_of(room: Room, name: str, run: Run, values: dict[str, Any]) -> _Map:
    inspection = get_inspection(name)
    wanted = {key: value for key, value in values.items() if key in inspection.request.model_fields}
    if name == ATTENTION:
        wanted["matrix"] = False
    request: Any = inspection.validated({**room.example.asked, **wanted})
    found = cast(TextAnswer, room.ask(name, run, request))
    if isinstance(found, StepScores):
        numbers, label = [step.score for step in found.tokens], found.label
        places = tuple((step.start, step.end) for step in found.tokens)
        return _Map(name, run, found, label, np.array(numbers), places)
    shares = cast(StepWeights, found).tokens
    places = tuple((step.start, step.end) for step in shares)
    return _Map(name, run, found, None, np.array([step.weight for step in shares]), places)


def _strips(each: _Map, names: tuple[str, ...], *, apart: bool) -> list[plots.Strip]:
    signed, found = each.name not in _SHARES, [plots.Strip(each.title, each.values, each.name not in _SHARES)]
    channels = each.by_channel
    if apart and channels is not None and channels.shape[1] > 1:
        rows = names if len(names) == channels.shape[1] else tuple(f"channel {n + 1}" for n in range(channels.shape[1]))
        # Bands of a spectrogram from the bottom, as the picture above has them; channels from the top.
        grid = channels.T[::-1] if channels.shape[1] > _MOST_APART else channels.T
        rows = rows[::-1] if channels.shape[1] > _MOST_APART else rows
        found.append(plots.Strip(f"{each.title}: each channel", grid, signed, rows=rows))
    return found


def _say_beside(maps: list[_Map], step: str, spans: tuple[tuple[int, int], ...]) -> None:
    """What stands beside the strips: how wide the windows were, and what lies on what is known to matter."""
    for each in maps:
        if isinstance(each.found, OcclusionScores) and each.found.together > 1:
            st.caption(f"{each.found.together:,} neighbouring {step}s are left out at once.")
    if not spans:
        return
    st.markdown(f"**Ground truth.** Shaded in the picture are the {step}s that are known to decide the label.")
    for each in maps:
        score = score_of(each.values, matters(each.places, spans))
        said = f"None of the {step}s that matter is read." if score is None else sentence_of(score, step)
        st.markdown(f"- {escape_markdown(get_inspection(each.name).label, 40)}: {said}")


def _draw_trust(room: Room, each: _Map, wanted: str) -> None:
    name = get_inspection(each.name).label
    request = TrustRequest.model_validate({**room.example.asked, "label": wanted, "method": each.name})
    with guard(), st.spinner(f"Testing {name.lower()} …"):
        found: TrustAnswer = room.ask(TRUST, each.run, request)
        word = found.word
        st.markdown(f"- **{escape_markdown(name, 40)}: trust {found.trust:.2f}, {word}.** {found.sentence}")


def _csv(room: Room, maps: list[_Map]) -> bytes:
    """A row for each model, method and step."""
    import pandas as pd

    rows = [
        [room.labels[each.run.id], each.name, each.label or "", place + 1, start, end, value]
        for each in maps
        for place, ((start, end), value) in enumerate(zip(each.places, each.values.tolist(), strict=True))
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["model", "method", "class", "step", "start", "end", "score"]))
