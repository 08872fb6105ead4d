"""What is said of a run that cannot be asked, in the app and in the worker alike."""

from __future__ import annotations

from typing import NoReturn

from seqcore.errors import InspectionError


def no_model(state: str) -> InspectionError:
    """The error for a run that saved no model."""
    return InspectionError(
        "This run has no saved model", received=f"a run that is {state}", remedy="Wait for it, or train again"
    )


def no_tested_texts() -> NoReturn:
    """Say that a run kept no test texts.

    Raises:
        InspectionError: always.
    """
    raise InspectionError(
        "This run has no test texts", received="a run without answers to any", remedy="Train it again"
    )
