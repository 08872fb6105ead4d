"""Ask a finished model; what can be refused without an engine is refused before one is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seqcore.architectures import get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import Inspection, get_inspection
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.problems import no_model, no_moment
from seqcore.store import Run, Store
from seqcore.store.moments import read_moments

if TYPE_CHECKING:
    from seqcore.engine import Engine


@dataclass(frozen=True)
class Question:
    """What is asked of whom; nothing of it can be refused any more but by the model itself."""

    inspection: Inspection
    run: Run
    request: Request[Any]
    epoch: int | None = None

    def ask(self, engine: Engine) -> Answer:
        """The answer.

        Raises:
            SeqlabError: it cannot be answered.
        """
        found: Answer = engine.ask(self.inspection.name, self.run.id, self.request, epoch=self.epoch)
        return found


def question(
    store: Store, workspace: str, name: str, run_id: str, values: Mapping[str, Any], epoch: int | None = None
) -> Question:
    """A question to a run of the workspace.

    Args:
        store: Where the run is.
        workspace: Whose it is.
        name: Of the inspection.
        run_id: Of the run.
        values: What the inspection's request holds.
        epoch: Of its training, after which it is asked, 0 before the first step; None: the model that was kept.

    Raises:
        InspectionError: no such inspection, not of this model, or not with these values or after this epoch.
        NotFoundError: no such run.
        OptionError: the run's settings cannot be read.
    """
    inspection, run = get_inspection(name), store.runs.get(workspace, run_id)
    run.check_settings()
    inspection.refuse_others(get_architecture(run.architecture), run.spec.input.kind)
    request = inspection.validated(values)
    if epoch is not None:
        kept = read_moments(store.artifacts, run.id)
        if kept is None or epoch not in kept.epochs:
            raise no_moment(run.architecture, kept, epoch)
    elif not store.artifacts.has(run.id, "model.keras"):
        raise no_model(run.state)
    return Question(inspection, run, request, epoch)


def why_not(inspection: Inspection, run: Run) -> str | None:
    """Why a run cannot be asked, as it follows its name; None when it can."""
    if run.problem:
        return cannot_be_read(run.problem)
    return inspection.applies_to(get_architecture(run.architecture), run.spec.input.kind)


def cannot_be_read(problem: str) -> str:
    """The reason of a run that cannot be read, as it follows its name."""
    return f"cannot be read: {problem.removesuffix('.')}"


def about_texts(inspection: Inspection, texts: Sequence[str]) -> dict[str, Any]:
    """The part of a request that texts are: several where it takes several, else the only one.

    Raises:
        InspectionError: it takes one text, or none, and there are more.
    """
    return _about(inspection, "text", texts) if texts or "texts" in inspection.request.model_fields else {}


def about_rows(inspection: Inspection, rows: Sequence[int]) -> dict[str, Any]:
    """The part of a request that rows of the run's data set are, from 1: several where it takes several.

    Raises:
        InspectionError: it takes one row, or none, and there are more.
    """
    return _about(inspection, "row", rows) if rows else {}


def _about(inspection: Inspection, what: str, given: Sequence[Any]) -> dict[str, Any]:
    """What was given, under the name of one or under that of several."""
    fields = inspection.request.model_fields
    if f"{what}s" in fields:
        return {f"{what}s": list(given)}
    most = 1 if what in fields else 0
    if len(given) > most:
        raise InspectionError(
            f"{inspection.name} takes {f'one {what}' if most else f'no {what}'}", received=f"{len(given)} {what}s"
        )
    return {what: given[0]}
