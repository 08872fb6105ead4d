"""`xray`: whether the data are sound, and a new version of them."""

from __future__ import annotations

import sys

from seqcore.analysis.xray import XRay, findings_of, trust_in
from seqcore.cli.output import harmless, print_json, progress_console
from seqcore.datasets import LabelledText
from seqcore.lab.plan import Choices
from seqcore.lab.xray.examine import examine
from seqcore.lab.xray.told import as_json as xray_json

_ROWS_SHOWN = 10


def xray(data: LabelledText, chosen: Choices, *, as_json: bool) -> None:
    """Look for everything that makes a result on these data worth less, and print it.

    Raises:
        DataError: too few rows to be shared out.
    """
    with progress_console().status("Looking") as status:
        found = examine(data, chosen.split, lambda stage: status.update(stage))
    if as_json:
        read = {} if data.reading is None else {"read": data.reading.to_json()}
        print_json({**xray_json(found, data), **read})
    else:
        _print(found, data)


def _print(found: XRay, data: LabelledText) -> None:
    findings = findings_of(found)
    lines = [f"Can a result be trusted? {trust_in(findings).sentence}"]
    for finding in findings:
        shown = ", ".join(str(data.number(row)) for row in finding.rows[:_ROWS_SHOWN])
        more = ", …" if len(finding.rows) > _ROWS_SHOWN else ""
        lines.append(f"- {finding.title}: {finding.sentence}." + (f" Rows {shown}{more}" if shown else ""))
    sys.stdout.write("".join(f"{harmless(line)}\n" for line in lines))
