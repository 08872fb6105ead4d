"""What a declared setting needs to become a control, told without Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from seqcore.spec import Options, declared

ControlKind = Literal["integer", "number", "switch", "choice"]


@dataclass(frozen=True)
class Control:
    """One setting, ready to be drawn.

    Attributes:
        name: Its name in the options model.
        title: Label of the control.
        help: One line that explains it.
        kind: Which control it is.
        default: Its value when nothing is said.
        least: Smallest value, or None.
        greatest: Largest value, or None.
        step: What one click adds, or None.
        choices: Values of a choice, each with what it is called.
        more: Whether it is folded under "More settings".
        zero: What 0 means where it is no amount; empty where it is one.
    """

    name: str
    title: str
    help: str
    kind: ControlKind
    default: Any
    least: float | None
    greatest: float | None
    step: float | None
    choices: dict[Any, str]
    more: bool
    zero: str = ""

    def fitted(self, value: Any) -> Any:
        """The value if this control can show it, its default otherwise."""
        if self.kind == "choice":
            return value if value in self.choices else self.default
        if self.kind == "switch":
            return bool(value)
        try:
            number = float(value)
        except (TypeError, ValueError):
            return self.default
        low = self.least if self.least is not None else number
        high = self.greatest if self.greatest is not None else number
        if not low <= number <= high:
            return self.default
        return int(number) if self.kind == "integer" else number


def controls(options: type[Options]) -> tuple[Control, ...]:
    """The controls of an options model, in the order of its declaration.

    Raises:
        TypeError: a setting of a type that no control exists for.
    """
    return tuple(control_of(name, field) for name, field in declared(options).items())


def control_of(name: str, field: FieldInfo) -> Control:
    """The control of one declared setting.

    Raises:
        TypeError: it is of a type that no control exists for.
    """
    extra: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    labels: dict[str, str] = extra.get("labels", {})
    values = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    return Control(
        name=name,
        title=field.title or name.replace("_", " ").capitalize(),
        help=field.description or "",
        kind=_control_kind(name, field),
        default=field.default,
        least=_bound(field, "ge"),
        greatest=_bound(field, "le"),
        step=extra.get("step"),
        choices={value: labels.get(str(value), str(value).replace("_", " ").capitalize()) for value in values},
        more=bool(extra.get("more", False)),
        zero=str(extra.get("zero", "")),
    )


def _control_kind(name: str, field: FieldInfo) -> ControlKind:
    annotation = field.annotation
    if get_origin(annotation) is Literal:
        return "choice"
    kinds: dict[Any, ControlKind] = {bool: "switch", int: "integer", float: "number"}
    if annotation not in kinds:
        raise TypeError(f"no control for setting {name!r} of type {annotation!r}")
    return kinds[annotation]


def _bound(field: FieldInfo, side: str) -> float | None:
    for rule in field.metadata:
        if hasattr(rule, side):
            return float(getattr(rule, side))
    return None
