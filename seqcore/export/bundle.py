"""A trained model as a folder that works without Sequence Lab."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

from seqcore.errors import NotFoundError
from seqcore.store import Run, Store

ARTIFACTS = ("model.keras", "tokenizer.json", "run.json")
REQUIREMENTS = "tensorflow>=2.18\nkeras>=3.12\ntokenizers>=0.21\n"  # before, Keras' safe mode had holes


def bundle(store: Store, run: Run) -> bytes:
    """A zip of `model.keras`, `tokenizer.json`, `run.json`, `requirements.txt` and a `predict.py` that needs no more.

    Raises:
        NotFoundError: the run has no saved model.
    """
    if not store.artifacts.has(run.id, "model.keras"):
        raise NotFoundError(
            "This run has no saved model", received=f"a run that is {run.state}", remedy="Choose a finished run"
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ARTIFACTS:
            archive.writestr(name, store.artifacts.read(run.id, name))
        archive.writestr("predict.py", files("seqcore.export").joinpath("predict.py.txt").read_text(encoding="utf-8"))
        archive.writestr("requirements.txt", REQUIREMENTS)
    return buffer.getvalue()
