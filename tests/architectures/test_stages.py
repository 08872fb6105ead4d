"""What an architecture says of its stages is what Keras builds."""

import keras
import numpy as np
import pytest

from seqcore.architectures import Architecture, Sizes, Stage, architectures, stages_of
from seqcore.kinds import FrameSizes, TokenSizes
from seqcore.worker.models.build import build_model

INPUTS = {"tokens": TokenSizes(20, 12), "frames": FrameSizes(3, 12)}
OTHERS = {
    "embedding_size": 16,
    "units": 5,
    "layers": 2,
    "heads": 2,
    "widest": 2,
    "blocks": 2,
    "ngrams": 3,
    "buckets": 100,
    "features": 300,
}
BATCH = 3
CASES = [
    pytest.param(architecture, form, changed, id=f"{architecture.name}-{form}-{'changed' if changed else 'defaults'}")
    for architecture in architectures()
    for form in architecture.reads
    for changed in (False, True)
]


def declared(architecture: Architecture, form: str, *, changed: bool) -> tuple[Stage, ...]:
    options = {name: value for name, value in OTHERS.items() if changed and name in architecture.options.model_fields}
    return stages_of(architecture, Sizes(INPUTS[form], 5), architecture.validate_options(options))


@pytest.mark.parametrize(("architecture", "form", "changed"), CASES)
def test_shapes_are_those_of_the_keras_model(architecture: Architecture, form: str, changed: bool) -> None:
    options = {name: value for name, value in OTHERS.items() if changed and name in architecture.options.model_fields}
    sizes = Sizes(INPUTS[form], 5)
    model = build_model(architecture, sizes, architecture.validate_options(options))
    stages = [stage for stage in declared(architecture, form, changed=changed) if stage.layer]
    outputs = [model.get_layer(stage.layer).output for stage in stages]
    found = keras.Model(model.input, [
        output[stage.output] if isinstance(output, (list, tuple)) else output
        for stage, output in zip(stages, outputs, strict=True)
    ])  # fmt: skip
    batch = np.ones((BATCH, 12), np.int32) if form == "tokens" else np.ones((BATCH, 12, 3), np.float32)
    shapes = [tuple(tensor.shape) for tensor in found(batch)]
    assert shapes == [(BATCH, *(axis.size for axis in stage.shape or ())) for stage in stages]


@pytest.mark.parametrize(("architecture", "form", "changed"), CASES)
def test_every_part_belongs_to_one_stage(architecture: Architecture, form: str, changed: bool) -> None:
    stages = declared(architecture, form, changed=changed)
    parts = [part for stage in stages for part in stage.parts]
    counted = architecture.parameters(Sizes(INPUTS[form], 5), architecture.validate_options({}))
    assert set(counted) <= set(parts)
    assert len(parts) == len(set(parts))
    assert all(stage.shape for stage in stages)


def test_parts_that_no_stage_names_have_one_of_their_own() -> None:
    from dataclasses import replace

    from seqcore.architectures.stages import no_stages

    rnn = replace(next(iter(architectures())), stages=no_stages)
    titles = [
        (stage.title, stage.parts) for stage in stages_of(rnn, Sizes(INPUTS["tokens"], 2), rnn.validate_options({}))
    ]
    assert titles == [
        ("Ids", ()), ("Embedding", ("embedding",)), ("RNN", ("recurrent",)), ("Head", ("head",)), ("Probabilities", ()),
    ]  # fmt: skip
