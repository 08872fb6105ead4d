"""The options of a kind of data, as a union that every kind joins by declaring its own."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, SerializeAsAny

from seqcore.errors import OptionError
from seqcore.spec.options import Options

_KINDS: dict[str, type[InputOptions]] = {}


class InputOptions(Options):
    """How the examples of one kind become what a model reads.

    A subclass declares `kind: Literal["name"] = "name"` and is from then on a member of the union `AnyInput`.

    Attributes:
        kind: Name of the kind.
        length_setting: The setting that says how many steps of an example are kept; "" where none does.
    """

    length_setting: ClassVar[str] = ""
    kind: str

    def whole(self) -> Self:
        """The same options for a model that reads all of every example, however long it is or rare its steps."""
        return self

    def in_sentences(self) -> Self:
        """The same options for a model that reads sentence by sentence, where examples have sentences."""
        return self

    @property
    def vectors(self) -> str:
        """The content of what the steps' vectors are before training, where that was given; empty: nothing was."""
        return ""

    @property
    def begins_with_vectors(self) -> bool:
        """Whether the vectors of a model's steps are other than random before it is trained."""
        return False

    def incomplete(self) -> frozenset[str]:
        """Settings of which some values cannot be used as the others are: no search tries them."""
        return frozenset()

    def idle(self) -> frozenset[str]:
        """Settings that change nothing as the others are: no form offers them, and no search does."""
        return frozenset()

    def without_vectors(self) -> Self:
        """The same for a model whose steps have no vectors of their own before training."""
        return self

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Join the union.

        Raises:
            TypeError: no name is declared, or another class has it.
        """
        name = cls.model_fields["kind"].default
        if not isinstance(name, str):
            raise TypeError(f"{cls.__name__} declares no kind")
        if name in _KINDS and _KINDS[name].__qualname__ != cls.__qualname__:
            raise TypeError(f"kind {name!r} is declared twice")
        _KINDS[name] = cls


def input_options(kind: object) -> type[InputOptions]:
    """The options of the kind of that name.

    Raises:
        OptionError: there is none; the message lists those that exist.
    """
    if not isinstance(kind, str) or kind not in _KINDS:
        raise OptionError(
            "There is no kind of data of that name", received=repr(kind), remedy=f"Choose from: {', '.join(_KINDS)}"
        )
    return _KINDS[kind]


def default_input() -> InputOptions:
    """The first kind's options, none of them changed."""
    return next(iter(_KINDS.values()))(kind=next(iter(_KINDS)))


def _of_its_kind(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    try:
        options = input_options(value.get("kind"))
    except OptionError as error:
        raise ValueError(str(error)) from None
    return options.model_validate(value)


AnyInput = Annotated[SerializeAsAny[InputOptions], BeforeValidator(_of_its_kind)]
