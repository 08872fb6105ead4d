import pytest

from seqcore.store import RunState
from seqcore.ui.kit.phrases import count, duration, in_words, megabytes, share, stage, stage_icon


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 s"),
        (1.25, "1.2 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (61, "1 min 1 s"),
        (3725, "1 h 2 min"),
        (7200, "2 h"),
    ],
)
def test_a_duration_is_as_exact_as_a_person_needs(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_one_thing_is_singular_and_thousands_have_commas() -> None:
    assert count(1, "text") == "1 text"
    assert count(12345, "text") == "12,345 texts"
    assert count(2, "class", "classes") == "2 classes"


def test_names_are_listed_as_in_a_sentence() -> None:
    assert in_words(["a", "b", "c"]) == "a, b and c"
    assert in_words(["a"]) == "a"
    assert in_words([]) == "none"


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0.0 MB"), (1_500_000, "1.4 MB"), (25_000_000, "24 MB"), (5_000_000_000, "4.7 GB")]
)
def test_storage_is_in_megabytes_and_gigabytes(size: int, said: str) -> None:
    assert megabytes(size) == said


def test_a_share_is_a_percentage() -> None:
    assert share(0.9127) == "91.3 %"


@pytest.mark.parametrize("state", list(RunState))
def test_every_state_of_a_run_has_words_and_an_icon(state: RunState) -> None:
    assert stage(state)[0].isupper()
    assert stage_icon(state) != ":material/circle:"
