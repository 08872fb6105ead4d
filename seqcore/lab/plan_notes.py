"""What could not be followed of a plan that came with a link, told in a few sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST_SENTENCES = 6
MOST_CHARACTERS = 40


@dataclass
class PlanNotes:
    """Sentences, with other people's words cut short; not escaped."""

    _found: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """One more."""
        self._found.append(sentence)

    def left(self, title: str, received: Any, kept: Any, why: str) -> None:
        """That a setting stayed as it was."""
        self.add(f"{title} cannot be “{self.quoted(received)}” ({why}): left at {kept}.")

    def quoted(self, words: Any) -> str:
        """The beginning of something that a link says."""
        said = str(words)
        return said if len(said) <= MOST_CHARACTERS else f"{said[:MOST_CHARACTERS]}…"

    def sentences(self) -> list[str]:
        """The first few, and how many more there are."""
        more = len(self._found) - MOST_SENTENCES
        return self._found[:MOST_SENTENCES] + ([f"{more} more parts of the link were left out."] if more > 0 else [])
