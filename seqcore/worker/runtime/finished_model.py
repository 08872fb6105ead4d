"""A trained model with its encoder, as inspections ask it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import Any

import keras
import numpy as np

from seqcore.analysis.evaluation import damaged, read_evaluation
from seqcore.analysis.predictions import TEST_FILE, read_predictions, read_texts
from seqcore.architectures import Architecture, Sizes, get_architecture
from seqcore.architectures.memory import MOST_EXAMPLES, MOST_PAIRS, Footprint
from seqcore.datasets import LabelledData
from seqcore.datasets.evidence import Evidence, evidence_by_text, spans_by_example
from seqcore.errors import SeqlabError
from seqcore.inspections.contracts import ExampleRequest, ExamplesRequest
from seqcore.inspections.problems import no_evidence, no_model, no_row, no_tested_texts
from seqcore.kinds import Encoder, Kind, get_kind
from seqcore.kinds.sizes import InputSizes, TokenSizes
from seqcore.layers.pretrained import FIRST_OF_STEPS
from seqcore.store import Run, Store
from seqcore.worker.evaluate import Scorer, to_probabilities
from seqcore.worker.first_vectors import FIRST_VECTORS, from_bytes
from seqcore.worker.models.build import build_model
from seqcore.worker.models.load import load_weights
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime import backend
from seqcore.worker.runtime.given_head_weights import GivenHeadWeights
from seqcore.worker.runtime.given_weights import GivenWeights
from seqcore.worker.runtime.gradients import Gradients
from seqcore.worker.runtime.heads import Heads
from seqcore.worker.runtime.in_windows import refuse_several_windows
from seqcore.worker.runtime.looks import Looks
from seqcore.worker.runtime.slopes import Slopes
from seqcore.worker.runtime.states import States
from seqcore.worker.runtime.term_contributions import TermContributions
from seqcore.worker.runtime.vectors import Vectors, beginning

MODELS_KEPT = 12
NUMBERS_A_QUESTION = 3_000_000_000  # that forward passes for one question may hold, one batch after the other
_FEWEST_PASSES = 20

Tested = tuple[list[Any], np.ndarray]  # examples, and the codes of their classes


class FinishedModel:
    """A trained model, ready to answer.

    Attributes:
        architecture: What it is.
        kind: Name of the kind of data that it reads.
        model: Its layers, with the trained weights.
        encoder: Turns examples into the arrays it was trained on.
        classes: Labels as the user wrote them.

    Args:
        footprint: Says how many examples it answers at once.
        tested: Gives the test texts of its run and the codes of their classes.
        evidence: Gives what is known of the steps that decide a label, by the example: see `seqcore.datasets.evidence`.
        row: Gives an example of the run's data set by its place, from 1.
        untrained: Builds the model as it was before its training; None where nobody knows.
    """

    def __init__(
        self,
        architecture: Architecture,
        kind: str,
        model: keras.Model,
        encoder: Encoder,
        classes: Sequence[str],
        footprint: Footprint,
        tested: Callable[[], Tested] = no_tested_texts,
        untrained: Callable[[], keras.Model] | None = None,
        evidence: Callable[[], Mapping[Hashable, Evidence]] = no_evidence,
        row: Callable[[int], Any] = no_row,
    ) -> None:
        self.architecture, self.kind = architecture, kind
        self.model, self.encoder, self.classes = model, encoder, tuple(classes)
        self.tested, self.evidence, self._row = tested, evidence, row
        self._footprint, self._untrained = footprint, untrained
        self._scorer = Scorer(model, footprint)

    @property
    def answers_from_first(self) -> bool:
        """Whether it answers from the state of the first step alone."""
        return any(layer.name == FIRST_OF_STEPS for layer in self.model.layers)

    def example(self, request: ExampleRequest[Any]) -> Any:
        """The example that a request names.

        Raises:
            DataError: its text is none of what this kind of data writes.
            InspectionError: there is no such row.
        """
        return self._of_text(request.text) if request.row is None else self._row(request.row)

    def examples(self, request: ExamplesRequest[Any]) -> list[Any]:
        """The examples that a request names.

        Raises:
            DataError: a text is none of what this kind of data writes.
            InspectionError: there is no such row.
        """
        return [*map(self._of_text, request.texts), *map(self._row, request.rows)]

    def _of_text(self, text: str) -> Any:
        return get_kind(self.kind).from_text(text)

    def probabilities(self, examples: Sequence[Any]) -> np.ndarray:
        """`(examples, classes)`, each row summing to 1."""
        if not examples:
            return np.zeros((0, len(self.classes)))
        return self.of_encoded(self.encoder.encode(examples))

    def answers(self, encoded: Sequence[np.ndarray]) -> np.ndarray:
        """`(examples,)` codes of the likeliest classes of examples that are encoded already; at least one."""
        codes: np.ndarray = self.of_encoded(encoded).argmax(axis=1)
        return codes

    def logits(self, encoded: Sequence[np.ndarray]) -> np.ndarray:
        """`(examples, outputs)` of examples that are encoded already; one without a step is read as `encoder.empty`."""
        return self._scorer.logits(Examples(list(encoded), np.zeros(len(encoded), np.int32), self.encoder))

    def most_passes(self, steps: int) -> int:
        """How many examples of so many steps may be answered for one question, at least 20."""
        return max(_FEWEST_PASSES, int(NUMBERS_A_QUESTION / self._footprint.of_batch(1, max(steps, 1))))

    def of_encoded(self, encoded: Sequence[np.ndarray]) -> np.ndarray:
        """`(examples, classes)` of examples that are encoded already, each row summing to 1; at least one example."""
        return to_probabilities(self.logits(encoded))

    @cached_property
    def gradients(self) -> Gradients:
        """How its logits depend on the vectors of the steps.

        Raises:
            InspectionError: its steps have no vectors.
        """
        return Gradients(self.model, self._footprint, self.encoder)

    @cached_property
    def slopes(self) -> Slopes:
        """Gradient × input of many examples at once.

        Raises:
            InspectionError: its steps have no vectors.
        """
        return Slopes(self.model, self._footprint, self.encoder)

    @cached_property
    def looks(self) -> Looks:
        """Where it looks.

        Raises:
            InspectionError: the architecture has no attention.
        """
        return Looks(self.model, self.architecture, self._footprint, self.encoder)

    @cached_property
    def term_contributions(self) -> TermContributions:
        """What each step adds to the logits of a bag of words."""
        return TermContributions(self.model)

    @cached_property
    def given_weights(self) -> GivenWeights:
        """What it answers under other attention weights, of a model that sums its states by weights of steps."""
        return GivenWeights(self.model, self._footprint)

    @cached_property
    def given_head_weights(self) -> GivenHeadWeights:
        """What it answers under other weights of its heads, of a model that has some."""
        return GivenHeadWeights(self.model)

    @cached_property
    def states(self) -> States:
        """Its recurrent layers, opened; of an architecture that has some."""
        return States(self.model, self._footprint, self.encoder)

    @cached_property
    def heads(self) -> Heads:
        """Its attention heads, opened; of an architecture that has some."""
        return Heads(self.model)

    @cached_property
    def vectors(self) -> Vectors:
        """Its vectors of words and of texts, of a model that has a head on top of features."""
        return Vectors(self.model, self._footprint, self.encoder, self._untrained)

    def forget_numbers(self) -> None:
        """Forget what was computed with its weights, because it has others now; what is only traced stays as it is."""
        self.__dict__.pop("vectors", None)

    def along_states(self, array: np.ndarray) -> np.ndarray | None:
        """`(steps, classes)` that the states say after each step of one encoded example, the last row its answer.

        None where the answer is made of something else than states; see `States.logits_along`.
        """
        logits = self.states.logits_along(self.states.of(array))
        return None if logits is None else to_probabilities(logits)

    def read(self, example: Any) -> np.ndarray:
        """One example as the model reads it, without padding: `(steps,)` or `(steps, channels)`, at least one step.

        Raises:
            InspectionError: it is read in several windows.
        """
        array = self._encoded(example)
        refuse_several_windows(self.encoder, [array])
        return array

    def _encoded(self, example: Any) -> np.ndarray:
        (array,) = self.encoder.encode([example])
        return array if len(array) else self.encoder.empty

    def knows(self, examples: Sequence[Any]) -> tuple[bool, ...]:
        """Whether the model knows anything of each example."""
        return tuple(self.encoder.knows(examples))

    def look(self, example: Any) -> tuple[np.ndarray, list[np.ndarray]]:
        """Probabilities `(classes,)` of one example and its attention weights, one array a layer.

        An example without a step is read as the encoder's `empty`.

        Raises:
            InspectionError: the architecture has no attention.
        """
        return self.looks.of(self._encoded(example))


@lru_cache(maxsize=MODELS_KEPT)
def load_finished(store: Store, run_id: str) -> FinishedModel:
    """The model of a run; the last twelve are kept.

    Raises:
        InspectionError: it has none, or a file of it is damaged.
        NotFoundError: no such run.
        OptionError: the run's settings cannot be read.
    """
    backend.configure()
    backend.forget_gradients()
    run = store.runs.find(run_id)
    if not store.artifacts.has(run_id, "model.keras"):
        raise no_model(run.state)
    run.check_settings()
    kind = get_kind(run.spec.input.kind)
    evaluation = read_evaluation(store.artifacts.read(run_id, "evaluation.json"))
    encoder = read_encoder(kind, store.artifacts.read(run_id, kind.encoder_file), run)
    found = build_again(store, run, encoder, evaluation.classes, evaluation.sizes or {})
    load_weights(found.model, store.artifacts.read(run_id, "model.keras"))
    return found


def build_again(
    store: Store, run: Run, encoder: Encoder, classes: Sequence[str], sizes: Mapping[str, int]
) -> FinishedModel:
    """The model of a run with first weights, to be given others.

    Args:
        store: Where its test texts are.
        run: Whose settings.
        encoder: What it reads with.
        classes: Labels as the user wrote them.
        sizes: What was stored of the sizes that it was built for.

    Raises:
        InspectionError: the sizes are damaged.
        OptionError: the run's settings cannot be read.
    """
    architecture = get_architecture(run.architecture)
    read, options = _sizes(sizes, encoder), architecture.validate_options(run.spec.model)
    model, footprint = build_model(architecture, read, options), architecture.footprint(read, options)
    is_text = run.spec.input.kind == "text"
    tested = partial(_tested if is_text else _tested_examples, store, run.id, classes)
    untrained: Callable[[], keras.Model] | None = partial(beginning, architecture, read, options, run.spec.seed)
    if run.spec.input.begins_with_vectors and architecture.fit == "gradient":
        kept = store.artifacts.has(run.id, FIRST_VECTORS)
        given = partial(_first_vectors, store, run.id)
        untrained = partial(beginning, architecture, read, options, run.spec.seed, given) if kept else None
    evidence = partial(_evidence, store, run.id)
    return FinishedModel(
        architecture, run.spec.input.kind, model, encoder, classes, footprint, tested, untrained, evidence,
        partial(_row, store, run.id),
    )  # fmt: skip


def _first_vectors(store: Store, run_id: str) -> np.ndarray:
    try:
        return from_bytes(store.artifacts.read(run_id, FIRST_VECTORS))
    except (ValueError, EOFError):
        raise damaged("file of the first vectors") from None


def _tested(store: Store, run_id: str, classes: Sequence[str]) -> Tested:
    if not store.artifacts.has(run_id, TEST_FILE):
        return no_tested_texts()
    return read_texts(store.artifacts.read(run_id, TEST_FILE), classes)


def _tested_examples(store: Store, run_id: str, classes: Sequence[str]) -> Tested:
    """Of data whose examples are not written beside the answers: from the data set."""
    if not store.artifacts.has(run_id, TEST_FILE):
        return no_tested_texts()
    found, data = read_predictions(store.artifacts.read(run_id, TEST_FILE), classes), _data_of(store, run_id)
    if len(found.rows) and int(found.rows.max()) >= len(data):
        raise damaged("answers")
    return [data.examples[row] for row in found.rows.tolist()], found.labels


def _row(store: Store, run_id: str, number: int) -> Any:
    data = _data_of(store, run_id)
    return data.examples[number - 1] if number <= len(data) else no_row(number, len(data))


def _data_of(store: Store, run_id: str) -> LabelledData:
    """The data set of a run, while it is there."""
    return _stored_data(store, store.datasets.of_run(run_id).id)


@lru_cache(maxsize=2)
def _stored_data(store: Store, dataset_id: str) -> LabelledData:
    return store.datasets.load(store.datasets.find(dataset_id))


def _evidence(store: Store, run_id: str) -> Mapping[Hashable, Evidence]:
    data = _data_of(store, run_id)
    places, spans = evidence_by_text(data), spans_by_example(data)
    if places is not None:
        return {text: each for text, each in places.items()}
    return no_evidence() if spans is None else {key: each for key, each in spans.items()}


def read_encoder(kind: Kind, saved: bytes, run: Run) -> Encoder:
    """The encoder of a run from its file.

    Raises:
        InspectionError: the file is damaged.
    """
    try:
        architecture = get_architecture(run.architecture)
        options = architecture.validate_options(run.spec.model)
        return kind.read_encoder(saved, architecture.reading(run.spec.input, options))
    except (SeqlabError, ValueError, KeyError, TypeError):
        raise damaged("encoder") from None


def _sizes(stored: Mapping[str, int], encoder: Encoder) -> Sizes:
    """What the model is built for; a damaged number would ask for a model of any size."""
    try:
        sizes = Sizes.read(stored)
    except KeyError:  # other numbers than these
        raise damaged("evaluation") from None
    if not _fits(sizes.input, encoder.sizes):
        raise damaged("evaluation")
    return sizes


def _fits(sizes: InputSizes, of_encoder: InputSizes) -> bool:
    """Whether the sizes are the encoder's; how many pairs or examples a model has is its own affair, within bounds."""
    if isinstance(sizes, TokenSizes):
        return replace(sizes, pairs=0) == of_encoder and 0 <= sizes.pairs <= MOST_PAIRS
    return replace(sizes, examples=0) == of_encoder and 0 <= sizes.examples <= MOST_EXAMPLES
