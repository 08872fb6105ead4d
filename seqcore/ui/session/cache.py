"""What is read and worked out for pages, kept because others, or the next rerun, will ask for it again.

Everything is kept by ids or content hashes: what they name never changes, and may be gone. What is shown of data beside
their content (dropped rows, notes, numbers of rows, other columns) is named by their account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from seqcore.settings import Settings, get_settings
from seqcore.ui.session import still_there, work
from seqcore.ui.session.kept import remember
from seqcore.ui.session.shared import get_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from seqcore.analysis.evaluation import Evaluation
    from seqcore.datasets.checks import DataReport
    from seqcore.datasets.columns import Columns
    from seqcore.datasets.formats.read_as import ReadAs
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.datasets.labelled_sounds import Sound
    from seqcore.datasets.lengths import Lengths
    from seqcore.datasets.split import Split
    from seqcore.datasets.table import Table
    from seqcore.kinds import Encoder
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.kinds.text.vectors.coverage import Coverage
    from seqcore.lab.memory import Measured
    from seqcore.lab.study import Learned, Looked
    from seqcore.spec import InputOptions, Options, SplitOptions


@remember()
def sample(name: str) -> LabelledData:
    """A built-in data set."""
    from seqcore.datasets.samples import load_sample

    return load_sample(name)


@remember(spinner="Writing the examples …")
def planted(name: str, options: Options) -> LabelledData:
    """The data of a planted task.

    Raises:
        DataError: so many rows of such a length are larger than a file may be.
    """
    from seqcore.datasets.planted.apart import plant_apart

    return plant_apart(name, options, work.do)


class Readable(Protocol):
    """What has bytes to give when they are asked for."""

    def read(self) -> bytes:
        """All of them."""
        ...


@remember(spinner="Reading the file …", of_session=True)
def table(file_id: str, name: str, _data: Readable, _limits: Settings, read_as: ReadAs | None = None) -> Table:
    """An uploaded file as a table, read as a person decided or, where they did not, as is found out.

    Raises:
        DataError: it is empty, too large, damaged, or no table.
    """
    from seqcore.datasets.formats.read_as import AS_FOUND
    from seqcore.datasets.reading_apart import read_file

    return read_file(_data.read(), name, "table", limits=_limits, do=work.do, read_as=read_as or AS_FOUND)


@remember(of_session=True)
def labelled(
    decided: tuple[str, ...], columns: Columns, reasons: tuple[str, ...], merge: bool, _table: Table,
    _test: Table | None, _limits: Settings,
) -> LabelledData:  # fmt: skip
    """The labelled texts of a table.

    Args:
        decided: Names the uploaded files, and all that was chosen of them.
        columns: The chosen columns.
        reasons: Why these, which the notes say: columns of other reasons are equal.
        merge: Whether labels that look alike are one.
        _table: What was read of the files.
        _test: The same of the test file.
        _limits: Most classes and most characters of a text.

    Raises:
        DataError: nothing can be learned from them.
    """
    from seqcore.datasets.labels import label_table

    return label_table(_table, columns, test=_test, merge_look_alikes=merge, limits=_limits)


@remember(spinner="Reading the files …", of_session=True)
def of_another_kind(
    names: tuple[tuple[str, str], ...], _files: Sequence[bytes], _limits: Settings
) -> LabelledData | None:
    """What uploaded files hold where that is no text: sounds; None where it is to be found in tables.

    Args:
        names: Id and name of each.
        _files: Content of each.
        _limits: The largest file, most rows and so on.

    Raises:
        DataError: they cannot be used.
    """
    from seqcore.kinds.given_files import kind_of_files, read_apart

    files = [(name, data) for (_, name), data in zip(names, _files, strict=True)]
    kind = kind_of_files(files, _limits)
    return None if kind is None else read_apart(kind, files, _limits, work.do)


@remember(spinner="Reading the sounds …", of_session=True)
def sounds(ids: tuple[str, ...], names: tuple[str, ...], _files: Sequence[bytes]) -> list[tuple[str, Sound]]:
    """Name and sound of each uploaded file, of an archive each file in it, read by a child.

    Raises:
        DataError: one of them is no sound, or they are more than allowed.
    """
    from seqcore.datasets.sounds.apart import sounds_apart

    return sounds_apart(list(zip(names, _files, strict=True)), get_settings(), work.do)


@remember(spinner="Reading the file …", of_session=True)
def part(file_id: str, name: str, what: str, _data: BinaryIO, _limits: Settings) -> Table:
    """One of several uploaded files: a "table" of texts and labels, a table of "texts", or all of its "lines".

    Raises:
        DataError: it is empty, too large, damaged, or no such table.
    """
    from seqcore.datasets.reading_apart import read_file

    return read_file(_data.read(), name, what, limits=_limits, do=work.do)


def stored_data(workspace: str, dataset_id: str) -> LabelledData:
    """A stored data set, while it is there.

    Raises:
        NotFoundError: there is none of that id in this workspace.
    """
    still_there.check_dataset(dataset_id)
    return _stored_data(workspace, dataset_id)


@remember()
def _stored_data(workspace: str, dataset_id: str) -> LabelledData:
    store = get_store()
    return store.datasets.load(store.datasets.get(workspace, dataset_id))


def keep_stored(workspace: str, dataset_id: str, data: LabelledData) -> None:
    """Take data that were stored just now for what would be read of them: large ones are not held twice."""
    _stored_data.keep(data, workspace, dataset_id)


@remember()
def split(content_hash: str, options: SplitOptions, _data: LabelledData) -> Split:
    """Rows of training, validation and test."""
    from seqcore.datasets.split import split_rows
    from seqcore.lab.study import is_large

    return _looked(content_hash, options, _data.account, _data).split if is_large(_data) else split_rows(_data, options)


def report(content_hash: str, options: SplitOptions, data: LabelledData) -> DataReport:
    """What the checks found in a data set."""
    return _report(content_hash, options, data.account, data)


@remember()
def _report(content_hash: str, options: SplitOptions, account: str, _data: LabelledData) -> DataReport:
    """Of the same rows, another file may have left out others: `account` tells them apart."""
    from seqcore.datasets.checks import report_on
    from seqcore.lab.study import is_large

    if is_large(_data):
        return _looked(content_hash, options, account, _data).report
    return report_on(_data, split(content_hash, options, _data))


@remember()
def lengths(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Lengths:
    """How long the examples are in what a model reads under these settings."""
    from seqcore.kinds.whole_data import lengths_in_steps
    from seqcore.lab.study import is_large

    if is_large(_data):
        return _learned(content_hash, options, split_options, _data).lengths
    return lengths_in_steps(_data, encoder(content_hash, options, split_options, _data))


@remember()
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


@remember()
def encoder(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Encoder:
    """What is learned from the training split before any model is."""
    from seqcore.kinds.whole_data import fit_encoder
    from seqcore.lab.study import is_large

    if is_large(_data):
        return _learned(content_hash, options, split_options, _data).encoder
    return fit_encoder(_data, split(content_hash, split_options, _data).train, options)


@remember()
def told(content_hash: str, options: InputOptions, _data: LabelledData) -> str:
    """What was found in all examples that decides how they are read, in a sentence."""
    from seqcore.kinds import get_kind

    return get_kind(_data.kind).told(_data.examples, options)


@remember(spinner="Comparing the texts …")
def _looked(content_hash: str, options: SplitOptions, account: str, _data: LabelledData) -> Looked:
    """How large data are shared out, and the report on them: the work of a child, ended with the page that waits."""
    from seqcore.lab.study import look_job

    return work.do(look_job(_data, options))


@remember(spinner="Learning the words …")
def _learned(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Learned:
    """What is learned from large data: the work of a child, ended with the page that waits."""
    from seqcore.lab.study import learn_job

    return work.do(learn_job(_data, split(content_hash, split_options, _data), options))


@remember(spinner="Reading the word vectors …", of_session=True)
def word_vectors(file_id: str, content_hash: str, name: str, _file: bytes, _data: LabelledData) -> WordVectors:
    """What an uploaded file has of the words of the data: the work of a child.

    Raises:
        DataError: it is no file of word vectors, damaged, or has a vector of none of the words.
    """
    from seqcore.lab.vectors import read_job

    return work.do(read_job(_data, _file, name))


@remember(spinner="Comparing the words …")
def vector_coverage(
    content_hash: str, vectors_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData,
    _vectors: WordVectors,
) -> Coverage:  # fmt: skip
    """How much of the training texts word vectors cover."""
    from seqcore.lab.study import is_large
    from seqcore.lab.vectors import cover_job, covered

    rows = split(content_hash, split_options, _data)
    if is_large(_data):
        return work.do(cover_job(_data, rows, options, _vectors))
    return covered(_data, rows, options, _vectors)


@remember(spinner="Reading …")
def measured(content_hash: str, options: InputOptions, split_options: SplitOptions, _data: LabelledData) -> Measured:
    """What the data decide about a model, and what they ask a training to hold."""
    from seqcore.lab.memory import measured
    from seqcore.lab.study import is_large

    if is_large(_data):
        return _learned(content_hash, options, split_options, _data).measured
    known = encoder(content_hash, options, split_options, _data)
    return measured(_data, split(content_hash, split_options, _data), known)


def evaluation(run_id: str) -> Evaluation:
    """What the worker found on the test split: scores, confusion, curves; while the run is there.

    Raises:
        NotFoundError: the run is gone, or has no evaluation.
        InspectionError: it is damaged.
    """
    still_there.check_run(run_id)
    return _evaluation(run_id)


@remember()
def _evaluation(run_id: str) -> Evaluation:
    from seqcore.analysis.evaluation import read_evaluation

    return read_evaluation(get_store().artifacts.read(run_id, "evaluation.json"))
