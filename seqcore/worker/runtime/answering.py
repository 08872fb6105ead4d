"""Questions to finished models, each answered by the inspection of its name."""

from __future__ import annotations

from typing import Any

from seqcore.inspections import get_inspection
from seqcore.inspections.contracts import AnswerT, Request
from seqcore.store import Store
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.runtime.moment import load_moment


def answer(
    inspection_name: str, run_id: str, request: Request[AnswerT], store: Store, epoch: int | None = None
) -> AnswerT:
    """Answer one question.

    Args:
        inspection_name: Which inspection.
        run_id: A run with a stored model.
        request: What it is asked; looked at once more here, where it is used.
        store: Where the model is.
        epoch: Of its training, after which it is asked, 0 before the first step; None: the model that was kept.

    Raises:
        InspectionError: no such inspection, no model, or one that cannot answer it.
        NotFoundError: no such run.
    """
    inspection = get_inspection(inspection_name)
    model = load_finished(store, run_id) if epoch is None else load_moment(store, run_id, epoch)
    inspection.refuse_others(model.architecture, model.kind)
    asked = inspection.validated(request.model_dump())
    found: Any = inspection.compute(model, asked)
    if not isinstance(found, inspection.answer):
        raise TypeError(f"inspection {inspection.name!r} gave a {type(found).__name__}")
    return found  # type: ignore[return-value]
