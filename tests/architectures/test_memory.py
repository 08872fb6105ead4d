"""What a training is said to need, whether it fits, and with which settings it would."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.architectures import Sizes, architectures, get_architecture
from seqcore.architectures.fitting import Planned, TooLarge, size_said, too_large
from seqcore.architectures.memory import AT_REST, Load
from seqcore.errors import OptionError
from seqcore.kinds.sizes import FrameSizes, TokenSizes
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import TrainingOptions

EVERY = [which.name for which in architectures()]
MB = 1024**2


def planned(
    name: str, length: int = 200, batch: int = 32, *, ids: int = 10_000, classes: int = 2, **options: Any
) -> Planned:
    architecture = get_architecture(name)
    of_text = "tokens" in architecture.reads
    return Planned(
        architecture,
        architecture.validate_options(options),
        TextOptions(max_length=length),
        TrainingOptions(batch_size=batch),
        Sizes(TokenSizes(ids, length) if of_text else FrameSizes(1, length), classes),
        Load(width=length, training=20_000 if of_text else 1_000, scored=5_000, written=1_000_000),
    )


def taken(one: Planned) -> float:
    """MB beyond a process that trains next to nothing."""
    return (one.needed - AT_REST) / MB


def changed(one: Planned, values: tuple[tuple[str, int], ...]) -> Planned:
    """The training with the settings of a change, as they would be set."""
    for name, value in values:
        if name == "max_length":
            one = one.with_length(value)
        elif name == "batch_size":
            one = one.with_batches(value)
        elif name == "vocabulary_size":
            one = one.with_vocabulary(value)
        else:
            one = one.with_option(name.removeprefix(f"{one.architecture.name}."), value)
    return one


# Peaks beyond rest that `benchmarks/memory_estimate.py` measured; never far under them, and not far above.
@pytest.mark.parametrize(
    ("one", "measured"),
    [
        (planned("lstm", 1000, ids=1000), 55),
        (planned("rnn", 1000, ids=1000), 56),
        (planned("gru", 1000, ids=1000), 150),
        (planned("bilstm", 1000, ids=1000), 93),
        (planned("bilstm_attention", 1000, ids=1000), 103),
        (planned("cnn", 1000, ids=1000), 42),
        (planned("transformer", 500, ids=1000), 607),
        (planned("transformer", 500, ids=1000, layers=2), 779),
    ],
    ids=lambda value: value.architecture.name if isinstance(value, Planned) else None,
)
def test_what_is_said_is_near_what_was_measured(one: Planned, measured: float) -> None:
    assert 0.9 * measured < taken(one) < 1.7 * measured + 30


def test_what_a_model_needs_that_is_solved_at_once_is_near_what_was_measured() -> None:
    one = planned("mini_rocket", 150)
    few = replace(one, load=Load(width=150, training=280, scored=80, written=60_000))
    assert 0.9 * 100 < taken(few) < 1.7 * 100 + 30


def test_a_transformer_of_two_thousand_tokens_needs_more_than_most_machines_have() -> None:
    assert 9_000 * MB < planned("transformer", 2000).needed < 13_000 * MB


@pytest.mark.parametrize("name", EVERY)
def test_a_training_with_the_defaults_fits_in_a_process_of_a_small_server(name: str) -> None:
    assert too_large(planned(name), 900 * MB) is None


@given(
    name=st.sampled_from(EVERY), length=st.integers(1, 2000), batch=st.integers(1, 1024), layers=st.integers(1, 6),
    units=st.integers(2, 512), classes=st.integers(2, 200),
    more=st.sampled_from(["length", "batch", "layers", "units"]),
)  # fmt: skip
def test_more_of_anything_never_needs_less(
    name: str, length: int, batch: int, layers: int, units: int, classes: int, more: str
) -> None:
    numbers = {"length": length, "batch": batch, "layers": layers, "units": units}
    assert _needed(name, classes, **numbers) <= _needed(name, classes, **(numbers | {more: numbers[more] + 1}))


def _needed(name: str, classes: int, length: int, batch: int, **options: int) -> int:
    taken = {key: value for key, value in options.items() if key in get_architecture(name).options.model_fields}
    one = planned(name, length, batch, classes=classes)
    return replace(one, options=one.options.model_copy(update=taken)).needed


@given(
    name=st.sampled_from(EVERY), length=st.integers(1, 2000), batch=st.integers(1, 1024),
    ids=st.integers(100, 100_000), limit=st.integers(200, 4000), heads=st.sampled_from([1, 2, 4, 8]),
)  # fmt: skip
def test_what_is_said_to_fit_does(name: str, length: int, batch: int, ids: int, limit: int, heads: int) -> None:
    own: dict[str, Any] = {"heads": heads} if name == "transformer" else {}
    found = too_large(planned(name, length, batch, ids=ids, **own), limit * MB)
    for change in found.changes if found else ():
        assert too_large(changed(found.planned, change.values), limit * MB) is None if found else True


def refused(one: Planned, limit_mb: int) -> TooLarge:
    found = too_large(one, limit_mb * MB)
    assert found is not None
    return found


def test_the_sentence_says_what_is_wrong_how_much_there_is_and_what_would_fit() -> None:
    found = refused(planned("transformer", 2000), 7000)
    assert found.problem == (
        "Transformer does not fit in memory: batches of 32 texts of up to 2,000 tokens take about "
        f"{size_said(found.planned.needed)}, and a training process has 6.5 GB"
    )
    assert found.remedy.startswith("It would fit with maximum length 1,")
    assert ", or with batch size 16" in found.remedy
    assert [name for change in found.changes for name, _ in change.values] == ["max_length", "batch_size"]


def test_a_batch_is_no_larger_than_the_training_data() -> None:
    one = planned("transformer", 1000, 1024)
    few = replace(one, load=replace(one.load, training=12))
    assert few.needed == replace(few, training=TrainingOptions(batch_size=12)).needed
    assert "batches of 12 texts" in refused(few, 600).problem


def test_where_parameters_take_the_memory_a_smaller_model_is_offered() -> None:
    found = refused(planned("lstm", ids=100_000, embedding_size=512), 2000)
    assert [change.values[0][0] for change in found.changes] == ["lstm.embedding_size", "vocabulary_size"]


def test_where_one_setting_alone_would_cut_too_much_two_are_offered() -> None:
    found = refused(planned("transformer", 2000, 1024, layers=6, heads=16), 2000)
    assert {name for change in found.changes for name, _ in change.values} == {"max_length", "batch_size"}
    assert any(len(change.values) == 2 for change in found.changes)


def test_without_the_memory_for_anything_the_processes_need_more() -> None:
    assert "SEQLAB_WORKER_MEMORY_MB" in refused(planned("rnn"), 300).remedy


def test_a_bag_of_words_is_offered_no_length_that_it_does_not_read() -> None:
    one = planned("bag_of_words", classes=100)
    found = refused(replace(one, load=replace(one.load, written=200_000_000)), 1500)
    assert "max_length" not in str(found.changes)
    assert "batches" not in found.problem


def test_heads_that_do_not_divide_the_vectors_are_not_offered() -> None:
    one = planned("transformer", 10, 1, heads=8)
    with pytest.raises(OptionError):
        one.with_option("heads", 7)
    assert all(value != 7 for change in refused(one, 300).changes for _, value in change.values)


def test_texts_scored_together_are_fewer_the_longer_they_are() -> None:
    footprint = get_architecture("transformer").footprint(planned("transformer").sizes, planned("transformer").options)
    at_once = [footprint.scored_at_once(width) for width in (0, 1, 20, 200, 2000, 20_000)]
    assert at_once == sorted(at_once, reverse=True)
    assert at_once[-1] == 1
    assert footprint.of_batch(footprint.scored_at_once(500), 500) <= 12_000_000


def test_frames_are_estimated_too() -> None:
    one = planned("lstm", 100)
    frames = replace(one, sizes=Sizes(FrameSizes(8, 100), 2))
    assert AT_REST < frames.needed < one.needed


@pytest.mark.parametrize(("size", "said"), [(500 * MB, "500 MB"), (7000 * MB, "6.8 GB"), (999 * MB, "999 MB")])
def test_sizes_as_a_person_says_them(size: int, said: str) -> None:
    assert size_said(size) == said


def test_where_all_series_are_solved_for_at_once_fewer_features_are_offered() -> None:
    one = planned("mini_rocket")
    many = replace(one, load=replace(one.load, training=50_000))
    assert refused(many, 1500).changes[0].values[0][0] == "mini_rocket.features"


def test_a_nearest_neighbour_needs_memory_for_what_it_keeps() -> None:
    every, few = planned("nearest_neighbour", 1000), planned("nearest_neighbour", 1000, most_examples=100)
    assert taken(replace(every, load=replace(every.load, training=5_000))) > 2 * taken(few)
