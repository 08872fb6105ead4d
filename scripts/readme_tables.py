"""Write the README's tables and lists from the code: `python scripts/readme_tables.py`; a test compares them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from seqcore.architectures import Sizes, architectures
from seqcore.datasets.formats import format_labels
from seqcore.kinds import FrameSizes, TokenSizes
from seqcore.settings import Settings

SIZES = Sizes(TokenSizes(vocabulary=10_000, longest=200), classes=2)
FRAMES = Sizes(FrameSizes(channels=1, longest=150, examples=1_000), classes=2)
COMPUTED = {"home": "`~/.sequence-lab`", "workers": "cores, as far as memory goes", "max_sessions": "50 for each core"}


def architecture_table() -> str:
    """Name, label, idea, and parameters with default options."""
    lines = ["| name | | idea | parameters |", "|---|---|---|---:|"]
    for architecture in architectures():
        sizes = SIZES if "tokens" in architecture.reads else FRAMES
        parameters = sum(architecture.parameters(sizes, architecture.options()).values())
        lines.append(f"| `{architecture.name}` | {architecture.label} | {architecture.idea} | {parameters:,} |")
    return "\n".join(lines)


def settings_table() -> str:
    """Variable, default, meaning."""
    lines = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = COMPUTED.get(name) or (f"`{field.default}`" if field.default != "" else "")
        lines.append(f"| `SEQLAB_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


TABLES = {"architectures": architecture_table, "settings": settings_table}
LISTS = {"formats": format_labels}  # these stand inside a sentence


def with_tables(readme: str) -> str:
    """The README's text with its tables and lists as the code has them now."""
    for name, table in TABLES.items():
        readme = _replaced(readme, name, f"\n{table()}\n")
    for name, listed in LISTS.items():
        readme = _replaced(readme, name, listed())
    return readme


def _replaced(readme: str, name: str, between: str) -> str:
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = readme.split(start)
    return f"{before}{start}{between}{end}{rest.split(end)[1]}"


def main() -> None:
    readme = ROOT / "README.md"
    readme.write_text(with_tables(readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
