"""What every worker imports before it is forked, and the first steps it takes before the first run."""

from __future__ import annotations

import gc

import keras  # noqa: F401
import numpy as np
import pandas  # noqa: F401
import pyarrow.parquet  # noqa: F401
import sklearn.linear_model  # noqa: F401
import tensorflow as tf  # noqa: F401

from seqcore.architectures import SEED_ARCHITECTURES, Sizes, get_architecture
from seqcore.kinds import kinds
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.steps import train_step
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime import answering, backend  # noqa: F401

gc.collect()
gc.freeze()  # what is loaded now stays; later collections, after every answer and every run, need not look at it


def warm(architectures: tuple[str, ...] = SEED_ARCHITECTURES) -> None:
    """Take one training step of tiny models, so that a person's first run finds everything loaded."""
    backend.configure()
    kind = next(kinds())
    for name in architectures:
        backend.fresh(0)
        architecture = get_architecture(name)
        options = architecture.validate_options({"embedding_size": 2, "units": 2})
        model = build_model(architecture, Sizes(kind.smallest, 2), options)
        step = train_step(model, make_optimizer(TrainingOptions()), np.ones(2, np.float32))
        inputs = np.ones((2, 3, *model.input.shape[2:]), model.input.dtype)
        step(inputs, np.array([0, 1], np.int32))
