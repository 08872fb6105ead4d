"""What may watch a training: a class whose methods do nothing until an observer of its own says otherwise."""

from __future__ import annotations

from typing import NamedTuple

from seqcore.worker.fit.kept import Kept


class Batch(NamedTuple):
    """A training step that was taken.

    Attributes:
        loss: Of all its texts together, in nats.
        correct: Right answers among them, before the step.
        texts: How many there are.
        position: Where training is after it, in epochs; 1.5 is the middle of the second.
    """

    loss: float
    correct: float
    texts: int
    position: float


class Epoch(NamedTuple):
    """An epoch that is over.

    Attributes:
        number: Epochs completed, this one included.
        loss: Mean validation loss after it, in nats.
        accuracy: Share of right answers in the validation split.
    """

    number: int
    loss: float
    accuracy: float


class Observer:
    """Watches a training, and may end it.

    A subclass overrides what it is interested in. What happens once a batch is paid for 400 times a second: it should
    take microseconds. An observer whose numbers decide what follows gives them in `state`, so that a training that
    was interrupted goes on as if nothing had been.

    Attributes:
        finished: Nothing is left to learn, or no time: training ends before the next batch, as planned.
        cancelled: Somebody asked for the end: training ends before the next batch, and no checkpoint is written.
    """

    finished: bool = False
    cancelled: bool = False

    def training_begins(self) -> None:
        """Training starts with the first epoch."""

    def training_resumes(self, position: float) -> None:
        """Training goes on from there, in epochs, maybe in the midst of one; what was kept is restored already."""

    def batch_begins(self) -> None:
        """The next step is about to be taken."""

    def batch_ends(self, batch: Batch) -> None:
        """A step was taken."""

    def epoch_ends(self, epoch: Epoch) -> None:
        """All training texts were seen once more, and the validation texts judged."""

    def training_ends(self) -> None:
        """The last step was taken; training that diverged does not come here."""

    def state(self) -> Kept:
        """What a checkpoint is to keep of this observer, under names that no other observer uses."""
        return Kept()

    def check(self, kept: Kept) -> None:
        """See that `restore` will not fail; nothing is changed.

        Raises:
            KeyError, TypeError, ValueError: a number is missing, or does not fit.
        """

    def restore(self, kept: Kept) -> None:
        """Go on from what `state` gave; names of other observers are in it, too."""


class Observers:
    """Several observers that hear of everything one after the other, in the order in which they are given."""

    def __init__(self, *observers: Observer) -> None:
        self.all = observers

    @property
    def finished(self) -> bool:
        """One of them has nothing left to learn."""
        return any([observer.finished for observer in self.all])

    @property
    def cancelled(self) -> bool:
        """One of them was asked for the end."""
        return any([observer.cancelled for observer in self.all])

    def training_begins(self) -> None:
        """Training starts with the first epoch."""
        for observer in self.all:
            observer.training_begins()

    def training_resumes(self, position: float) -> None:
        """Training goes on from there, in epochs."""
        for observer in self.all:
            observer.training_resumes(position)

    def batch_begins(self) -> None:
        """The next step is about to be taken."""
        for observer in self.all:
            observer.batch_begins()

    def batch_ends(self, batch: Batch) -> None:
        """A step was taken."""
        for observer in self.all:
            observer.batch_ends(batch)

    def epoch_ends(self, epoch: Epoch) -> None:
        """An epoch is over."""
        for observer in self.all:
            observer.epoch_ends(epoch)

    def training_ends(self) -> None:
        """The last step was taken."""
        for observer in self.all:
            observer.training_ends()

    def state(self) -> Kept:
        """What a checkpoint is to keep of all of them.

        Raises:
            ValueError: two of them use the same name.
        """
        kept = Kept()
        for observer in self.all:
            kept |= observer.state()
        return kept

    def check(self, kept: Kept) -> None:
        """See that `restore` will not fail for any of them.

        Raises:
            KeyError, TypeError, ValueError: it would.
        """
        for observer in self.all:
            observer.check(kept)

    def restore(self, kept: Kept) -> None:
        """Let each go on from what was kept of it."""
        for observer in self.all:
            observer.restore(kept)
