"""How a setting is declared: once, with its default, its bounds and its help."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from seqcore.errors import OptionError


def option(
    default: Any,
    title: str,
    help: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    step: float | None = None,
    more: bool = False,
    labels: dict[str, str] | None = None,
    zero: str = "",
) -> Any:
    """Declare one setting; forms, command line, validation and docs all read it here.

    Args:
        default: Value when nothing is said.
        title: Label of its control.
        help: One line that explains it.
        ge: Least value.
        le: Greatest value.
        step: What one click of its control adds.
        more: Folded under "More settings".
        labels: For a choice, what each value is called on a page.
        zero: For a number, what 0 means where it is no amount, in words.
    """
    extra: dict[str, Any] = {"more": more}
    if step is not None:
        extra["step"] = step
    if labels is not None:
        extra["labels"] = labels
    if zero:
        extra["zero"] = zero
    return Field(default, title=title, description=help, ge=ge, le=le, json_schema_extra=extra)


def derived(default: Any, title: str, help: str, *, ge: float | None = None, le: float | None = None) -> Any:
    """Declare a setting that no form offers and `--set` does not take: it follows from something that was given.

    Args:
        default: Value when nothing was given.
        title: What it is called.
        help: One line that explains it.
        ge: Least value.
        le: Greatest value.
    """
    return Field(default, title=title, description=help, ge=ge, le=le, json_schema_extra={"derived": True})


class Options(BaseModel):
    """A frozen group of declared settings; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def refuse_unready(self) -> None:
        """Refuse what cannot be trained yet because something that it names was not given.

        Raises:
            OptionError: that is so.
        """


OptionsT = TypeVar("OptionsT", bound=Options)


def validated(model: type[OptionsT], values: dict[str, Any], *, owner: str) -> OptionsT:
    """Declared options from loose values, with errors that say which names and bounds exist.

    Raises:
        OptionError: an unknown name, a wrong type or a value out of bounds.
    """
    unknown = [name for name in values if name not in model.model_fields]
    if unknown:
        raise OptionError(f"{owner} has no option {unknown[0]!r}", remedy=f"Choose from: {', '.join(declared(model))}")
    try:
        return model(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise OptionError(
            f"Option {name!r} of {owner}: {first['msg'][:1].lower()}{first['msg'][1:]}", received=repr(first["input"])
        ) from None


def checked(options: type[Options], name: str, value: Any) -> Any:
    """One value of a declared setting, by its own type and bounds alone, whatever the others are.

    Raises:
        OptionError: the value is of another type or out of bounds.
    """
    field = options.model_fields[name]
    try:
        if isinstance(value, bool) and field.annotation is not bool:
            raise OptionError(f"{name!r} takes no yes or no", received=repr(value))
        bounded: Any = Annotated[field.annotation, name, *field.metadata]
        return TypeAdapter(bounded).validate_python(value)
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise OptionError(f"{name!r}: {said[:1].lower()}{said[1:]}", received=repr(value)) from None


def declared(options: type[Options]) -> dict[str, FieldInfo]:
    """The settings of a group by name.

    A field that can have one value only (`kind`) leaves nothing to choose, nor does one that follows from something.
    """

    def has_choice(field: FieldInfo) -> bool:
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("derived"):
            return False
        return get_origin(field.annotation) is not Literal or len(get_args(field.annotation)) > 1

    return {name: field for name, field in options.model_fields.items() if has_choice(field)}
