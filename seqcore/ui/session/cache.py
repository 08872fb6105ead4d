"""What the sessions of one server share: the store, the engine, and what is read from them.

Everything that Streamlit caches is keyed by ids or content hashes: what they name never changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import streamlit as st

from seqcore.errors import EngineError, SeqlabError
from seqcore.settings import Settings, get_settings
from seqcore.ui.session.engine_room import EngineRoom
from seqcore.ui.session.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from seqcore.analysis.evaluation import Evaluation
    from seqcore.datasets.checks import DataReport
    from seqcore.datasets.formats.read_as import ReadAs
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.datasets.labelled_text import LabelledText
    from seqcore.datasets.lengths import Lengths
    from seqcore.datasets.split import Split
    from seqcore.datasets.table import Table
    from seqcore.engine import Engine
    from seqcore.kinds import Encoder
    from seqcore.lab.measure.room import MeasuringRoom
    from seqcore.lab.memory import Measured
    from seqcore.lab.sweep.room import SweepRoom
    from seqcore.lab.xray.room import XRayRoom
    from seqcore.spec import InputOptions, SplitOptions
    from seqcore.store import Store

_FEW, _MANY = 8, 64
_FILES_OF_A_SESSION = 4  # uploaded files that one session goes back and forth between; nobody else ever asks for them
_PARTS_OF_A_SESSION = 64  # the same of files that are combined
_DATASETS_OF_A_CLASS = 40  # data sets that a class uses at a time, each student another ...
_SECONDS_OF_A_LESSON = 3600.0  # ... and seconds after which they are let go


@st.cache_resource(show_spinner=False)
def get_store() -> Store:
    """The store in force, its schema created when missing."""
    from seqcore.store import Limits, Store

    settings = get_settings()
    return Store(settings.database, settings.artifacts, limits=Limits.of(settings))


@st.cache_resource(show_spinner=False)
def engine_room() -> EngineRoom:
    """Where the engine is started and kept; asking for it starts nothing."""
    return EngineRoom(get_settings())


@st.cache_resource(show_spinner=False)
def xray_room() -> XRayRoom:
    """Where data are looked through, in processes of their own; asking for it starts nothing."""
    from seqcore.lab.xray.room import XRayRoom

    return XRayRoom()


@st.cache_resource(show_spinner=False)
def sweep_room() -> SweepRoom:
    """Where sweeps are driven, whether a page looks or not; asking for it starts nothing."""
    from seqcore.lab.sweep.drive import Workshop
    from seqcore.lab.sweep.room import SweepRoom

    return SweepRoom(lambda: Workshop(get_store(), get_engine, get_settings()))


@st.cache_resource(show_spinner=False)
def measuring_room() -> MeasuringRoom:
    """Where models are measured, one after the other; asking for it starts nothing."""
    from seqcore.lab.measure.room import MeasuringRoom

    return MeasuringRoom()


@st.cache_resource(show_spinner=False)
def pace() -> Pace:
    """How often the pages of this server look at running experiments."""
    return Pace()


def engine_ready() -> bool:
    """Whether the engine answers; never waits.

    Raises:
        EngineError: it could not be started.
    """
    return engine_room().ready()


def running_engine() -> Engine | None:
    """The engine; None when there is none: not started, still starting, or it could not be."""
    try:
        return engine_room().engine()
    except SeqlabError:
        return None


def get_engine() -> Engine:
    """The engine; never waits.

    Raises:
        EngineError: it is still starting, or could not be started.
    """
    room = engine_room()
    room.start()
    engine = room.engine()
    if engine is None:
        raise EngineError("The training engine is still starting", remedy="Try again in a few seconds")
    return engine


def submit_when_ready(run_ids: Sequence[str]) -> None:
    """Hand runs to the engine, now or as soon as it has started."""
    room = engine_room()
    room.start()
    room.submit(run_ids)


def queue_places() -> dict[str, int]:
    """The place in the queue, from 1, of every run that waits for a worker; empty while the engine starts.

    Raises:
        EngineError: it could not be started.
    """
    engine = engine_room().engine()
    return _places_in_queue(engine.engine_id) if engine is not None else {}


@st.cache_data(show_spinner=False, max_entries=_FEW, ttl=1.0)  # asked for by everybody who waits, twice a second
def _places_in_queue(engine_id: str) -> dict[str, int]:
    return {run_id: place for place, run_id in enumerate(get_store().queue.waiting(engine_id), start=1)}


@st.cache_data(show_spinner=False, max_entries=_FEW)
def sample(name: str) -> LabelledText:
    """A built-in data set."""
    from seqcore.datasets.samples import load_sample

    return load_sample(name)


@st.cache_resource(show_spinner="Reading the file …", max_entries=_FILES_OF_A_SESSION, scope="session")
def table(file_id: str, name: str, _data: BinaryIO, _limits: Settings, read_as: ReadAs | None = None) -> Table:
    """An uploaded file as a table, read as a person decided or, where they did not, as is found out.

    Raises:
        DataError: it is empty, too large, damaged, or no table.
    """
    from seqcore.datasets.formats.parse import read_table
    from seqcore.datasets.formats.read_as import AS_FOUND

    return read_table(_data.read(), name, limits=_limits, read_as=read_as or AS_FOUND)


@st.cache_resource(show_spinner="Reading the file …", max_entries=_PARTS_OF_A_SESSION, scope="session")
def part(file_id: str, name: str, what: str, _data: BinaryIO, _limits: Settings) -> Table:
    """One of several uploaded files: a "table" of texts and labels, a table of "texts", or all of its "lines".

    Raises:
        DataError: it is empty, too large, damaged, or no such table.
    """
    from seqcore.datasets.combining import read_lines_or_table
    from seqcore.datasets.formats.parse import read_table, read_texts

    read = {"table": read_table, "texts": read_texts, "lines": read_lines_or_table}[what]
    return read(_data.read(), name, limits=_limits)


@st.cache_resource(show_spinner=False, max_entries=_DATASETS_OF_A_CLASS, ttl=_SECONDS_OF_A_LESSON)
def stored_data(workspace: str, dataset_id: str) -> LabelledData:
    """A stored data set.

    Raises:
        NotFoundError: there is none of that id in this workspace.
    """
    store = get_store()
    return store.datasets.load(store.datasets.get(workspace, dataset_id))


@st.cache_data(show_spinner=False, max_entries=_MANY)
def split(content_hash: str, options: SplitOptions, _data: LabelledData) -> Split:
    """Rows of training, validation and test."""
    from seqcore.datasets.split import split_rows

    return split_rows(_data, options)


def report(content_hash: str, options: SplitOptions, data: LabelledData) -> DataReport:
    """What the checks found in a data set."""
    return _report(content_hash, options, repr((data.dropped, data.notes)), data)


@st.cache_data(show_spinner=False, max_entries=_MANY)
def _report(content_hash: str, options: SplitOptions, account: str, _data: LabelledData) -> DataReport:
    """Of the same rows, another file may have left out others: `account` tells them apart."""
    from seqcore.datasets.checks import report_on

    return report_on(_data, split(content_hash, options, _data))


@st.cache_data(show_spinner=False, max_entries=_MANY)
def lengths(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Lengths:
    """How long the examples are in what a model reads under these settings."""
    from seqcore.datasets.lengths import lengths_of, looked_at

    fitted, examples = encoder(content_hash, options, split_options, _data), _data.examples
    steps = fitted.lengths([examples[row] for row in looked_at(len(_data))])
    return lengths_of(steps, fitted.sizes.longest, len(_data))


@st.cache_resource(show_spinner=False, max_entries=_MANY)
def pictures(
    content_hash: str, options: InputOptions, split_options: SplitOptions, kind: str, _report: DataReport,
    _lengths: Lengths,
) -> tuple[go.Figure, go.Figure]:  # fmt: skip
    """Class counts and lengths; not to be changed, everybody who looks at these data gets the same ones."""
    from seqcore.kinds import get_kind
    from seqcore.plots import plot_class_counts, plot_lengths

    called = get_kind(kind)
    lengths = plot_lengths(_lengths, steps=called.steps, nouns=(called.example, called.examples))
    return plot_class_counts(_report.class_counts), lengths


@st.cache_resource(show_spinner=False, max_entries=_MANY)
def encoder(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Encoder:
    """What is learned from the training split before any model is."""
    from seqcore.kinds import get_kind

    rows, examples = split(content_hash, split_options, _data).train, _data.examples
    return get_kind(_data.kind).fit([examples[row] for row in rows], options)


@st.cache_data(show_spinner="Reading …", max_entries=_MANY)
def measured(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Measured:
    """What the data decide about a model, and what they ask a training to hold."""
    from seqcore.lab.memory import measured

    known = encoder(content_hash, options, split_options, _data)
    return measured(_data, split(content_hash, split_options, _data), known)


@st.cache_resource(show_spinner=False, max_entries=_MANY)
def evaluation(run_id: str) -> Evaluation:
    """What the worker found on the test split: scores, confusion, curves.

    Raises:
        NotFoundError: the run has no evaluation.
        InspectionError: it is damaged.
    """
    from seqcore.analysis.evaluation import read_evaluation

    return read_evaluation(get_store().artifacts.read(run_id, "evaluation.json"))
