"""`xray`: whether the data are sound, and a new version of them."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seqcore.analysis.xray import Finding, XRay, findings_of, trust_in
from seqcore.cli.output import harmless, print_json, progress_console, write_file
from seqcore.datasets import LabelledData, LabelledText
from seqcore.datasets.cleaning import new_version
from seqcore.errors import DataError, OptionError
from seqcore.export.tables import csv_bytes
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.lab.xray.examine import examine
from seqcore.lab.xray.of_examples import findings_in
from seqcore.lab.xray.told import as_json as xray_json
from seqcore.lab.xray.told import findings_as_json
from seqcore.lab.xray.version import Wanted, changes_wanted, check_names

if TYPE_CHECKING:
    import pandas as pd

_ROWS_SHOWN = 10


def wanted_of(drop: str | None, output: Path | None, *, relabel: bool, mend: bool, test_too: bool) -> Wanted:
    """What a person wants changed; names stand between commas.

    Raises:
        OptionError: there is nothing of such a name to leave out; or something is to be changed and it is not said
            where that goes, or the other way round.
    """
    names = tuple(name.strip() for name in (drop or "").split(",") if name.strip())
    check_names(names)
    wanted = Wanted(drop=names, relabel=relabel, mend=mend, test_too=test_too)
    if wanted.anything != (output is not None):
        raise OptionError(
            "A new version needs both what is to be changed and where it goes",
            remedy="Write for example: xray FILE --drop duplicates --output cleaned.csv",
        )
    return wanted


def xray(data: LabelledData, chosen: Choices, wanted: Wanted, output: Path | None, *, as_json: bool) -> None:
    """Look for everything that makes a result on these data worth less, print it, and write a new version.

    Args:
        data: Texts, or examples of another kind.
        chosen: How their rows are shared out.
        wanted: What is to be changed.
        output: Where the new version goes, as Parquet or CSV; None: nothing is written.
        as_json: Whether JSON is printed.

    Raises:
        DataError: too few rows to be shared out, nothing is left of them, or a new version of other data is wanted.
        SeqlabError: the file cannot be written.
    """
    if not isinstance(data, LabelledText):
        _xray_examples(data, chosen, output, as_json=as_json)
        return
    with progress_console().status("Looking") as status:
        found = examine(data, chosen.split, status.update)
    said = () if output is None else _write(data, found, wanted, output)
    if as_json:
        told = xray_json(found, data) | ({} if output is None else {"changes": list(said)})
        print_json(told if data.reading is None else told | {"read": data.reading.to_json()})
    else:
        _print([*_lines(findings_of(found), data), *said])


def _xray_examples(data: LabelledData, chosen: Choices, output: Path | None, *, as_json: bool) -> None:
    if output is not None:
        examples = get_kind(data.kind).examples
        remedy = "Leave out what was found by hand, in the file that they come from"
        raise DataError("A new version is written of texts only", received=examples, remedy=remedy)
    findings = findings_in(data, chosen.split, chosen.input)
    if as_json:
        print_json(findings_as_json(findings, data))
    else:
        _print(_lines(findings, data))


def _write(data: LabelledText, found: XRay, wanted: Wanted, output: Path) -> tuple[str, ...]:
    """Write the new version; what was done, in sentences."""
    changes = changes_wanted(data, found, wanted)
    cleaned = new_version(data, changes) if changes else data
    table = _table(cleaned)
    if output.suffix.lower() == ".parquet":
        sink = io.BytesIO()
        table.to_parquet(sink, index=False)
        write_file(output, sink.getvalue())
    else:
        write_file(output, csv_bytes(table))
    return (*changes.said, f"Wrote {output.name}: {len(cleaned):,} rows")


def _table(data: LabelledText) -> pd.DataFrame:
    """The columns "text", "label" and, where there is one, "split"; and the other ones that the file has."""
    import pandas as pd

    columns: dict[str, Sequence[str]] = {"text": data.texts, "label": data.labels}
    columns |= {} if data.given_split is None else {"split": data.given_split}
    return pd.DataFrame(columns | {name: cells for name, cells in data.other_columns.items() if name not in columns})


def _lines(findings: Sequence[Finding], data: LabelledData) -> list[str]:
    lines = [f"Can a result be trusted? {trust_in(findings).sentence}"]
    for finding in findings:
        shown = ", ".join(str(data.number(row)) for row in finding.rows[:_ROWS_SHOWN])
        more = ", …" if len(finding.rows) > _ROWS_SHOWN else ""
        lines.append(f"- {finding.title}: {finding.sentence}." + (f" Rows {shown}{more}" if shown else ""))
    return lines


def _print(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{harmless(line)}\n" for line in lines))
