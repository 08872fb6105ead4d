"""The options that say how a file is read, and what in it is meant: the same for every command that reads one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import typer

from seqcore.cli.loading import NOTHING_SAID, GivenData, GivenSeries
from seqcore.datasets.formats import format_labels
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs, delimiter_named, quote_named
from seqcore.datasets.samples import sample_names
from seqcore.datasets.series.chosen import LAYOUTS, Layout, SeriesColumns
from seqcore.errors import OptionError

_R = TypeVar("_R")

_Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of the file: utf-8, cp1252, ...")]
_Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter", help="Separator of the columns: tab, comma, semicolon, pipe, space, none, or a character."
    ),
]
_Quote = Annotated[
    str | None,
    typer.Option(
        "--quote", help="Quotation mark around cells: double, single, none (they are part of the text), or a character."
    ),
]
_Header = Annotated[int | None, typer.Option("--header", min=0, help="Number of header rows; 0: none.")]
_Sheet = Annotated[str | None, typer.Option("--sheet", help="Sheet of a spreadsheet, by its name.")]
_Member = Annotated[str | None, typer.Option("--member", help="File in an archive, by its name.")]
_MultiLabel = Annotated[
    str | None,
    typer.Option(
        "--multi-label", help="Of several labels of one text: first (default), or a label to be learned as yes or no."
    ),
]

_Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help=f"{format_labels()}; may be compressed. Several with --label-from-file."),
]
_FilesOrNone = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]",
        help=f"{format_labels()}; may be compressed. Several with --label-from-file; none with --like.",
    ),
]
_Text = Annotated[
    list[str] | None,
    typer.Option("--text", help="Text column (default: guessed); several, separated by commas, are joined."),
]
_Label = Annotated[str | None, typer.Option("--label", help="Label column (default: guessed).")]
_Split = Annotated[
    str | None,
    typer.Option("--split", help="Column that says train, validation or test (default: guessed); none: no column."),
]
_Test = Annotated[Path | None, typer.Option("--test", help="A second file to test on.")]
_Labels = Annotated[
    Path | None, typer.Option("--labels", help="A file with the labels of the texts, one per line, in the same order.")
]
_TestLabels = Annotated[
    Path | None, typer.Option("--test-labels", help="A file with the labels of --test, one per line.")
]
_LabelFromFile = Annotated[
    bool, typer.Option("--label-from-file", help="Each file holds the texts of one class and is named after it.")
]
_MergeLabels = Annotated[
    bool, typer.Option("--merge-labels", help="Treat labels that look alike, such as Yes and yes, as one.")
]

_Sample = Annotated[
    str | None, typer.Option("--sample", help=f"A built-in data set instead of a file: {', '.join(sample_names())}.")
]


_Kind = Annotated[
    str | None,
    typer.Option("--kind", help="What the file holds: text or series (of numbers); by default it is found out."),
]
_Layout = Annotated[
    str | None,
    typer.Option("--layout", help="Of series: wide (a row is a series) or long (a row is a moment of one)."),
]
_Values = Annotated[
    str | None, typer.Option("--values", help="Of series: the columns of the values, separated by commas.")
]
_SeriesColumn = Annotated[
    str | None, typer.Option("--series-column", help="Of a long table: the column that says of which series a row is.")
]
_TimeColumn = Annotated[
    str | None,
    typer.Option("--time-column", help="Of a long table: the column that says when; none: the order of the rows does."),
]


def _given_as(
    name: str, build: Callable[..., Any], *, replaced: Sequence[inspect.Parameter] = ()
) -> Callable[[Callable[..., _R]], Callable[..., _R]]:
    """A decorator: the command gets the options of `build`, and what that makes of them as its argument `name`.

    Args:
        name: Of the command's argument, which is no option itself.
        build: Its parameters are options.
        replaced: Instead of those of the same name.
    """
    other = {one.name: one for one in replaced}
    options = {each: other.get(each, one) for each, one in inspect.signature(build, eval_str=True).parameters.items()}

    def decorate(command: Callable[..., _R]) -> Callable[..., _R]:
        @functools.wraps(command)
        def with_options(**given: Any) -> _R:
            decided = {each: given.pop(each) for each in options}
            return command(**given, **{name: build(**decided)})

        own = inspect.signature(command, eval_str=True)
        kept = [one for one in own.parameters.values() if one.name != name]
        merged = own.replace(parameters=[one.replace(kind=one.kind.KEYWORD_ONLY) for one in [*kept, *options.values()]])
        with_options.__signature__ = merged  # type: ignore[attr-defined]
        with_options.__annotations__ = {one.name: one.annotation for one in merged.parameters.values()}
        return with_options

    return decorate


def _read_as(
    *, encoding: _Encoding = None, delimiter: _Delimiter = None, quote: _Quote = None, header: _Header = None,
    sheet: _Sheet = None, member: _Member = None, multi_label: _MultiLabel = None,
) -> ReadAs:  # fmt: skip
    return ReadAs(
        encoding=encoding,
        delimiter=None if delimiter is None else delimiter_named(delimiter),
        quote=None if quote is None else quote_named(quote),
        header=header,
        sheet=sheet,
        member=member,
        labels=multi_label,
    )


with_reading_options = _given_as("read_as", _read_as)
with_reading_options.__doc__ = "For a command that takes `read_as`; what is not said is found out."


def _series(
    *, kind: _Kind = None, layout: _Layout = None, values: _Values = None, series_column: _SeriesColumn = None,
    time_column: _TimeColumn = None,
) -> GivenSeries:  # fmt: skip
    _refuse_others("--kind", kind, ("text", "series"))
    _refuse_others("--layout", layout, tuple(LAYOUTS))
    columns = SeriesColumns(
        layout=cast(Layout | None, layout),
        values=tuple(name.strip() for name in (values or "").split(",") if name.strip()),
        series=series_column,
        time=time_column,
    )
    return GivenSeries(kind, columns)


def _refuse_others(option: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise OptionError(f"{option} is one of {', '.join(known)}", received=repr(value[:40]))


with_series_options = _given_as("series", _series)
with_series_options.__doc__ = "For a command that takes `series`; what is not said is found out."


@with_series_options
@with_reading_options
def _given(
    files: _Files, *, text: _Text = None, label: _Label = None, split: _Split = None, test: _Test = None,
    labels: _Labels = None, test_labels: _TestLabels = None, label_from_file: _LabelFromFile = False,
    merge_labels: _MergeLabels = False, sample: _Sample = None, read_as: ReadAs = AS_FOUND,
    series: GivenSeries = NOTHING_SAID,
) -> GivenData:  # fmt: skip
    return GivenData(
        files or (),
        text or (),
        label,
        split,
        test,
        labels,
        test_labels,
        label_from_file,
        merge_labels,
        read_as,
        sample,
        series,
    )


with_data = _given_as("given", _given)
with_data.__doc__ = "For a command that takes `given`, labelled data from files."

with_data_or_none = _given_as(
    "given",
    _given,
    replaced=[inspect.Parameter("files", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_FilesOrNone)],
)
with_data_or_none.__doc__ = "The same for a command that can do without files."
