"""Marks in the code of a folder that say which statements ran; tracing them made tests take 25 to 60 % longer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

RAN = "__ran__"  # of every marked module: a byte a mark, 1 when it was passed


@dataclass
class Marked:
    """A module's code with a mark before every statement, and one where an `if` without `else` does nothing.

    Attributes:
        tree: The code.
        lines: Of every mark, the line it stands for.
    """

    tree: ast.Module
    lines: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, source: bytes) -> Marked:
        marked = cls(ast.parse(source))
        marked.tree.body = list(marked._block(marked.tree.body))
        return marked

    def _block(self, statements: list[ast.stmt]) -> Iterator[ast.stmt]:
        for statement in statements:
            if _is_for_types(statement):
                yield statement
                continue
            if _does_something(statement):
                yield self._mark(statement)
            for inner in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
                for name in ("body", "orelse", "finalbody"):
                    if block := getattr(inner, name, None):
                        setattr(inner, name, list(self._block(block)))
            if isinstance(statement, ast.If) and not statement.orelse:
                statement.orelse = [self._mark(statement)]
            yield statement

    def _mark(self, statement: ast.stmt) -> ast.stmt:
        place = ast.Subscript(ast.Name(RAN, ast.Load()), ast.Constant(len(self.lines)), ast.Store())
        self.lines.append(statement.lineno)
        mark = ast.copy_location(ast.Assign([place], ast.Constant(1)), statement)
        mark.end_lineno, mark.end_col_offset = statement.lineno, statement.col_offset
        return ast.fix_missing_locations(mark)


def _is_for_types(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"


def _does_something(statement: ast.stmt) -> bool:
    """Not a docstring or `...`, and nothing that has to stand first."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.ImportFrom):
        return statement.module != "__future__"
    return not isinstance(statement, ast.Global | ast.Nonlocal)


class _MarkedLoader(SourceFileLoader):
    def __init__(self, loader: SourceFileLoader, marked: Marked) -> None:
        super().__init__(loader.name, loader.path)
        self.marked = marked

    def get_code(self, _name: str) -> CodeType:
        return self.source_to_code(self.marked.tree, self.path)  # never from a cached file, and never into one


class Marks:
    """What ran of the modules below a folder in this process, from `install` on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ran: dict[str, bytearray] = {}  # by path

    def install(self) -> None:
        """Have every module below the folder marked when it is imported; nothing else notices."""
        original, folder = SourceFileLoader.exec_module, str(self.folder)

        def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
            if loader.path.startswith(folder):
                marked = Marked.of(loader.get_data(loader.path))
                vars(module)[RAN] = self.ran.setdefault(loader.path, bytearray(len(marked.lines)))
                loader = _MarkedLoader(loader, marked)
            original(loader, module)

        patched: Any = SourceFileLoader
        patched.exec_module = exec_module

    def add(self, ran: dict[str, bytes]) -> None:
        """Take in what another process ran."""
        for path, passed in ran.items():
            known = self.ran.setdefault(path, bytearray(len(passed)))
            known[:] = bytes(one | other for one, other in zip(known, passed, strict=True))

    def lines(self) -> dict[Path, list[tuple[int, bool]]]:
        """Of every file below the folder, imported or not: the line of each mark, and whether it was passed."""
        found = {}
        for path in sorted(self.folder.rglob("*.py")):
            lines = Marked.of(path.read_bytes()).lines
            passed = self.ran.get(str(path), bytes(len(lines)))
            found[path] = [(line, bool(ran)) for line, ran in zip(lines, passed, strict=True)]
        return found
