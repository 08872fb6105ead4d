"""Specs of every version, kept as files, read as today's; and whatever is none, refused in a sentence."""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.architectures import architectures, get_architecture
from seqcore.errors import OptionError
from seqcore.kinds import get_kind
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import RunSpec, SplitOptions, TrainingOptions
from seqcore.spec.run import VERSION, identity_of
from seqcore.spec.upgrade import STEPS, read_spec, upgraded

FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in (Path(__file__).parent / "stored").glob("*.json")}
DATA = "3f1c9d0a5b7e4c21"

# What the kept specs say, whatever today's defaults are.
TEXT: dict[str, Any] = {
    "tokenizer": "word", "lowercase": True, "vocabulary_size": 10_000, "min_count": 0, "max_length": 200,
    "stop_words": "none", "punctuation": "drop", "truncate": "end", "spaceless": "auto", "fold_width": True,
    "arabic_marks": "keep",
}  # fmt: skip
SPLIT: dict[str, Any] = {
    "test_share": 0.2, "validation_share": 0.1, "split_seed": 0, "group_duplicates": True,
    "group_near_duplicates": True, "split_each_seed": False, "training_share": 1.0,
}  # fmt: skip
TRAINING: dict[str, Any] = {
    "epochs": 30, "batch_size": 32, "learning_rate": 0.001, "optimizer": "adam", "early_stopping": 5,
    "class_weights": False, "gradient_clipping": 1.0, "keep": "best", "batches": "mixed",
}  # fmt: skip
TEN_EPOCHS = {"epochs": 10, "early_stopping": 0, "gradient_clipping": 0.0, "keep": "last"}
BEFORE_VERSION_3 = TRAINING | TEN_EPOCHS | {"batches": "by_length"}
MODEL = {"embedding_size": 32, "units": 32, "layers": 1, "dropout": 0.0}
GATED = ("lstm", "gru", "min_gru")
MODELS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("rnn", "bilstm", "bigru"), MODEL),
    **dict.fromkeys(GATED, MODEL | {"memory": "long"}),
    "lstm_attention": MODEL | {"score": "additive"},
    "bilstm_attention": MODEL | {"score": "additive"},
    "transformer": MODEL | {"heads": 4},
    "cnn": MODEL | {"widest": 4},
    "bag_of_words": {"strength": 0.0, "pairs": True, "sublinear": True, "whole_texts": True},
    "tcn": {"embedding_size": 32, "units": 32, "blocks": 6, "filter_width": 3, "dropout": 0.0},
    "fasttext": {"embedding_size": 32, "ngrams": 2, "buckets": 20_000},
    "hierarchical_attention": {"embedding_size": 32, "units": 32, "sentence_words": 40, "dropout": 0.0},
    "pretrained": {
        "train": "head", "last_blocks": 2, "encoder_rate": 0.03, "pooling": "mean", "dropout": 0.0,
        "encoder": "0" * 32, "vocabulary": 0, "positions": 0, "hidden": 16, "encoder_layers": 1, "encoder_heads": 2,
        "feed_forward": 32, "activation": "gelu", "epsilon": 1e-12,
    },
}  # fmt: skip
NOTEBOOK = {"tokenizer": "keras", "vocabulary_size": 1000, "min_count": 1, "max_length": 0}
ODD_TEXT = {
    "tokenizer": "subword", "vocabulary_size": 2000, "min_count": 3, "punctuation": "keep", "truncate": "start",
    "max_length": 7, "lowercase": False, "stop_words": "english", "spaceless": "words", "fold_width": False,
    "arabic_marks": "drop",
}  # fmt: skip
BY_LETTER = {"spaceless": "letters", "fold_width": False, "arabic_marks": "keep"}
ODD_SPLIT = {
    "test_share": 0.35, "validation_share": 0.25, "split_seed": 2**31 - 1, "group_duplicates": False,
    "group_near_duplicates": False,
}  # fmt: skip
ODD_SINCE_VERSION_5 = {"split_each_seed": True, "training_share": 0.01}
APART_BEFORE_VERSION_4 = {"group_near_duplicates": False}
ODD_TRAINING = {
    "epochs": 500, "batch_size": 1, "learning_rate": 1e-6, "optimizer": "sgd", "early_stopping": 100,
    "class_weights": True, "gradient_clipping": 0.5,
}  # fmt: skip
ODD_MODEL = {"embedding_size": 2, "units": 3, "layers": 6, "dropout": 0.9}


def spec(
    architecture: str,
    model: dict[str, Any],
    *,
    text: dict[str, Any] | None = None,
    split: dict[str, Any] | None = None,
    training: dict[str, Any] | None = None,
    seed: int = 0,
) -> RunSpec:
    return RunSpec(
        dataset=DATA, architecture=architecture, input=TextOptions(**TEXT | (text or {})),
        split=SplitOptions(**SPLIT | (split or {})), model=model,
        training=TrainingOptions(**TRAINING | (training or {})), seed=seed,
    )  # fmt: skip


def odd(architecture: str, model: dict[str, Any]) -> RunSpec:
    return spec(
        architecture, model, text=ODD_TEXT, split=ODD_SPLIT | ODD_SINCE_VERSION_5, training=ODD_TRAINING, seed=2**31 - 2
    )


EXPECTED = {name: spec(name, model) for name, model in MODELS.items()} | {
    "preset_notebook_lstm_attention": spec(
        "lstm_attention", MODEL | {"embedding_size": 16, "score": "tanh"}, text=NOTEBOOK, training=TEN_EPOCHS
    ),
    "preset_notebook_bilstm": spec("bilstm", MODEL | {"embedding_size": 16}, text=NOTEBOOK, training=TEN_EPOCHS),
    "odd_bigru": odd("bigru", ODD_MODEL),
    "odd_transformer": odd("transformer", ODD_MODEL | {"heads": 2}),
    "nothing_said": spec("rnn", {}),
}
OF_SOUNDS = {"mini_rocket": {"features": 9_996}, "nearest_neighbour": {"most_examples": 5_000}}
EXPECTED |= {
    name: spec(name, model).model_copy(update={"input": get_kind("audio").options()})
    for name, model in OF_SOUNDS.items()
}


def with_split(said: RunSpec, values: dict[str, Any]) -> RunSpec:
    return said.model_copy(update={"split": said.split.model_copy(update=values)})


def expected(file: str) -> RunSpec:
    """What a file says: those of the first versions read and trained in another way, and could not say so."""
    version, name = file.split("_", 1)
    said = EXPECTED[name]
    if version in ("v1", "v2", "v3", "v4", "v5"):
        said = said.model_copy(update={"input": said.input.model_copy(update=BY_LETTER)})
    if version in ("v1", "v2", "v3", "v4"):
        said = with_split(said, {"split_each_seed": False, "training_share": 1.0})
    if version in ("v1", "v2", "v3"):
        said = with_split(said, APART_BEFORE_VERSION_4)
    if version not in ("v1", "v2"):
        return said
    training = BEFORE_VERSION_3 | (ODD_TRAINING | {"keep": "lowest_loss"} if name.startswith("odd") else {})
    model = EXPECTED[name].model | ({"memory": "keras"} if EXPECTED[name].architecture in GATED else {})
    if name == "bag_of_words":
        model = {"strength": 1.0, "pairs": False, "sublinear": False, "whole_texts": False}
    return said.model_copy(update={"training": TrainingOptions(**training), "model": model})


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_kept_spec_says_today_what_it_said(name: str) -> None:
    stored = copy.deepcopy(FILES[name])
    assert read_spec(stored) == expected(name)
    assert stored == FILES[name]


@pytest.mark.parametrize("training", [{}, {"early_stopping": 3}, {"epochs": 4, "gradient_clipping": 2.0}])
def test_what_an_old_spec_left_to_the_defaults_is_what_they_were_then(training: dict[str, Any]) -> None:
    found = read_spec(changed("training", training, "v2_lstm")).training
    kept = "lowest_loss" if "early_stopping" in training else "last"
    assert found == TrainingOptions(**BEFORE_VERSION_3 | {"keep": kept} | training)


def test_the_notebook_preset_trains_as_the_notebook_does() -> None:
    training = read_spec(FILES[f"v{VERSION}_preset_notebook_bilstm"]).training
    assert training.model_dump() | TEN_EPOCHS == training.model_dump()


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_model_of_a_kept_spec_can_still_be_built(name: str) -> None:
    found = read_spec(FILES[name])
    get_architecture(found.architecture).validate_options(found.model)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_version_has_kept_specs_and_a_way_to_the_next(version: int) -> None:
    kept = {name.split("_", 1)[1] for name in FILES if name.startswith(f"v{version}_")}
    assert kept >= {"lstm", "odd_bigru", "nothing_said"}, "run scripts/keep_specs.py with the version before"
    assert version == VERSION or version in STEPS, f"there is no step from version {version}"


def test_todays_version_keeps_every_architecture() -> None:
    assert {f"v{VERSION}_{each.name}" for each in architectures()} <= FILES.keys(), "run scripts/keep_specs.py"


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.startswith(f"v{VERSION}_")))
def test_what_is_stored_today_has_the_layout_of_todays_version(name: str) -> None:
    """A name that goes or moves needs another version, or what is stored already cannot be read any more."""

    def holds(now: Any, then: Any) -> bool:
        if isinstance(then, dict) and isinstance(now, dict):
            return all(key in now and holds(now[key], value) for key, value in then.items())
        return bool(now == then)

    assert holds(read_spec(FILES[name]).model_dump(mode="json"), FILES[name])


def test_the_names_of_old_specs_are_those_that_their_version_gave_them() -> None:
    """Checkpoints carry them."""
    assert identity_of(FILES["v1_lstm"]) == "fd3348a4eaf900ac"
    assert identity_of(FILES["v1_odd_transformer"]) == "e5f48028a1187b1f"


def test_steps_follow_each_other_and_none_changes_what_is_stored() -> None:
    stored = copy.deepcopy(FILES["v1_lstm"])
    assert upgraded(stored)["version"] == VERSION
    assert stored == FILES["v1_lstm"]


def changed(path: str, value: Any, name: str = f"v{VERSION}_lstm") -> Any:
    stored = copy.deepcopy(FILES[name])
    *groups, last = path.split(".")
    place = stored
    for group in groups:
        place = place[group]
    place[last] = value
    return stored


DAMAGED: dict[str, tuple[Any, str]] = {
    "no object": ([1, 2], ""),
    "text": ("lstm", ""),
    "nothing": (None, ""),
    "empty": ({}, ""),
    "a group that is no object": (changed("training", 3), "training"),
    "text options that are no object": (changed("text", "word", "v1_lstm"), ""),
    "a wrong type": (changed("training.epochs", "many"), "epochs"),
    "an unknown name": (changed("wings", 2), "wings"),
    "an unknown name in a group": (changed("split.wings", 2), "wings"),
    "an unknown name in an old one": (changed("text.wings", 2, "v1_lstm"), "wings"),
    "not a number": (changed("training.learning_rate", math.nan), "learning_rate"),
    "infinity": (changed("split.test_share", math.inf), "test_share"),
    "out of bounds": (changed("training.batch_size", 0), "batch_size"),
    "a kind that does not exist": (changed("input.kind", "smell"), "smell"),
    "no kind": (changed("input", {"tokenizer": "word"}), "kind"),
    "a kind that is no name": (changed("input.kind", ["text"]), "kind"),
    "version 0": (changed("version", 0), "version 0"),
    "a version that is no number": (changed("version", "2"), "version '2'"),
    "a version that is true": (changed("version", True), "version True"),
    "half a version": (changed("version", 1.5), "version 1.5"),
    "the layout of one version under the number of another": (changed("version", 2, "v1_lstm"), "text"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_spec_is_refused_in_a_sentence(name: str) -> None:
    stored, says = DAMAGED[name]
    with pytest.raises(OptionError) as caught:
        read_spec(stored)
    error = caught.value
    assert error.problem and error.received and "Delete the run" in error.remedy
    assert says in error.received


def test_a_spec_of_a_newer_version_says_that_an_update_helps() -> None:
    with pytest.raises(OptionError) as caught:
        read_spec(changed("version", VERSION + 1))
    assert "newer version" in caught.value.problem
    assert str(VERSION + 1) in caught.value.received
    assert "Update" in caught.value.remedy


@pytest.mark.parametrize("option", ["wings", "Units", ""])
def test_a_model_option_that_does_not_exist_any_more_is_refused_where_the_model_is_asked_for(option: str) -> None:
    found = read_spec(changed(f"model.{option}" if option else "model.", 2))
    with pytest.raises(OptionError, match="no option"):
        get_architecture(found.architecture).validate_options(found.model)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_PATHS = [
    *FILES["v1_lstm"], *FILES[f"v{VERSION}_lstm"], *(f"{group}.{name}" for group in ("input", "split", "training")
    for name in FILES["v2_lstm"][group]),
]  # fmt: skip


@given(_JSON)
def test_whatever_is_stored_is_a_spec_or_refused(stored: Any) -> None:
    try:
        read_spec(stored)
    except OptionError as error:
        assert error.received


@given(st.sampled_from(sorted(FILES)), st.sampled_from(_PATHS), _JSON)
def test_a_spec_with_anything_in_any_place_is_a_spec_or_refused(name: str, path: str, value: Any) -> None:
    group = path.split(".")[0]
    if "." in path and not isinstance(FILES[name].get(group), dict):
        path = group
    try:
        found = read_spec(changed(path, value, name))
        get_architecture(found.architecture).validate_options(found.model)
    except OptionError as error:
        assert error.problem
