"""The contract of a kind of data: what one example is, and how it becomes what a model reads."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import LabelledData
from seqcore.errors import DataError
from seqcore.kinds.picture import Picture, picture_of_frames
from seqcore.kinds.sizes import Form, InputSizes
from seqcore.settings import Settings
from seqcore.spec import InputOptions

Array = np.ndarray
Pooling = Literal["mean", "largest"]


@dataclass(frozen=True)
class Step:
    """One position in time of an example, as a person meets it.

    Attributes:
        name: What it is called: a word, a moment.
        start: Where it begins in the example as given (for a text a Python index).
        end: Where it ends.
        known: Whether the model has met the like in training.
    """

    name: str
    start: int
    end: int
    known: bool = True


class Encoder(ABC):
    """Examples to arrays; fitted on the training rows of one run, saved with its model.

    Attributes:
        padding: Stands behind the last step of shorter examples of a batch; never a value of its own.
        empty: (1,) or (1, channels); what is read of an example without a step.
        pooling: What becomes of the answers to the windows of an example that has several.
    """

    padding: ClassVar[int | float]

    @property
    def pooling(self) -> Pooling:
        """What becomes of the answers to the windows of an example that has several."""
        return "mean"

    def windows(self, length: int) -> list[slice]:
        """The parts of an encoded example of so many steps that a model reads one at a time; by default the whole."""
        return [slice(0, length)]

    @property
    @abstractmethod
    def empty(self) -> Array:
        """(1,) or (1, channels); what is read of an example without a step."""

    @property
    @abstractmethod
    def sizes(self) -> InputSizes:
        """What the data decides about the model's input."""

    @abstractmethod
    def encode(self, examples: Sequence[Any]) -> list[Array]:
        """One array an example: (steps,) int32 or (steps, channels) float32; perhaps empty.

        It is cut to the longest, unless examples are read in windows.
        """

    def knows(self, examples: Sequence[Any]) -> list[bool]:
        """Whether anything of each example was met in training; without that, an answer about it says nothing."""
        return [any(step.known for step in self.steps(example)) for example in examples]

    @abstractmethod
    def lengths(self, examples: Sequence[Any]) -> npt.NDArray[np.int64]:
        """(examples,) steps of each before it is cut: what `encode` would give if nothing were too long."""

    def unknown_shares(self, examples: Sequence[Any]) -> npt.NDArray[np.float64]:
        """(examples,) share of the steps that the model reads of each that it has not met in training; 0 of none."""
        known = [[step.known for step in self.steps(example)] for example in examples]
        return np.array([1 - sum(each) / len(each) if each else 0.0 for each in known], np.float64)

    @abstractmethod
    def steps(self, example: Any) -> list[Step]:
        """The steps that the model reads of an example, in order."""

    @abstractmethod
    def summary(self) -> str:
        """What was learned from the training rows, in a sentence of ours."""

    @abstractmethod
    def about(self) -> dict[str, Any]:
        """What was learned from the training rows, ready for JSON."""

    @abstractmethod
    def to_bytes(self) -> bytes:
        """The content of the kind's encoder file: JSON or safetensors, never a pickle."""


class Kind(ABC):
    """A kind of data. Adding one is adding a folder: its options, its labelled data, its encoder and this.

    Attributes:
        name: Key in files, command lines and the database.
        label: What people call it.
        example: What one example is called; `examples` several.
        step: What a position in time is called; `steps` several.
        drawing: How steps are drawn: pieces of the example side by side, or moments along a line.
        form: Which of the two inputs its examples become.
        options: Its declared settings; their `kind` is the name.
        encoder_file: File of a run that keeps the encoder.
        smallest: Sizes of a tiny model; a fresh worker warms up with it.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    example: ClassVar[str]
    examples: ClassVar[str]
    step: ClassVar[str]
    steps: ClassVar[str]
    drawing: ClassVar[Literal["pieces", "moments"]]
    form: ClassVar[Form]
    options: ClassVar[type[InputOptions]]
    encoder_file: ClassVar[str]
    smallest: ClassVar[InputSizes]

    @abstractmethod
    def reads(self) -> Sequence[str]:
        """The formats of files it is read from, as people call them."""

    def recognises(self, names: Sequence[str]) -> bool:
        """Whether files of these names (one that was given, or all of an archive or folder) are of this kind.

        By default no: a kind that is read from tables is chosen in another way.
        """
        return False

    def read_files(self, files: Sequence[tuple[str, bytes]], name: str, limits: Settings) -> LabelledData:
        """Labelled data from files that `recognises` took, in a process that they may break.

        Args:
            files: Path (folders and name) and bytes of each, as given; archives are packed still.
            name: What the data will be called.
            limits: The largest file, most rows and so on.

        Raises:
            DataError: nothing can be learned from them.
        """
        raise DataError(f"{self.label} cannot be read from files", remedy=f"Choose from: {', '.join(self.reads())}")

    @abstractmethod
    def load(self, data: bytes, name: str) -> LabelledData:
        """What `LabelledData.to_parquet` wrote, under a name.

        Raises:
            DataError: the bytes are something else.
        """

    @abstractmethod
    def fit(self, examples: Sequence[Any], options: InputOptions) -> Encoder:
        """Learn an encoder from the training rows alone."""

    def fit_encode(self, examples: Sequence[Any], options: InputOptions) -> tuple[Encoder, list[Array]]:
        """`fit`, and what that encoder makes of the same rows; a kind may do both in less time."""
        encoder = self.fit(examples, options)
        return encoder, encoder.encode(examples)

    @abstractmethod
    def largest_sizes(self, examples: Sequence[Any], options: InputOptions) -> InputSizes:
        """What these examples can come to at most, told at once: without learning an encoder."""

    @abstractmethod
    def read_encoder(self, saved: bytes, options: InputOptions) -> Encoder:
        """The encoder whose `to_bytes` wrote this.

        Raises:
            DataError: the bytes are something else.
        """

    def to_text(self, example: Any) -> str:
        """An example as a question to a model carries it: by default its frames as JSON, null for no number."""
        frames = np.asarray(example, np.float64)
        return json.dumps([[value if np.isfinite(value) else None for value in frame] for frame in frames.tolist()])

    def from_text(self, text: str) -> Any:
        """The example that `to_text` wrote.

        Raises:
            DataError: the text says something else.
        """
        try:
            frames = np.array(json.loads(text), np.float32)
        except (ValueError, TypeError, RecursionError):
            frames = np.zeros(0, np.float32)
        if frames.ndim != 2:
            raise DataError(f"This is no {self.example}", received=repr(text[:60]), remedy="Write [[1.0, 2.0], ...]")
        return frames

    def told(self, examples: Sequence[Any], options: InputOptions) -> str:
        """What was found in the examples that decides how they are read, in sentences of ours; by default nothing."""
        return ""

    @abstractmethod
    def bundle_files(self) -> dict[str, str]:
        """Name and content of what a bundle has beside model, encoder and `run.json`: `predict.py` and its needs."""

    def retraining(self) -> str | None:
        """What trains models again from a report, in the percent format of notebooks; None where nothing does yet."""
        return None

    def view(self, encoder: Encoder, data: LabelledData, row: int) -> dict[str, Any]:
        """What a page shows of one example on its way to the model, as plain data: by default its steps and numbers."""
        (array,) = encoder.encode([data.examples[row]])
        steps = [step.name for step in encoder.steps(data.examples[row])]
        return {"summary": data.summary(row), "steps": steps, "values": array.tolist()}

    def picture(self, encoder: Encoder, data: LabelledData, row: int) -> Picture:
        """One example along time, for pages to draw, of a kind whose steps are moments: by default what is read."""
        (array,) = encoder.encode([data.examples[row]])
        return picture_of_frames(array, self.step.capitalize())
