"""How fast a model is when nothing else trains: the one layout of `alone.json`, written and read everywhere else."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from seqcore.analysis.evaluation import damaged

FILE = "alone.json"
VERSION: Literal[1] = 1


class Alone(BaseModel):
    """What was measured of one model, the fastest of several repeats.

    Attributes:
        version: Of this layout.
        step_seconds: Of a training step, the mean over batches as an epoch has them; of a model that is fitted at
            once, of the whole fit.
        epoch_seconds: Of an epoch: its steps, and the validation texts after them.
        ms_per_text: Milliseconds that an answer takes, many asked for together.
        steps: Training steps of a repeat.
        texts: Test texts of a repeat.
    """

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = VERSION
    step_seconds: float = Field(gt=0, allow_inf_nan=False)
    epoch_seconds: float = Field(gt=0, allow_inf_nan=False)
    ms_per_text: float = Field(gt=0, allow_inf_nan=False)
    steps: int = Field(gt=0)
    texts: int = Field(gt=0)

    def to_bytes(self) -> bytes:
        """The content of `alone.json`."""
        return self.model_dump_json().encode()


def read_alone(data: bytes) -> Alone:
    """What `alone.json` says.

    Raises:
        InspectionError: it is not what was written, or a newer version wrote it.
    """
    try:
        return Alone.model_validate_json(data)
    except ValidationError:
        raise damaged("measurement") from None
