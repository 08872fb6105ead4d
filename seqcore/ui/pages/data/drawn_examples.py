"""Examples whose steps are moments, as pictures: the first of each class, and one on its way to the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.datasets.evidence import spans_by_example, spans_known
from seqcore.kinds import get_kind
from seqcore.kinds.picture import picture_of_frames
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import bold, shorten

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.kinds import Picture
    from seqcore.ui.session.current import DataInUse

_CLASSES = 6  # that are drawn
_COLUMNS = 3
_SMALL = 110  # pixels


def draw_one_of_each(ready: DataInUse) -> None:
    """The first example of each class, side by side; of texts nothing."""
    kind, labels = get_kind(ready.data.kind), ready.data.labels
    if kind.drawing != "moments":
        return
    classes = ready.data.classes
    st.header(f"A {kind.example} of each class" if len(classes) <= _CLASSES else "Of some classes", anchor=False)
    columns: Sequence[DeltaGenerator] = ()
    for number, label in enumerate(classes[:_CLASSES]):
        row = labels.index(label)
        if number % _COLUMNS == 0:  # a row of its own, so that they stand in their order where columns are stacked
            columns = st.columns(_COLUMNS, gap="medium")
        with columns[number % _COLUMNS]:
            st.markdown(f"{bold(shorten(label, 60))}, row {row + 1}")
            picture = kind.picture(ready.encoder, ready.data, row)
            said = f"The first {kind.example} of class {shorten(label, 60)}, row {row + 1}. "
            figure = plots.plot_moments(picture, plots.Beneath(marked=_marked(ready, picture, row)), height=_SMALL)
            charts.show(figure, key=f"of-class-{number}", alt=said + plots.describe_moments(picture))
    if len(classes) > _CLASSES:
        st.caption(f"The first {_CLASSES} of {len(classes):,} classes.")


def draw_on_its_way(ready: DataInUse, row: int) -> None:
    """One example as it was measured, and as a model reads it."""
    kind = get_kind(ready.data.kind)
    picture = kind.picture(ready.encoder, ready.data, row)
    st.caption(f"{shorten(ready.data.summary(row), 300)} · {shorten(ready.data.labels[row], 80)}")
    marked = _marked(ready, picture, row)
    st.markdown("**As it was measured**")
    figure = plots.plot_moments(picture, plots.Beneath(marked=marked))
    charts.show(figure, key="as-measured", alt=f"Row {row + 1} as it was measured. {plots.describe_moments(picture)}")
    if marked:
        st.caption(f"Shaded: the {kind.steps} that are known to decide the label.")
    (frames,) = ready.encoder.encode([ready.data.examples[row]])
    read = picture_of_frames(frames, kind.step.capitalize())
    if len(picture.names) == frames.shape[1]:
        read = replace(read, names=picture.names)
    st.markdown(f"**As a model reads it**: {len(frames):,} {kind.steps if len(frames) != 1 else kind.step}")
    charts.show(
        plots.plot_moments(read),
        key="as-read",
        alt=f"Row {row + 1} as a model reads it. {plots.describe_moments(read)}",
    )


def _marked(ready: DataInUse, picture: Picture, row: int) -> list[tuple[float, float]]:
    """Where the moments lie that are known to decide the label."""
    example = ready.data.examples[row]
    known = spans_by_example(ready.data)
    if known is None:
        return []
    steps = ready.encoder.steps(example)
    return plots.along_picture(picture, spans_known(example, known), [(step.start, step.end) for step in steps])
