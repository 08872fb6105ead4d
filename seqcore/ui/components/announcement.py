"""A sentence for those who hear the page: said once when it changes, never while somebody else speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.ui.kit.component import Component
from seqcore.ui.kit.phrases import count

if TYPE_CHECKING:
    from seqcore.store import Run

# The element stays while its words change: only that is read out.
_COMPONENT = Component(
    "seqlab_announcement",
    html='<p class="seqlab-hidden seqlab-said" role="status" aria-live="polite"></p>',
    js="""export default function ({ parentElement, data }) {
  const said = parentElement.querySelector(".seqlab-said");
  if (said.textContent !== data.text) said.textContent = data.text;
}""",
    isolate_styles=False,
)
_STEPS = 4  # a training is told of at every quarter, not at every batch


def announce(text: str) -> None:
    """Have a sentence read out, once, as soon as there is a pause."""
    _COMPONENT(key="announcement", data={"text": text})


def progress_sentence(runs: Sequence[Run]) -> str:
    """How far a training is, in steps coarse enough to listen to."""
    from seqcore.store import DONE

    done = sum(run.state in DONE for run in runs)
    share = sum(min(1.0, run.epoch / run.epochs) if run.epochs else 0.0 for run in runs) / max(1, len(runs))
    percent = int(share * _STEPS) * 100 // _STEPS
    return f"Training: {done} of {count(len(runs), 'model')} done, {percent} percent of the epochs"


def end_sentence(runs: Sequence[Run]) -> str:
    """What has come of a training."""
    scored = sum(run.scores is not None for run in runs)
    return f"Training has ended: {scored} of {count(len(runs), 'model')} can be compared"
