"""What is said of a run that cannot be asked, in the app and in the worker alike."""

from __future__ import annotations

from typing import NoReturn

from seqcore.architectures import get_architecture
from seqcore.errors import InspectionError
from seqcore.store.moments import Moments


def no_model(state: str) -> InspectionError:
    """The error for a run that saved no model."""
    return InspectionError(
        "This run has no saved model", received=f"a run that is {state}", remedy="Wait for it, or train again"
    )


def no_moment(architecture: str, kept: Moments | None, epoch: int) -> InspectionError:
    """The error for a moment of training that was not kept.

    Args:
        architecture: Name of the run's architecture.
        kept: What the run kept; None: nothing.
        epoch: What was asked for.
    """
    if kept is not None and kept.epochs:
        there = ", ".join(map(str, kept.epochs))
        return InspectionError(
            "The weights after this epoch were not kept", received=str(epoch), remedy=f"Those after {there} were"
        )
    return InspectionError(
        f"{get_architecture(architecture).label} {why_no_moments(architecture, kept)}",
        received=f"epoch {epoch}",
        remedy="Ask the model that was kept, without an epoch, or train again",
    )


def why_no_moments(architecture: str, kept: Moments | None) -> str:
    """Why a run has no moments of its training, as it follows its name; empty where it has some.

    Args:
        architecture: Name of the run's architecture.
        kept: What the run kept; None: nothing.
    """
    if kept is not None and kept.epochs:
        return ""
    if get_architecture(architecture).fit == "closed_form":
        return "is fitted at once and has no epochs"
    if kept is not None and kept.why_none:
        return kept.why_none
    return "kept no weights while training"


def no_evidence() -> NoReturn:
    """Say that nobody knows which words matter.

    Raises:
        InspectionError: always.
    """
    raise InspectionError(
        "The data do not say which words or moments matter",
        received="a data set without “evidence”",
        remedy="Train on a planted task; of texts you can also give the places of these words, from 0, in a column of "
        "that name",
    )


def no_row(number: int, rows: int = 0) -> NoReturn:
    """Say that a data set has no such row.

    Args:
        number: What was asked for, from 1.
        rows: Rows that there are; 0: nobody knows.

    Raises:
        InspectionError: always.
    """
    there = f"Choose from 1 to {rows:,}" if rows else "Give the example itself"
    raise InspectionError("The data set has no such row", received=str(number), remedy=there)


def no_tested_texts() -> NoReturn:
    """Say that a run kept no test texts.

    Raises:
        InspectionError: always.
    """
    raise InspectionError(
        "This run has no test texts", received="a run without answers to any", remedy="Train it again"
    )
