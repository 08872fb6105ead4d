"""The exceptions that a person may see, each saying what is wrong, what we got, what to do.

    SeqlabError
    ├── DataError          a file, a table or a pasted text cannot be used as it is
    ├── OptionError        a setting is unknown or out of its bounds
    ├── LimitError         more than this workspace may have
    ├── NotFoundError      no data set, experiment or run of that id
    ├── TrainingError      a run cannot go on (loss not a number, no memory, ...)
    ├── InspectionError    a question that this model cannot answer
    ├── StorageError       what is kept cannot be read or written: a full disk, a database that is away
    └── EngineError        the training engine does not answer

Pages and the command line catch `SeqlabError` and show its text; everything else is a bug
and stays loud in the log.
"""

from __future__ import annotations


class SeqlabError(Exception):
    """A problem a person can act on.

    Args:
        problem: What is wrong, as a sentence.
        received: What we were given, as a short phrase; shown as "Got ...".
        remedy: What to do next, as a sentence.
    """

    def __init__(self, problem: str, *, received: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.received = received
        self.remedy = remedy
        parts = [_sentence(problem)]
        if received:
            parts.append(_sentence(f"Got {received}"))
        if remedy:
            parts.append(_sentence(remedy))
        super().__init__(" ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the three parts when the error crosses from a worker to the app."""
        return _rebuild, (type(self), self.problem, self.received, self.remedy)


class DataError(SeqlabError):
    """A file, a table or a pasted text cannot be used as it is."""


class OptionError(SeqlabError):
    """A setting is unknown or out of its bounds."""


class LimitError(SeqlabError):
    """More than this workspace may have."""


class NotFoundError(SeqlabError):
    """No data set, experiment or run of that id."""


class TrainingError(SeqlabError):
    """A run cannot go on."""


class InspectionError(SeqlabError):
    """A question that this model cannot answer."""


class StorageError(SeqlabError):
    """What is kept cannot be read or written."""


class EngineError(SeqlabError):
    """The training engine does not answer."""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _rebuild(kind: type[SeqlabError], problem: str, received: str, remedy: str) -> SeqlabError:
    return kind(problem, received=received, remedy=remedy)
