"""Where models disagree: the test texts about which two of them are furthest apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.apart import Apart, furthest_apart
from seqcore.analysis.disagreements import told_apart
from seqcore.export.tables import csv_bytes
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.look.test_set.row_cards import Card, draw_cards, said_true
from seqcore.ui.session import cache, results
from seqcore.ui.session.file_button import file_button

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.store import Experiment, Run
    from seqcore.ui.pages.look.room import Room

_MOST = 400  # rows told as cards


def draw_models_apart(room: Room) -> None:
    """A pair, about how many texts its answers differ, and the texts in order.

    Raises:
        SeqlabError: the answers of a model cannot be read.
    """
    if len(room.shown) < 2:
        st.caption("Choose a second model above to see where the two disagree.")
        return
    pair = _choose_pair(room)
    first, second = (room.labels[run.id] for run in pair)
    kind = results.kind_of(room.experiment)
    found = furthest_apart(*(results.predictions_of(run.id) for run in pair))
    if not len(found.rows):
        st.caption(f"The two were tested on different {kind.examples}: there is none that both have answered.")
        return
    tested = count(len(found.rows), f"test {kind.example}", f"test {kind.examples}")
    st.markdown(
        f"{bold(first)} and {bold(second)} answer {found.other_answer:,} of {tested} "
        f"differently. Those about which their probabilities are furthest apart come first."
    )
    if any(run.id in room.epochs for run in pair):
        st.caption(":material/info: These are the answers of the trained models, not of the epoch chosen above.")
    classes = cache.evaluation(pair[0].id).classes
    file_button(
        "Rows as CSV", partial(_csv, room.experiment, found, classes, (first, second)), "models_disagree.csv",
        "text/csv",
    )  # fmt: skip
    texts = results.texts(room.experiment)
    cards = [
        Card(int(found.rows[place]), texts[int(found.rows[place])], _lines(found, place, classes, (first, second)))
        for place in range(min(len(found.rows), _MOST))
        if found.distance[place] > 0
    ]
    if not cards:
        st.caption(f"Both say the very same of every {kind.example}.")
    draw_cards(room, cards, pair, key=f"apart-{pair[0].id}-{pair[1].id}")
    st.caption(
        "Points apart: the total variation of the two models' probabilities, ½ Σ|p − q| over the classes: 0 where "
        "both say the same, 100 where each rules out what the other says. It does not say which of them is right, and "
        "a model that is surer of everything stands further from all others: look at the examples, and at Compare for "
        "who is right how often."
    )


def _choose_pair(room: Room) -> tuple[Run, Run]:
    """Two of the models that are shown."""
    by_id = {run.id: run for run in room.shown}
    ids = list(by_id)
    if len(ids) == 2:
        return by_id[ids[0]], by_id[ids[1]]
    one, other = st.columns(2)
    first = _choose(one, "Model", ids, room, "look-apart-first")
    second = _choose(other, "Beside", [each for each in ids if each != first], room, "look-apart-second")
    return by_id[first], by_id[second]


def _choose(place: DeltaGenerator, title: str, ids: list[str], room: Room, key: str) -> str:
    if st.session_state.get(key) not in ids:
        st.session_state[key] = ids[0]
    return str(place.selectbox(title, ids, key=key, format_func=room.labels.__getitem__))


def _lines(found: Apart, place: int, classes: Sequence[str], names: tuple[str, str]) -> list[str]:
    true = int(found.labels[place])
    both = zip(names, (found.first[place], found.second[place]), strict=True)
    answers = [_answer(name, shares, classes, true) for name, shares in both]
    apart = f"{100 * found.distance[place]:.1f}\N{NO-BREAK SPACE}points apart"
    return [f"{apart} &nbsp;·&nbsp; {said_true(classes[true])}", " &nbsp;·&nbsp; ".join(answers)]


def _answer(name: str, shares: NDArray[np.float64], classes: Sequence[str], true: int) -> str:
    """One model's answer and the probabilities worth telling, right or wrong by sign and colour."""
    mark = ":green[✓]" if int(shares.argmax()) == true else ":red[✗]"
    told = [
        f"{escape_markdown(classes[code], 40)} {100 * shares[code]:.0f}\N{NO-BREAK SPACE}%"
        for code in told_apart(shares.tolist(), true)
    ]
    return f"{mark} {escape_markdown(name, 40)}: {', '.join(told)}"


def _csv(experiment: Experiment, found: Apart, classes: Sequence[str], names: tuple[str, str]) -> bytes:
    """A row a text: its distance, the truth, both answers and all probabilities."""
    import pandas as pd

    texts = results.texts(experiment)
    columns = {
        "row": found.rows + 1,
        "apart": found.distance,
        results.kind_of(experiment).example: [texts[row] for row in found.rows.tolist()],
        "label": [classes[code] for code in found.labels],
    }
    for number, (name, shares) in enumerate(zip(names, (found.first, found.second), strict=True), start=1):
        columns[f"{number}: {name}"] = [classes[code] for code in shares.argmax(axis=1)]
        columns |= {f"{number}: {name}: {label}": shares[:, code] for code, label in enumerate(classes)}
    return csv_bytes(pd.DataFrame(columns))
