"""Encoders in Keras give the numbers of the reference, whatever family their files are of."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.architectures.pretrained import of_encoder
from seqcore.kinds import TokenSizes
from seqcore.kinds.text.pretrained import read_folder
from seqcore.kinds.text.pretrained.piece_ids import with_our_ids
from seqcore.worker.models.build import attention_outputs, build_model
from seqcore.worker.models.pretrained_weights import begin_with_encoder
from tests.pretrained_files import MOST, TINY, put_folder, tokenizer_json

FAMILIES = ("bert", "distilbert", "roberta")


def built(folder, family, **options):
    encoder = read_folder(put_folder(folder, family), family, MOST)
    architecture = get_architecture("pretrained")
    complete = architecture.validate_options(of_encoder(encoder.content_hash, encoder.config) | options)
    model = build_model(architecture, Sizes(TokenSizes(encoder.config.vocabulary, 16), 2), complete)
    begin_with_encoder(model, encoder)
    return model, architecture


@pytest.mark.parametrize("family", FAMILIES)
def test_states_and_weights_of_heads_are_those_of_the_reference(tmp_path, family):
    model, architecture = built(tmp_path, family)
    with np.load(TINY / family / "expected.npz", allow_pickle=False) as expected:
        ids, mask, states = (expected[name] for name in ("ids", "mask", "states"))
        looks = [expected["attention0"], expected["attention1"]]
    ours = {old: new for new, old in enumerate(with_our_ids(tokenizer_json(family))[1])}
    tokens = np.where(mask, np.vectorize(ours.__getitem__)(ids), 0)
    last = model.get_layer("normalise_feed_forward_1").output
    found = keras.Model(model.input, [last, *attention_outputs(model, architecture)])(tokens)
    real = mask.astype(bool)
    np.testing.assert_allclose(np.asarray(found[0])[real], states[real], atol=1e-4)
    for here, there in zip(found[1:], looks, strict=True):
        np.testing.assert_allclose(np.asarray(here)[1], there[1], atol=1e-4)
        np.testing.assert_allclose(np.asarray(here)[0, :, :6, :6], there[0, :, :6, :6], atol=1e-4)


@pytest.mark.parametrize(("train", "changed"), [("head", {"logits"}), ("last", {"1", "logits"}), ("all", None)])
def test_what_training_changes_is_what_was_chosen(tmp_path, train, changed):
    model, _ = built(tmp_path, "bert", train=train, last_blocks=1)
    names = {weight.path.split("/")[0].rpartition("_")[2] for weight in model.trainable_weights}
    assert changed is None or names == changed
    assert changed is not None or len(model.trainable_weights) == len(model.weights)


def test_the_first_token_can_be_what_the_head_reads(tmp_path):
    model, _ = built(tmp_path, "bert", pooling="first")
    tokens = np.array([[2, 5, 6, 3]])
    states, first = keras.Model(
        model.input, [model.get_layer("normalise_feed_forward_1").output, model.get_layer("first_of_steps").output]
    )(tokens)
    np.testing.assert_array_equal(np.asarray(states)[:, 0], np.asarray(first))
