"""What is said of a run that cannot be asked, in the app and in the worker alike."""

from __future__ import annotations

from seqcore.errors import InspectionError


def no_model(state: str) -> InspectionError:
    """The error for a run that saved no model."""
    return InspectionError(
        "This run has no saved model", received=f"a run that is {state}", remedy="Wait for it, or train again"
    )
