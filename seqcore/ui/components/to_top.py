"""Back to the top of the page, where a press has put something new."""

from __future__ import annotations

from seqcore.ui.kit.component import Component

_COMPONENT = Component(
    "seqlab_to_top",
    html="<span hidden></span>",
    js="""export default function () {
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}""",
)


def scroll_to_top() -> None:
    """Show the top of the page once; to be drawn in one run of the page, not in the next, inside what is not seen."""
    _COMPONENT(key="scroll-to-top", data={})
