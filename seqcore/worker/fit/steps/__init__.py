"""One step of training: from a batch to the model's next weights, by arrays where that can be, else by TensorFlow."""

from seqcore.worker.fit.steps.choice import train_step
from seqcore.worker.fit.steps.step import Step

__all__ = ["Step", "train_step"]
