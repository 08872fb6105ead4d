"""Which moments of its training a run has kept: their epochs, and how its model is built again for them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from seqcore.errors import NotFoundError, StorageError
from seqcore.store.artifacts import Artifacts

MOMENTS = "moments.json"


class Moments(BaseModel):
    """The list of a run's moments; their weights lie in files of their own.

    Attributes:
        epochs: After which epochs, rising; 0 is before the first step.
        why_none: Why there are none and will be none, as it follows the model's name; empty where there are some.
        classes: Labels as the user wrote them.
        sizes: What the model was built for.
    """

    model_config = ConfigDict(frozen=True)

    epochs: tuple[int, ...] = ()
    why_none: str = ""
    classes: tuple[str, ...] = ()
    sizes: dict[str, int] = {}


def moment_file(epoch: int) -> str:
    """Name of the file with the weights after an epoch."""
    return f"moment-{epoch}.npz"


def read_moments(artifacts: Artifacts, run_id: str) -> Moments | None:
    """The moments of a run; None when it kept none, as those of older versions, or nobody can read which."""
    try:
        return Moments.model_validate_json(artifacts.read(run_id, MOMENTS))
    except (NotFoundError, ValidationError, StorageError):
        return None


def write_moments(artifacts: Artifacts, run_id: str, moments: Moments) -> None:
    """Write which moments there are; their files are there already."""
    artifacts.write(run_id, MOMENTS, moments.model_dump_json().encode())


def remove_moments(artifacts: Artifacts, run_id: str) -> None:
    """Remove the moments of a run; none is no error."""
    found = read_moments(artifacts, run_id)
    artifacts.remove(run_id, MOMENTS)  # first, so that nobody is told of a file that is gone
    for epoch in found.epochs if found else ():
        artifacts.remove(run_id, moment_file(epoch))
