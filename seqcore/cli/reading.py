"""The options that say how a file is read, the same for every command that reads one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from seqcore.datasets.formats.read_as import ReadAs, delimiter_named, quote_named

_EncodingOption = Annotated[str | None, typer.Option("--encoding", help="Encoding of the file: utf-8, cp1252, ...")]
_DelimiterOption = Annotated[
    str | None,
    typer.Option(
        "--delimiter", help="Separator of the columns: tab, comma, semicolon, pipe, space, none, or a character."
    ),
]
_QuoteOption = Annotated[
    str | None,
    typer.Option(
        "--quote", help="Quotation mark around cells: double, single, none (they are part of the text), or a character."
    ),
]
_HeaderOption = Annotated[int | None, typer.Option("--header", min=0, help="Number of header rows; 0: none.")]
_SheetOption = Annotated[str | None, typer.Option("--sheet", help="Sheet of a spreadsheet, by its name.")]
_MemberOption = Annotated[str | None, typer.Option("--member", help="File in an archive, by its name.")]
_MultiLabelOption = Annotated[
    str | None,
    typer.Option(
        "--multi-label", help="Of several labels of one text: first (default), or a label to be learned as yes or no."
    ),
]


def _decisions(
    *,
    encoding: _EncodingOption = None,
    delimiter: _DelimiterOption = None,
    quote: _QuoteOption = None,
    header: _HeaderOption = None,
    sheet: _SheetOption = None,
    member: _MemberOption = None,
    multi_label: _MultiLabelOption = None,
) -> ReadAs:
    return ReadAs(
        encoding=encoding,
        delimiter=None if delimiter is None else delimiter_named(delimiter),
        quote=None if quote is None else quote_named(quote),
        header=header,
        sheet=sheet,
        member=member,
        labels=multi_label,
    )


def with_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for everything that `ReadAs` can say; it is called with `read_as`.

    What is not said is found out, and the options hold for every file that the command reads.
    """
    options = inspect.signature(_decisions, eval_str=True).parameters

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        decided = {name: given.pop(name) for name in options}
        command(**given, read_as=_decisions(**decided))

    own = inspect.signature(command, eval_str=True)
    others = [one.replace(kind=one.kind.KEYWORD_ONLY) for one in own.parameters.values() if one.name != "read_as"]
    merged = own.replace(parameters=[*others, *options.values()])
    with_options.__signature__ = merged  # type: ignore[attr-defined]
    with_options.__annotations__ = {one.name: one.annotation for one in merged.parameters.values()}
    return with_options
