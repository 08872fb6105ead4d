"""The example that is looked at as a picture, with what models make of it beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore import plots
from seqcore.datasets.evidence import spans_by_example, spans_known
from seqcore.kinds import get_kind
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import cache
from seqcore.ui.session.kept import remember
from seqcore.ui.session.shared import get_store

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds import Picture
    from seqcore.store import Run
    from seqcore.ui.pages.look.room import Room

_LEAST = 320  # pixels in which a picture can still be read
Span = tuple[int, int]


def picture_for(room: Room, run: Run) -> Picture:
    """The example as that model's encoder reads it.

    Raises:
        SeqlabError: the run or its data are gone, or damaged.
    """
    data = room.example.data
    return _picture(run.id, room.example.row, data.content_hash, run, data)


@remember()
def _picture(run_id: str, row: int, content_hash: str, _run: Run, _data: LabelledData) -> Picture:
    kind = get_kind(_run.spec.input.kind)
    encoder = kind.read_encoder(get_store().artifacts.read(run_id, kind.encoder_file), _run.spec.input)
    return kind.picture(encoder, _data, row)


def spans_that_matter(room: Room) -> tuple[Span, ...]:
    """Where the moments stand that decide the label of the example, where the data say it; else none."""
    data = cache.stored_data(room.experiment.workspace, room.experiment.dataset_id)
    known = _known(data.content_hash, data.account, data)
    return spans_known(room.example.example, known) if known else ()


def are_known(room: Room) -> bool:
    """Whether the data say which moments decide the labels."""
    data = cache.stored_data(room.experiment.workspace, room.experiment.dataset_id)
    return bool(_known(data.content_hash, data.account, data))


@remember()
def _known(content_hash: str, account: str, _data: LabelledData) -> dict[Any, tuple[Span, ...]]:
    return spans_by_example(_data) or {}


def draw(picture: Picture, beneath: plots.Beneath, *, key: str, title: str) -> None:
    """Draw it, with its name and a table for those who hear the page."""
    said = plots.describe_moments(picture, beneath)
    table = plots.table_of_moments(picture, beneath)
    charts.show(plots.plot_moments(picture, beneath), key=key, alt=f"{title}. {said}", table=table, least=_LEAST)
    if len(picture.names) > plots.MOST_LINES and picture.form == "lines":
        st.caption(f"The first {plots.MOST_LINES} of {len(picture.names):,} channels are drawn.")


def draw_table(picture: Picture, beneath: plots.Beneath, *, key: str) -> None:
    """The same in rows, to be seen."""
    rows = plots.table_of_moments(picture, beneath)
    if rows:
        with st.expander("The same as a table", key=f"{key}-table"):
            titles = _different(rows[0])
            st.dataframe({title: [row[at] for row in rows[1:]] for at, title in enumerate(titles)}, hide_index=True)


def draw_notes(label: str, notes: Sequence[str]) -> None:
    """What has to be said before an answer."""
    for note in notes:
        st.caption(f":material/info: {escape_markdown(label, 40)}: {escape_markdown(note, 300)}")


def _different(names: Sequence[str]) -> list[str]:
    """The names, numbered where one comes back."""
    found: list[str] = []
    for name in names:
        found.append(name if name not in found else f"{name} ({len(found)})")
    return found
