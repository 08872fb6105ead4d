"""What every tab of Look inside speaks of: one text and the models beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections import get_inspection
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.look import choices
from seqcore.ui.pages.look.train_one import draw_train_one
from seqcore.ui.session import questions
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.inspections import Inspection
    from seqcore.inspections.contracts import AnswerT, Request
    from seqcore.store import Experiment, Run
    from seqcore.ui.pages.look.looked_at import LookedAt


@dataclass(frozen=True)
class Room:
    """A text and who reads it.

    Attributes:
        experiment: Whose models.
        scored: All of its runs that were evaluated.
        readable: Those of them that read texts and can be asked.
        shown: Those that are looked at.
        labels: Names of the readable runs by their ids.
        text: What they read; "" where it is no text.
        truth: Its label, when it has one.
        epochs: After which epoch of its training a model is asked, by id of its run; those not in it as they were kept.
        growing: Runs that still train and can be asked after the epochs that they have kept; their labels are known.
        looked_at: The example, where it is no text.
    """

    experiment: Experiment
    scored: Sequence[Run]
    readable: Sequence[Run]
    shown: Sequence[Run]
    labels: dict[str, str]
    text: str
    truth: str | None
    epochs: Mapping[str, int] = field(default_factory=dict)
    growing: Sequence[Run] = ()
    looked_at: LookedAt | None = None

    @property
    def example(self) -> LookedAt:
        """The example, of a page that shows no text."""
        if self.looked_at is None:
            raise TypeError("a text is looked at here")
        return self.looked_at

    def able(self, name: str) -> list[Run]:
        """Those shown that can be asked; of the others it is said why not, and who could be.

        Args:
            name: Of the inspection.
        """
        inspection = get_inspection(name)
        able, reasons = questions.who_can_answer(inspection, self.shown)
        questions.draw_who_cannot(reasons)
        if not able:
            self._offer_others(inspection)
        return able

    def ask(self, name: str, run: Run, request: Request[AnswerT]) -> AnswerT:
        """What one of the models answers, as it was after the epoch that is looked at.

        Args:
            name: Of the inspection.
            run: Whose model.
            request: What it is asked.

        Raises:
            SeqlabError: it cannot be answered.
        """
        return questions.ask(name, run.id, request, self.epochs.get(run.id))

    def _offer_others(self, inspection: Inspection) -> None:
        others, _ = questions.who_can_answer(inspection, self.readable)
        if others:
            with st.container(horizontal=True):
                for run in others:
                    name = f"Look at {escape_markdown(self.labels[run.id], 40)} too"
                    st.button(name, key=f"too-{run.id}", on_click=choices.show_too, args=(run,))
            return
        draw_train_one(inspection, self.experiment, self.scored)


def draw_how_to_read(*names: str, kind: str = "text") -> None:
    """How the answers of inspections are read, and how not.

    Args:
        names: Of the inspections; with more than one, each is said by its name.
        kind: Of the data that they are about, by its name.
    """
    for name in names:
        inspection = get_inspection(name)
        title = f"**{inspection.label}.** " if len(names) > 1 else ""
        st.caption(f"{title}{explained(inspection.reading(kind))}")
