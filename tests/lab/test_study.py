"""What a child finds in large data is what would be found here."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from seqcore.datasets import LabelledText
from seqcore.datasets.labelled_data import Dropped
from seqcore.errors import DataError
from seqcore.kinds.audio import AudioOptions
from seqcore.kinds.text import TextOptions
from seqcore.lab import study
from seqcore.lab.plan import Choices
from seqcore.spec import SplitOptions
from seqcore.workroom import Stopped
from seqcore.workroom.child import Child
from tests.datasets.conftest import labelled
from tests.kinds.audio.tones import labelled_tones

TEXTS = [f"{'good' if row % 2 else 'bad'} thing number {row // 3}, żółć" for row in range(60)]
DATA = dataclasses.replace(
    labelled(["a", "b"] * 30, TEXTS), dropped=(Dropped("no text", 2, (4, 9)),), notes=("a note",)
)
OPTIONS = SplitOptions(group_near_duplicates=True)


def test_the_split_and_the_report_of_a_child_are_those_of_this_process() -> None:
    found, here = Child().do(study.look_job(DATA, OPTIONS)), study.look(DATA, OPTIONS)
    assert found is not None and found.report == here.report
    for part in ("train", "validation", "test"):
        assert getattr(found.split, part).tolist() == getattr(here.split, part).tolist()


@pytest.mark.parametrize("tokenizer", ["word", "subword"])
def test_the_words_that_a_child_learns_are_those_that_are_learned_here(tokenizer: str) -> None:
    options = TextOptions.model_validate({"tokenizer": tokenizer})
    split = study.look(DATA, OPTIONS).split
    found, here = Child().do(study.learn_job(DATA, split, options)), study.learn(DATA, split, options)
    assert found is not None
    assert found.encoder.to_bytes() == here.encoder.to_bytes()
    assert (found.lengths, found.measured) == (here.lengths, here.measured)


def test_what_is_wrong_with_the_data_is_said_as_here() -> None:
    with pytest.raises(DataError, match="Too few rows"):
        Child().do(study.look_job(labelled(["a", "b"]), OPTIONS))


def test_a_vocabulary_that_does_not_fit_is_told_of() -> None:
    pytest.importorskip("resource")
    many = labelled(["a", "b"] * 200, [" ".join(f"w{row:x}y{n:x}" for n in range(3000)) for row in range(400)])
    split = study.look(many, SplitOptions(group_near_duplicates=False)).split
    job = study.learn_job(many, split, TextOptions(tokenizer="subword"))
    with pytest.raises(DataError, match="more memory to work through"):
        Child().do(dataclasses.replace(job, memory=260 * 1024**2))


def test_what_is_said_of_work_that_was_ended_says_why() -> None:
    job = study.look_job(DATA, OPTIONS)
    assert "too long" in str(job.stopped(Stopped.TIME, "")) and "memory" in str(job.stopped(Stopped.BROKEN, ""))


def test_only_long_texts_are_large() -> None:
    assert not study.is_large(DATA)
    assert study.is_large(LabelledText("x", ("a" * study.LARGE, "b"), ("a", "b")))


def test_so_are_many_minutes_of_sounds_which_a_child_works_through_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    sounds = labelled_tones(30)
    assert not study.is_large(sounds)
    here = study.learn(sounds, study.look(sounds, OPTIONS).split, AudioOptions())
    monkeypatch.setattr(study, "LARGE_SOUNDS", 1000)
    assert study.is_large(sounds)
    split = Child().do(study.look_job(sounds, OPTIONS)).split
    found = Child().do(study.learn_job(sounds, split, AudioOptions()))
    assert found.encoder.to_bytes() == here.encoder.to_bytes()
    assert found.lengths == here.lengths


def test_what_a_training_needs_is_measured_by_children_where_the_data_are_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def do(job: Any) -> Any:
        asked.append(job.work.rpartition(":")[2])
        return Child().do(job)

    here = study.measured_apart(DATA, Choices(), do)
    assert not asked
    monkeypatch.setattr(study, "LARGE", 10)
    assert study.measured_apart(DATA, Choices(), do) == here
    assert asked == ["look_in_child", "learn_in_child"]
