"""The files that a command is given, as labelled data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seqcore.cli.output import harmless
from seqcore.datasets import Columns, LabelledData, Table, guess_columns, label_table, read_path
from seqcore.datasets.combining import COMBINED, class_names, one_class_each, read_lines_or_table, texts_beside_labels
from seqcore.datasets.formats.parse import bytes_of, read_texts
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.datasets.formats.registry import get_format
from seqcore.datasets.formats.unpacking import extension_of
from seqcore.datasets.labelled_data import refuse_unusable
from seqcore.datasets.merging import merge_look_alikes
from seqcore.datasets.reading import Reading
from seqcore.datasets.samples import load_sample
from seqcore.datasets.series.apart import look_into, read_labelled
from seqcore.datasets.series.chosen import AS_FOUND as SERIES_AS_FOUND
from seqcore.datasets.series.chosen import SeriesColumns
from seqcore.datasets.series.given_files import in_order
from seqcore.datasets.series.guess import Likeness
from seqcore.datasets.table import count_of_rows
from seqcore.errors import DataError, OptionError
from seqcore.kinds import kinds
from seqcore.kinds.given_files import kind_of_files, read_apart, read_folder
from seqcore.settings import get_settings
from seqcore.workroom.child import do_alone


@dataclass(frozen=True)
class GivenSeries:
    """What a person said about series of numbers on the command line.

    Attributes:
        kind: What the files hold: "series" or "text"; None where it is to be found out.
        columns: How they hold series.
    """

    kind: str | None = None
    columns: SeriesColumns = SERIES_AS_FOUND


NOTHING_SAID = GivenSeries()


@dataclass(frozen=True)
class GivenData:
    """What a person said about the data on the command line.

    Attributes:
        files: The file; several when each holds one class.
        text: Names of the text columns, as they were given; commas may stand between them.
        label: The label column.
        split: The column that says train, validation or test; "none" for no such column.
        test: A second file to test on.
        labels: A file with the labels of the texts, line by line.
        test_labels: The same of the test file.
        label_from_file: Whether each file holds one class, which its name says.
        merge_labels: Whether labels that only look alike are one label.
        read_as: How the files are read.
        sample: Name of a built-in data set, instead of files.
        series: Whether the files hold series of numbers, and how.
    """

    files: Sequence[Path]
    text: Sequence[str] = ()
    label: str | None = None
    split: str | None = None
    test: Path | None = None
    labels: Path | None = None
    test_labels: Path | None = None
    label_from_file: bool = False
    merge_labels: bool = False
    read_as: ReadAs = AS_FOUND
    sample: str | None = None
    series: GivenSeries = NOTHING_SAID


def load_data(given: GivenData) -> LabelledData:
    """Labelled data from the files; of a table, columns that are not named are guessed.

    Raises:
        DataError: a file cannot be used.
        NotFoundError: there is no sample of that name.
        OptionError: options that do not go together.
    """
    if given.sample is not None:
        return _sample(given)
    other = _series(given) or _of_another_kind(given)
    if other is not None:
        return other
    _refuse_contradictions(given)
    table = _table(given)
    columns, test = _columns(given, table), _test_table(given)
    return label_table(table, columns, test=test, merge_look_alikes=given.merge_labels, limits=get_settings())


def text_columns(given: Sequence[str], names: Sequence[str]) -> str | tuple[str, ...] | None:
    """The text columns: a name that the file has is taken as it stands, else commas stand between names."""
    found = [part for name in given for part in ([name] if name in names else name.split(","))]
    chosen = tuple(name if name in names else name.strip() for name in found)
    return chosen[0] if len(chosen) == 1 else chosen or None


def tell_reading(reading: Reading | None) -> None:
    """Say on standard error how the files were read."""
    if reading is not None:
        sys.stderr.write("".join(f"{harmless(line)}\n" for line in reading.sentences()))


def tell_data(data: LabelledData) -> None:
    """Say on standard error how the files of labelled data were read."""
    tell_reading(data.reading)
    if data.reading is None:
        dropped = [f"{count_of_rows(each.count)} left out: {each.reason}" for each in data.dropped]
        sys.stderr.write("".join(f"{harmless(line)}\n" for line in [*dropped, *data.notes]))


def _sample(given: GivenData) -> LabelledData:
    if given != GivenData((), sample=given.sample):
        raise OptionError("--sample and a file were both given", remedy="Give one of them, without further options")
    return load_sample(given.sample or "")


def _series(given: GivenData) -> LabelledData | None:
    """The series of numbers that the files hold; None where they hold something else, or are said to."""
    about_texts = given.text or given.labels or given.test_labels or given.label_from_file
    files = [*given.files, *([given.test] if given.test is not None else [])]
    if about_texts or given.series.kind == "text" or not all(file.is_file() for file in files):
        return None
    order = [0, 1] if given.test is not None and len(files) == 2 else in_order([file.name for file in files])
    if order is None:
        return None
    limits = get_settings()
    read = [(files[at].name, bytes_of(files[at], limits)) for at in order]
    chosen = replace(given.series.columns, label=given.label, split=given.split, header=_header(given))
    chosen = replace(chosen, merge_labels=given.merge_labels)
    if given.series.kind != "series":
        found = look_into(read[0][1], read[0][0], limits=limits, do=do_alone, chosen=chosen)
        if found is None or (found.likeness is not Likeness.SERIES and not given.series.columns.is_said):
            return None
    return read_labelled(read, limits=limits, do=do_alone, chosen=chosen)


def _header(given: GivenData) -> bool | None:
    return None if given.read_as.header is None else given.read_as.header > 0


def _of_another_kind(given: GivenData) -> LabelledData | None:
    """What the files hold where that is no text; None where it is to be found in tables."""
    limits = get_settings()
    if len(given.files) == 1 and given.files[0].is_dir():
        found = read_folder(given.files[0], limits)
        if found is None:
            raise DataError(
                "The folder holds nothing that is read from folders",
                received=given.files[0].name,
                remedy="Give a folder with a folder of sound files for each label, or a file of texts",
            )
        return _merged(found, given)
    files = [(file.as_posix(), bytes_of(file, limits)) for file in given.files if _may_be_of_another_kind(file)]
    kind = kind_of_files(files, limits) if len(files) == len(given.files) and files else None
    return None if kind is None else _merged(read_apart(kind, files, limits, do_alone), given)


def _merged(data: LabelledData, given: GivenData) -> LabelledData:
    """The same, with one label for those that look alike where that is wanted."""
    if not given.merge_labels:
        return data
    merged = merge_look_alikes(data)
    refuse_unusable(merged.labels, max_classes=get_settings().max_classes)
    return merged


def _may_be_of_another_kind(file: Path) -> bool:
    """Whether a file need be opened to know: those of tables are opened by their own readers."""
    packed = extension_of(file.name) in get_format("archive").extensions
    return file.is_file() and (packed or any(kind.recognises([file.name]) for kind in kinds()))


def _table(given: GivenData) -> Table:
    limits, read_as, first = get_settings(), given.read_as, given.files[0]
    if given.label_from_file:
        tables = [read_texts(bytes_of(file, limits), file.name, limits=limits, read_as=read_as) for file in given.files]
        labels = class_names([str(file) for file in given.files])
        return one_class_each(tables, labels, text=_named_texts(given, tables[0]), limits=limits)
    if given.labels is not None:
        return _beside(first, given.labels, given)
    return read_path(first, limits=limits, read_as=read_as)


def _columns(given: GivenData, table: Table) -> Columns:
    if given.label_from_file or given.labels is not None:
        return COMBINED
    text = text_columns(given.text, [str(name) for name in table.frame.columns])
    columns = guess_columns(table, text=text, label=given.label)
    if given.split is None:
        return columns
    return replace(columns, split=None if given.split == "none" else given.split)


def _test_table(given: GivenData) -> Table | None:
    if given.test is None:
        return None
    if given.test_labels is not None:
        return _beside(given.test, given.test_labels, given)
    read_as = given.read_as
    if given.test.suffix.lower() != given.files[0].suffix.lower():
        read_as = replace(read_as, sheet=None, member=None)  # said of the other file
    return read_path(given.test, limits=get_settings(), read_as=read_as)


def _beside(texts: Path, labels: Path, given: GivenData) -> Table:
    limits = get_settings()
    of_texts, of_labels = (
        read_lines_or_table(bytes_of(file, limits), file.name, limits=limits, read_as=given.read_as)
        for file in (texts, labels)
    )
    text = _named_texts(given, of_texts)
    return texts_beside_labels(of_texts, of_labels, text=text, label=given.label, limits=limits)


def _named_texts(given: GivenData, table: Table) -> tuple[str, ...] | None:
    named = text_columns(given.text, [str(name) for name in table.frame.columns])
    return (named,) if isinstance(named, str) else named


def _refuse_contradictions(given: GivenData) -> None:
    if given.label_from_file and (given.label or given.labels):
        raise OptionError(
            "The label cannot come from the file's name and from elsewhere", remedy="Leave out --label and --labels"
        )
    if given.label_from_file and len(given.files) < 2:
        raise OptionError(
            "--label-from-file needs a file of each class",
            received="1 file",
            remedy="Write for example: train pos.txt neg.txt --label-from-file",
        )
    if len(given.files) > 1 and not given.label_from_file:
        raise OptionError(
            "Several files were given",
            received=", ".join(file.name for file in given.files[:5]),
            remedy="Add --label-from-file when each holds the texts of one class, or give a second file as --test",
        )
    if given.test_labels is not None and given.test is None:
        raise OptionError("--test-labels needs the texts as --test", remedy="Add --test FILE")
