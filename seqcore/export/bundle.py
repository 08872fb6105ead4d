"""A trained model as a folder that works without Sequence Lab."""

from __future__ import annotations

import io
import zipfile

from seqcore.errors import NotFoundError
from seqcore.kinds import get_kind
from seqcore.store import Run, Store


def bundle(store: Store, run: Run) -> bytes:
    """A zip of `model.keras`, the encoder's file, `run.json`, `requirements.txt` and a `predict.py` that needs no more.

    Raises:
        NotFoundError: the run has no saved model.
        OptionError: its settings cannot be read.
    """
    if not store.artifacts.has(run.id, "model.keras"):
        raise NotFoundError(
            "This run has no saved model", received=f"a run that is {run.state}", remedy="Choose a finished run"
        )
    run.check_settings()
    kind = get_kind(run.spec.input.kind)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("model.keras", kind.encoder_file, "run.json"):
            archive.writestr(name, store.artifacts.read(run.id, name))
        for name, text in kind.bundle_files().items():
            archive.writestr(name, text)
    return buffer.getvalue()
