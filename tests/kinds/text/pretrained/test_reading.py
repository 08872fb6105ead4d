"""Encoders are read from folders and zips, and what is wrong with one is said in a sentence."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest

from seqcore.errors import DataError
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.pretrained import PretrainedEncoder, read_folder, read_zip
from seqcore.kinds.text.pretrained.piece_encoder import PieceEncoder, read_text_encoder
from seqcore.kinds.text.pretrained.tensor_file import TensorFile, written
from seqcore.kinds.text.pretrained.tensor_names import WORDS
from tests.pretrained_files import MOST, changed_config, put_folder, zipped

TEXT = "A warm films!"


@pytest.fixture
def folder(tmp_path):
    return put_folder(tmp_path / "tiny")


def tensors(folder):
    data = (folder / "model.safetensors").read_bytes()
    file = TensorFile(io.BytesIO(data), len(data))
    return {name: file.read(name) for name in file.places}


def put_tensors(folder, values):
    (folder / "model.safetensors").write_bytes(written(values, {}))


def test_a_zip_is_read_as_its_folder_is_wherever_the_files_lie_in_it(folder):
    here = read_folder(folder, "tiny", MOST)
    for within in ("", "some/where/"):
        packed = read_zip(io.BytesIO(zipped(folder, within)), "other name", MOST)
        assert packed.content_hash == here.content_hash
    assert (here.config.vocabulary, here.config.hidden, here.config.positions) == (40, 8, 16)


def test_what_is_kept_is_read_back_as_it_was(folder):
    encoder = read_folder(folder, "tiny", MOST)
    again = PretrainedEncoder.from_bytes(encoder.to_bytes())
    assert again.content_hash == encoder.content_hash
    assert again.name == "tiny"
    with pytest.raises(DataError, match="damaged"):
        PretrainedEncoder.from_bytes(encoder.to_bytes()[:-10])


def test_padding_is_0_and_the_unknown_1_and_rows_of_words_moved_with_them(folder):
    encoder = read_folder(folder, "tiny", MOST)
    reader = PieceEncoder.of(encoder.tokenizer, TextOptions(), 16)
    assert list(reader.vocabulary)[:2] == ["[PAD]", "[UNK]"]
    before = tensors(folder)["embeddings.word_embeddings.weight"]
    np.testing.assert_array_equal(encoder.weights[WORDS][1], before[4])
    np.testing.assert_array_equal(encoder.weights[WORDS][2], before[1])


def test_each_token_knows_its_place_in_the_text(folder):
    reader = PieceEncoder.of(read_folder(folder, "tiny", MOST).tokenizer, TextOptions(), 16)
    steps = reader.steps(TEXT)
    assert [step.name for step in steps] == ["[CLS]", "A", "warm", "film", "s", "!", "[SEP]"]
    assert [(step.start, step.end) for step in steps] == [(0, 0), (0, 1), (2, 6), (7, 11), (11, 12), (12, 13), (13, 13)]
    (ids,) = reader.encode([TEXT])
    assert len(ids) == len(steps)
    assert reader.words(TEXT) == [range(1, 2), range(2, 3), range(3, 5), range(5, 6)]
    assert reader.knows([TEXT, "zzz", ""]) == [True, False, False]


@pytest.mark.parametrize(
    ("cut", "names"),
    [("end", "A warm film"), ("start", "film s !"), ("both", "warm film s"), ("middle", "A warm !")],
)
def test_texts_are_cut_between_the_tokens_around_them(folder, cut, names):
    reader = PieceEncoder.of(read_folder(folder, "t", MOST).tokenizer, TextOptions(max_length=5, truncate=cut), 16)
    assert [step.name for step in reader.steps(TEXT)] == ["[CLS]", *names.split(), "[SEP]"]
    again = read_text_encoder(reader.to_json(), reader.options)
    assert isinstance(again, PieceEncoder)
    np.testing.assert_array_equal(again.encode([TEXT])[0], reader.encode([TEXT])[0])


def test_weights_of_16_bits_are_read(folder):
    values = {name: each.astype(np.float16) for name, each in tensors(folder).items()}
    put_tensors(folder, values)
    kept = read_folder(folder, "tiny", MOST).weights
    assert kept["embeddings.LayerNorm.weight"].dtype == np.float16
    half = np.array([1.5, -2.0], np.float32)
    header = b'{"x":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}'
    data = len(header).to_bytes(8, "little") + header + (half.view(np.uint32) >> 16).astype("<u2").tobytes()
    np.testing.assert_array_equal(TensorFile(io.BytesIO(data), len(data)).read("x"), half)


def without(name):
    return lambda folder: (folder / name).unlink()


def cut_short(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def long_header(folder):
    (folder / "model.safetensors").write_bytes((2**40).to_bytes(8, "little") + b"{}")


def a_weight(change):
    def put(folder):
        values = tensors(folder)
        put_tensors(folder, change(values))

    return put


def only_a_pickle(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def with_nan(values):
    values["embeddings.LayerNorm.bias"] = np.full(8, np.nan, np.float32)
    return values


def without_a_key(values):
    del values["encoder.layer.1.attention.self.key.weight"]
    return values


def config(**values):
    return lambda folder: changed_config(folder, **values)


def tokenizer(change):
    def put(folder):
        path = folder / "tokenizer.json"
        said = json.loads(path.read_bytes())
        change(said)
        path.write_text(json.dumps(said))

    return put


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without("config.json"), "There is no config.json"),
        (without("tokenizer.json"), "There is no tokenizer.json"),
        (without("model.safetensors"), "There is no model.safetensors"),
        (only_a_pickle, "never opened"),
        (cut_short, "damaged"),
        (long_header, "damaged"),
        (a_weight(with_nan), "not a finite number"),
        (a_weight(without_a_key), "is missing"),
        (config(model_type="t5"), "model_type 't5'"),
        (config(model_type="t5"), "bert, distilbert, roberta"),
        (config(hidden_size=16), "another shape"),
        (config(hidden_size=7), "7 numbers together"),
        (config(num_hidden_layers=10**9), "num_hidden_layers 1000000000"),
        (config(vocab_size=20), "more tokens than the encoder has vectors"),
        (config(hidden_act="silu"), "activation"),
        (config(position_embedding_type="relative_key"), "positions"),
        (lambda folder: (folder / "config.json").write_text("[" * 100_000), "config.json cannot be read"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "tokenizer.json cannot be read"),
        (tokenizer(lambda said: said["model"].update(type="Unigram")), "'Unigram'"),
        (tokenizer(lambda said: said.update(post_processor=None)), "before each text and one behind"),
        (tokenizer(lambda said: said["model"]["vocab"].update({"film": 1000})), "gaps"),
    ],
)
def test_what_is_wrong_with_an_encoder_is_said(folder, spoil, said):
    spoil(folder)
    with pytest.raises(DataError) as folder_said:
        read_folder(folder, "tiny", MOST)
    assert said in str(folder_said.value)
    with pytest.raises(DataError) as zip_said:
        read_zip(io.BytesIO(zipped(folder)), "tiny", MOST)
    assert said in str(zip_said.value)


def test_what_is_larger_than_a_file_may_be_is_refused_by_its_size(folder):
    with pytest.raises(DataError, match="larger than a file may be"):
        read_folder(folder, "tiny", 1000)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not quite", b"text"])
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(DataError, match="no zip"):
        read_zip(io.BytesIO(data), "tiny", MOST)


def test_a_zip_of_very_many_files_is_refused():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(DataError, match="more files than an encoder"):
        read_zip(io.BytesIO(sink.getvalue()), "tiny", MOST)
