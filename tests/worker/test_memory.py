"""A worker refuses a run that its process has no memory for, and scores long texts a few at a time."""

import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.architectures.memory import AT_REST, SCORED_AT_ONCE
from seqcore.kinds.sizes import TokenSizes
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.layers import gpu
from seqcore.store import RunState
from seqcore.worker.evaluate import Scorer
from seqcore.worker.models.build import build_model
from seqcore.worker.prepare import Examples
from seqcore.worker.train import train_run


def test_a_run_that_does_not_fit_fails_before_its_first_step_and_says_what_would_fit(store, queue) -> None:
    run_id = queue("transformer", model={"units": 512, "layers": 6})
    train_run(run_id, store, "engine", memory_limit=AT_REST)
    run = store.runs.find(run_id)
    assert run.state == RunState.FAILED
    assert "Transformer does not fit in memory: batches of 32 texts of up to 8 tokens take about" in run.message
    assert not store.measurements.rows([run_id])


@pytest.mark.parametrize(("limit", "on_gpu"), [(2 * AT_REST, False), (1, True)], ids=["enough", "a GPU has its own"])
def test_what_fits_is_trained(store, queue, monkeypatch: pytest.MonkeyPatch, limit: int, on_gpu: bool) -> None:
    monkeypatch.setattr(gpu, "has_gpu", lambda: on_gpu)
    run_id = queue("bag_of_words")
    train_run(run_id, store, "engine", memory_limit=limit)
    assert store.runs.find(run_id).state == RunState.FINISHED


def test_long_texts_are_scored_a_few_at_a_time_with_the_same_answers() -> None:
    architecture = get_architecture("transformer")
    options = architecture.validate_options({"embedding_size": 4, "units": 4, "heads": 4})
    sizes = Sizes(TokenSizes(9, 700), 3)
    model, footprint = build_model(architecture, sizes, options), architecture.footprint(sizes, options)
    rng = np.random.default_rng(0)
    arrays = [rng.integers(1, 9, length).astype(np.int32) for length in (5, 700, 3, 650, 690, 700, 2)]
    encoder = TextEncoder.fit(["a b"], TextOptions())
    texts = Examples(arrays, np.zeros(len(arrays), np.int32), encoder)
    scorer, shapes = Scorer(model, footprint), []
    forward = scorer._forward
    scorer._forward = lambda batch: shapes.append(batch.shape) or forward(batch)
    together = scorer.logits(texts)
    assert len(shapes) > 2
    assert all(footprint.of_batch(*shape) <= SCORED_AT_ONCE for shape in shapes)
    alone = np.vstack([forward(array[None]).numpy() for array in arrays])
    np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-6)
