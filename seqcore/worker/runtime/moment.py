"""A model as it was after an epoch of its training, finished or not."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache

from seqcore.analysis.evaluation import damaged
from seqcore.errors import NotFoundError
from seqcore.inspections.problems import no_moment
from seqcore.kinds import get_kind
from seqcore.store import Store
from seqcore.store.moments import moment_file, read_moments
from seqcore.worker.fit.kept import check_values
from seqcore.worker.fit.moments import unpacked
from seqcore.worker.runtime import backend
from seqcore.worker.runtime.finished_model import FinishedModel, build_again, read_encoder

MODELS_KEPT = 6  # besides the finished ones; each is one model, whichever of its epochs are asked for
_SPARE = 1024 * 1024  # bytes of a file beyond the numbers themselves


@dataclass
class _Movable:
    """A model whose weights are those of one epoch, then of another."""

    model: FinishedModel
    epoch: int = -1


def load_moment(store: Store, run_id: str, epoch: int) -> FinishedModel:
    """The model of a run as it was after an epoch, 0 before the first step.

    There is one for each of the last runs asked for, and what is loaded are weights: the one that was given for another
    epoch of the same run is this one from now on.

    Raises:
        InspectionError: that moment was not kept, or a file is damaged.
        NotFoundError: no such run.
        OptionError: the run's settings cannot be read.
    """
    run = store.runs.find(run_id)
    kept = read_moments(store.artifacts, run_id)
    if kept is None or epoch not in kept.epochs:
        raise no_moment(run.architecture, kept, epoch)
    movable = _movable(store, run_id, kept.classes, tuple(sorted(kept.sizes.items())))
    if movable.epoch != epoch:
        movable.epoch = -1
        try:
            data = store.artifacts.read(run_id, moment_file(epoch))
        except NotFoundError:  # thinned out since it was listed
            raise no_moment(run.architecture, read_moments(store.artifacts, run_id), epoch) from None
        _put(movable.model, data)
        movable.epoch = epoch
    return movable.model


@lru_cache(maxsize=MODELS_KEPT)
def _movable(store: Store, run_id: str, classes: tuple[str, ...], sizes: tuple[tuple[str, int], ...]) -> _Movable:
    backend.configure()
    backend.forget_gradients()
    run = store.runs.find(run_id)
    run.check_settings()
    kind = get_kind(run.spec.input.kind)
    encoder = read_encoder(kind, store.artifacts.read(run_id, kind.encoder_file), run)
    return _Movable(build_again(store, run, encoder, classes, dict(sizes)))


def _put(model: FinishedModel, data: bytes) -> None:
    """Give a model the weights of a file.

    Raises:
        InspectionError: the file is damaged, or of another model.
    """
    weights = model.model.weights
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _SPARE + sum(value.nbytes for value in model.model.get_weights()):
            raise ValueError("more than this model has")
        values = unpacked(data)
        check_values(values, weights)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        raise damaged("moment") from None
    model.model.set_weights(values)
    model.forget_numbers()
