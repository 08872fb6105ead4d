"""What a sweep searches: the settings that were ticked, within bounds that their declarations suggest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from seqcore.architectures import get_architecture
from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.spec import Options, SplitOptions, declared
from seqcore.spec.options import checked

Value = bool | int | float | str

MANY_TIMES = 64  # a span this many times its least value is searched on a logarithmic scale
TIMES_WHOLE, TIMES_FLOAT = 4, 10  # how far around its default, on that scale
_IN_CLOSED_FORM = ("class_weights",)
MOST_STEPS = 10  # how far on the other one, in clicks of its control


@dataclass(frozen=True)
class Searched:
    """One setting that a sweep may change: one of `values` or, where there are none, a number in a range.

    Attributes:
        name: As `--set` takes it: `learning_rate`, `lstm.units`.
        title: What people call it.
        values: Those to choose from.
        low: Least number.
        high: Greatest number.
        whole: Whether the numbers are whole.
        log: Whether equal ratios count alike, not equal differences.
    """

    name: str
    title: str
    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    log: bool = False

    def holds(self, value: Value) -> bool:
        """Whether a value can be proposed."""
        if self.values:
            return any(type(each) is type(value) and each == value for each in self.values)
        return not isinstance(value, bool | str) and self.low <= value <= self.high

    @property
    def told(self) -> str:
        """What is searched, in words: "8 to 128, by ratio"."""
        if self.values:
            return ", ".join("on" if each is True else "off" if each is False else str(each) for each in self.values)
        return f"{self.low:g} to {self.high:g}{', by ratio' if self.log else ''}"


def search_space(architecture: str, ticked: Sequence[str], base: Choices) -> tuple[Searched, ...]:
    """The settings to search for one architecture; those that it does not have are left out.

    Args:
        architecture: Its name.
        ticked: Each `name`, `name=8:128` (a range) or `name=adam/sgd` (values); the name may begin with that of an
            architecture and a dot, and then holds for that one alone.
        base: The settings that a sweep begins with; a range that is not given reaches at least that far.

    Raises:
        OptionError: a setting that does not exist or cannot be searched, a range out of bounds, or nothing is left.
    """
    found: dict[str, Searched] = {}
    for each in ticked:
        name, _, wanted = (part.strip() for part in each.partition("="))
        owner, dot, bare = name.rpartition(".")
        if dot and get_architecture(owner).name != architecture:
            continue
        options = _owner_of(bare, architecture, base, own=bool(dot))
        if options is None:
            continue
        full = f"{architecture}.{bare}" if options is get_architecture(architecture).options else bare
        found[full] = _searched(full, bare, options, wanted, value_of(full, base))
    if not found:
        raise OptionError(
            f"Nothing is ticked that {get_architecture(architecture).label} has",
            received=", ".join(ticked),
            remedy=f"Choose from: {', '.join(searchable(architecture, base))}",
        )
    return tuple(found.values())


def searchable(architecture: str, base: Choices) -> list[str]:
    """Names of all settings that a sweep of an architecture may change, without that of the architecture."""
    return [name.rpartition(".")[2] for names in searchable_groups(architecture, base).values() for name in names]


def searchable_groups(architecture: str, base: Choices) -> dict[str, tuple[str, ...]]:
    """The same by their groups ("model", "training", "input"), as they are named in a space.

    Of how a model is trained that is solved in closed form, only the weights of classes change anything.
    """
    own = declared(get_architecture(architecture).options)
    solved = get_architecture(architecture).fit == "closed_form"
    declared_ones = _IN_CLOSED_FORM if solved else tuple(declared(type(base.training)))
    training = [name for name in declared_ones if name not in own]
    left_out = base.input.idle() | base.input.incomplete() | own.keys()
    given = [name for name in declared(type(base.input)) if name not in left_out]
    return {
        "model": tuple(f"{architecture}.{name}" for name in own),
        "training": tuple(training),
        "input": tuple(given),
    }


def declaration_of(name: str, base: Choices) -> FieldInfo:
    """The declaration of a setting, by its name in a space."""
    owner, dot, bare = name.rpartition(".")
    groups = [get_architecture(owner).options] if dot else [type(base.input), type(base.training)]
    return next(group.model_fields[bare] for group in groups if bare in declared(group))


def value_of(name: str, base: Choices) -> Value:
    """The value of a setting, by its name in a space."""
    owner, dot, bare = name.rpartition(".")
    groups = (base.model_options(owner),) if dot else (base.input, base.training)
    value: Value = next(getattr(group, bare) for group in groups if bare in declared(type(group)))
    return value


def _owner_of(bare: str, architecture: str, base: Choices, *, own: bool) -> type[Options] | None:
    """The group that declares a setting; None when only other architectures have it.

    Raises:
        OptionError: nobody declares it, or it says what is tested on.
    """
    groups = [get_architecture(architecture).options, *(() if own else (type(base.input), type(base.training)))]
    owner = next((group for group in groups if bare in declared(group)), None)
    if owner is None and bare in declared(SplitOptions):
        raise OptionError(
            "How the data are split cannot be searched: every trial must be judged on the same texts",
            received=repr(bare),
            remedy="Choose the split with --set",
        )
    if owner is None and (own or bare not in base.setting_names()):
        raise OptionError(
            "There is no setting of that name to search",
            received=repr(bare),
            remedy=f"Choose from: {', '.join(searchable(architecture, base))}",
        )
    return owner


def _searched(full: str, bare: str, options: type[Options], wanted: str, now: Value) -> Searched:
    field = options.model_fields[bare]
    title = str(field.title or bare)
    if ":" in wanted:
        return _given_range(full, title, bare, options, wanted)
    if wanted:
        values = tuple(checked(options, bare, _read(part, field)) for part in wanted.split("/"))
        return Searched(full, title, values=tuple(dict.fromkeys(values)))
    if field.annotation is bool:
        return Searched(full, title, values=(False, True))
    if get_origin(field.annotation) is Literal:
        return Searched(full, title, values=get_args(field.annotation))
    low, high, log = usual_range(field, float(now))
    return Searched(full, title, low=low, high=high, whole=field.annotation is int, log=log)


def usual_range(field: FieldInfo, now: float) -> tuple[float, float, bool]:
    """Where a number is searched when nobody says: from, to, and whether by ratio.

    A setting whose bounds lie far apart is searched by ratio around its default; where that is 0, which says "off" or
    "by itself", and where the bounds are close, by difference.
    """
    least, most, step = _bounds(field)
    whole, default = field.annotation is int, float(field.default)
    log = default > 0 and most >= MANY_TIMES * max(least, step if least == 0 else least)
    if log:
        times = TIMES_WHOLE if whole else TIMES_FLOAT
        low, high = max(least, default / times), min(most, default * times)
        if now > 0:
            low, high = min(low, now), max(high, now)
        return (max(1.0, math.floor(low)), math.ceil(high), True) if whole else (low, high, True)
    low, high = max(least, default - MOST_STEPS * step), min(most, default + MOST_STEPS * step)
    return min(low, now), max(high, now), False


def _given_range(full: str, title: str, bare: str, options: type[Options], wanted: str) -> Searched:
    field = options.model_fields[bare]
    if field.annotation not in (int, float):
        raise OptionError(f"{title} is no number, so it has no range", received=wanted, remedy=f"{bare}=one/other")
    low, high = (checked(options, bare, _read(part, field)) for part in wanted.split(":", 1))
    if not low < high:
        raise OptionError(f"The range of {bare} is empty", received=wanted, remedy="Give the lower end first")
    _, _, log = usual_range(field, float(low))
    return Searched(full, title, low=low, high=high, whole=field.annotation is int, log=log and low > 0)


def _bounds(field: FieldInfo) -> tuple[float, float, float]:
    """Least and greatest value of a declared number, and one click of its control."""
    found: dict[str, Any] = {}
    for rule in field.metadata:
        found |= {name: getattr(rule, name) for name in ("ge", "le") if getattr(rule, name, None) is not None}
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    step = extra.get("step", 1)
    return float(found["ge"]), float(found["le"]), float(step) if isinstance(step, int | float) else 1.0


def _read(part: str, field: FieldInfo) -> Any:
    """A value from text; what is no number or yes-or-no stays text, and is refused by the declaration."""
    text = part.strip()
    if field.annotation is bool:
        return {"on": True, "true": True, "off": False, "false": False}.get(text.lower(), text)
    reads: dict[object, Callable[[str], Value]] = {int: int, float: float}
    try:
        return reads.get(field.annotation, str)(text)
    except ValueError:
        return text
