"""Questions to finished models, asked through the engine and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from seqcore.analysis.run_names import run_label
from seqcore.errors import SeqlabError
from seqcore.inspections.contracts import Answer, AnswerT, ClassProbabilities, Request
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.lab.ask import cannot_be_read, why_not
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import in_words
from seqcore.ui.session import shared, still_there
from seqcore.ui.session.header import show_problem
from seqcore.ui.session.kept import remember
from seqcore.ui.session.readable import problem_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seqcore.inspections import Inspection
    from seqcore.store import Run

TEXTS_AT_ONCE = 1_000  # of a file: short enough for progress to be seen


def wait_for_engine() -> None:
    """Say that the engine starts, or why it does not, and come back when it answers; stops the page until then."""
    shared.engine_room().start()
    if _answers()[0]:
        return

    @st.fragment(run_every=0.5)
    def watch() -> None:
        ready, trouble = _answers()
        if ready:
            st.rerun()
        if trouble is not None:
            show_problem(trouble)
        else:
            st.info("The engine is starting; the answer comes in a few seconds.", icon=":material/hourglass_top:")

    watch()
    st.stop()


def _answers() -> tuple[bool, SeqlabError | None]:
    """Whether the engine answers, or what keeps it from that."""
    try:
        return shared.engine_ready(), None
    except SeqlabError as error:
        return False, error


def who_can_answer(inspection: Inspection, runs: Sequence[Run]) -> tuple[list[Run], list[str]]:
    """The runs that can be asked, and in Markdown a sentence for every reason why others cannot."""
    able: list[Run] = []
    others: dict[str, list[str]] = {}
    for run in runs:
        problem = problem_of(run)
        reason = cannot_be_read(problem) if problem else why_not(inspection, run)
        if reason is None:
            able.append(run)
        else:
            others.setdefault(reason, []).append(escape_markdown(run_label(run), 60))
    sentences = []
    for reason, names in others.items():
        different = list(dict.fromkeys(names))
        each = "" if len(different) == 1 else ": each"
        sentences.append(f"{in_words(different)}{each} {escape_markdown(reason, 400)}.")
    return able, sentences


def draw_who_cannot(sentences: Sequence[str]) -> None:
    """Name the models that cannot be asked, with the reason of each."""
    if sentences:
        st.caption(" ".join(sentences))


def ask(inspection_name: str, run_id: str, request: Request[AnswerT], epoch: int | None = None) -> AnswerT:
    """What a model answers.

    Args:
        inspection_name: Which inspection.
        run_id: Whose model.
        request: What it is asked.
        epoch: Of its training, after which it is asked, 0 before the first step; None: the model that was kept.

    Raises:
        NotFoundError: the run is gone, whatever it answered before.
        SeqlabError: it cannot be answered.
    """
    still_there.check_run(run_id)
    return cast(AnswerT, _answer(inspection_name, run_id, request, epoch))


@remember()
def _answer(inspection_name: str, run_id: str, request: Request[Any], epoch: int | None) -> Answer:
    found: Answer = shared.get_engine().ask(inspection_name, run_id, request, epoch=epoch)
    return found


def ask_all(run_id: str, texts: Sequence[str], progress: Callable[[int], None]) -> ClassProbabilities:
    """What a model says of many texts, a thousand at a time.

    Args:
        run_id: Whose model.
        texts: Any number of them.
        progress: Called with the number of texts answered since the last call.

    Raises:
        SeqlabError: it cannot be answered.
    """
    still_there.check_run(run_id)
    engine, found = shared.get_engine(), list[ClassProbabilities]()
    for start in range(0, max(1, len(texts)), TEXTS_AT_ONCE):
        part = tuple(texts[start : start + TEXTS_AT_ONCE])
        found.append(engine.ask(PREDICT, run_id, PredictRequest(texts=part)))
        progress(len(part))
    return ClassProbabilities.joined(found)


def as_drawn(
    run: Run, classes: Sequence[str], probabilities: NDArray[Any], label: str, truth: str | None = None
) -> ModelAnswer:
    """One text's answer, as the components draw it.

    Args:
        run: Who answered.
        classes: Names of the classes.
        probabilities: (classes,).
        label: Name of the model.
        truth: The text's own label, when it is known.
    """
    return ModelAnswer(label, run.architecture, classes, probabilities.tolist(), truth)
