"""The list of inspections: a decorator that adds one, look-ups that name what exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from seqcore.architectures import Architecture, architectures
from seqcore.errors import InspectionError
from seqcore.inspections.contracts import Answer, AnswerT, Request
from seqcore.kinds import get_kind, kinds

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

AppliesTo = Callable[[Architecture, str], str | None]
RequestT = TypeVar("RequestT", bound=Request[Any])
_SHOWN = 60  # characters of what came in an error


@dataclass(frozen=True)
class Inspection:
    """A question to a finished model.

    Attributes:
        name: Key in command lines and in what is sent to a worker.
        label: What people call it.
        how_to_read: In a sentence or two, what an answer says.
        how_not_to_read: ... and what it does not say.
        of_moments: Both, said of examples whose steps are moments; "" where that is no other than of words.
        request: What it is asked.
        answer: What it gives.
        applies_to: `(architecture, kind of data) -> None`, or why not, as it follows the model's name: "has no ...".
        compute: `(model, request) -> answer`; the model is the only way to TensorFlow.
    """

    name: str
    label: str
    how_to_read: str
    how_not_to_read: str
    of_moments: str
    request: type[Request[Any]]
    answer: type[Answer]
    applies_to: AppliesTo
    compute: Callable[[FinishedModel, Any], Answer]

    def reading(self, kind: str) -> str:
        """How answers about data of a kind are read, and how not."""
        if self.of_moments and get_kind(kind).drawing == "moments":
            return self.of_moments
        return f"{self.how_to_read} {self.how_not_to_read}"

    def refuse_others(self, architecture: Architecture, kind: str) -> None:
        """See that it applies.

        Raises:
            InspectionError: it does not; the message says why, and to which models it does.
        """
        reason = self.applies_to(architecture, kind)
        if reason is not None:
            able = [each.name for each in architectures() if self.applies_to(each, kind) is None]
            remedy = f"Choose a run of one of: {', '.join(able)}" if able else "Ask something else"
            raise InspectionError(f"{architecture.name} {reason}", remedy=remedy)

    def validated(self, values: Mapping[str, Any]) -> Request[Any]:
        """A request from loose values.

        Raises:
            InspectionError: a name that it does not have, one that is missing, or a value that cannot be.
        """
        try:
            return self.request.model_validate(dict(values))
        except ValidationError as error:
            raise self._refusal(error.errors()[0]) from None

    def _refusal(self, first: Any) -> InspectionError:
        fields = self.request.model_fields
        if not first["loc"]:  # of the request as a whole
            said = first["msg"].removeprefix("Value error, ")
            return InspectionError(f"{self.name}: {said}", received=repr(first["input"])[:_SHOWN])
        name, came = ".".join(map(str, first["loc"])), repr(first["input"])[:_SHOWN]
        if first["type"] == "extra_forbidden":
            return InspectionError(
                f"{self.name} has no option {name!r}", received=came, remedy=f"Choose from: {', '.join(fields)}"
            )
        if first["type"] == "missing":
            return InspectionError(
                f"{self.name} needs {name!r}", received="nothing", remedy=fields[name].description or ""
            )
        return InspectionError(f"{name!r} of {self.name}: {first['msg'][:1].lower()}{first['msg'][1:]}", received=came)


_REGISTRY: dict[str, Inspection] = {}


def register(
    name: str,
    *,
    label: str,
    how_to_read: str,
    how_not_to_read: str,
    request: type[RequestT],
    answer: type[AnswerT],
    applies_to: AppliesTo,
    of_moments: str = "",
) -> Callable[[Callable[[FinishedModel, RequestT], AnswerT]], Callable[[FinishedModel, RequestT], AnswerT]]:
    """Add an inspection; from here on it is in the command line, the tests and every page that draws its shape.

    Raises:
        ValueError: the name is taken.
    """

    def add(compute: Callable[[FinishedModel, RequestT], AnswerT]) -> Callable[[FinishedModel, RequestT], AnswerT]:
        if name in _REGISTRY:
            raise ValueError(f"inspection {name!r} is registered twice")
        reads = _of_its_form(applies_to)
        _REGISTRY[name] = Inspection(
            name, label, how_to_read, how_not_to_read, of_moments, request, answer, reads, compute
        )  # fmt: skip
        return compute

    return add


def _of_its_form(applies_to: AppliesTo) -> AppliesTo:
    """The same, and not to a kind of data that the architecture cannot read at all."""

    def first_of_all(architecture: Architecture, kind: str) -> str | None:
        known = {each.name: each for each in kinds()}
        if kind in known and known[kind].form not in architecture.reads:
            return f"cannot read {known[kind].examples}"
        return applies_to(architecture, kind)

    return first_of_all


def get_inspection(name: str) -> Inspection:
    """The inspection of that name.

    Raises:
        InspectionError: there is none; the message lists those that exist.
    """
    try:
        return _REGISTRY[name]
    except KeyError:
        raise InspectionError(
            "There is no inspection of that name", received=repr(name), remedy=f"Choose from: {', '.join(_REGISTRY)}"
        ) from None


def inspections() -> Iterator[Inspection]:
    """Every inspection, in the order of registration."""
    return iter(tuple(_REGISTRY.values()))
