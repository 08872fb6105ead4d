"""The notebook and the script that train the models of a report again, from one text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from seqcore.architectures import get_architecture

_CELL = re.compile(
    r"^# %%(?P<markdown> \[markdown\])?(?: only: (?P<only>\w+)| (?P<models>the models))?\n", re.MULTILINE
)


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook.

    Attributes:
        text: Markdown, or code.
        markdown: Which of the two.
    """

    text: str
    markdown: bool


def cells_of(template: str, architectures: Sequence[str]) -> list[Cell]:
    """The cells of a text in the percent format that these architectures need.

    Args:
        template: From a kind of data. A cell that is marked `only: gradient` or `only: closed_form` is there where an
            architecture is fitted so; to one that is marked `the models` the ideas of the architectures are added.
        architectures: Names; each is told once.
    """
    told = list(dict.fromkeys(architectures))
    ways = {get_architecture(name).fit for name in told}
    return [
        Cell(text + (_ideas(told) if models else ""), markdown)
        for text, markdown, only, models in _split(template)
        if only is None or only in ways
    ]


def script_of(cells: Sequence[Cell]) -> str:
    """The cells as a Python file that editors show as cells too (`# %%`)."""
    parts = []
    for cell in cells:
        if cell.markdown:
            lines = (f"# {line}".rstrip() for line in cell.text.splitlines())
            parts.append("# %% [markdown]\n" + "\n".join(lines))
        else:
            parts.append(f"# %%\n{cell.text}")
    return "\n\n".join(parts) + "\n"


def notebook_of(cells: Sequence[Cell]) -> bytes:
    """The cells as a Jupyter notebook, without outputs (nbformat 4.5)."""
    found: list[dict[str, Any]] = []
    for number, cell in enumerate(cells, start=1):
        kind = "markdown" if cell.markdown else "code"
        own: dict[str, Any] = {} if cell.markdown else {"execution_count": None, "outputs": []}
        source = cell.text.splitlines(keepends=True)
        found.append({"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source} | own)
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
             "language_info": {"name": "python"}}  # fmt: skip
    notebook = {"cells": found, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def _split(template: str) -> Iterator[tuple[str, bool, str | None, bool]]:
    marks = list(_CELL.finditer(template))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        text = template[mark.end() : following.start() if following else len(template)].strip("\n")
        if mark["markdown"]:
            text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.splitlines())
        yield text, bool(mark["markdown"]), mark["only"], bool(mark["models"])


def _ideas(architectures: Sequence[str]) -> str:
    """Label, idea and equations of each, from the registry: all of it ours."""
    parts = []
    for name in architectures:
        known = get_architecture(name)
        equations = "\n\n".join(f"$${line}$$" for line in known.equations)
        parts.append(f"\n\n**{known.label}.** {known.idea}\n\n{equations}")
    return "".join(parts)
