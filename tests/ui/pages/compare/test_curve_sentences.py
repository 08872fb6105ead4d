from dataclasses import replace

import numpy as np

from seqcore.analysis.standings import Result, Standing
from seqcore.store import Run
from seqcore.ui.pages.compare.curve_sentences import sentences
from tests.ui.sample_runs import make_run


def made(*courses: str) -> tuple[Standing, dict[str, Run]]:
    """A model of a seed for each course; "" where nothing was said of it."""
    runs = [
        replace(
            make_run(seed=seed), results={"curves": {"course": course, "sentence": f"It {course}."}} if course else {}
        )
        for seed, course in enumerate(courses)
    ]
    none = np.zeros(0, np.int64)
    results = [
        Result(run.id, "LSTM", "lstm", run.seed, 0.9, 0.9, 0.1, 0.1, 1, 1.0, none, none, none, ()) for run in runs
    ]
    return Standing("LSTM", "lstm", tuple(results)), {run.id: run for run in runs}


def test_a_single_seed_has_its_sentence() -> None:
    assert sentences(*made("learned")) == ("It learned.",)


def test_of_several_seeds_each_course_is_said_once_the_most_common_first() -> None:
    assert sentences(*made("diverged", "learned", "learned")) == (
        "2 of 3 seeds, for example seed 1: It learned.",
        "Seed 0: It diverged.",
    )


def test_a_run_of_a_version_that_did_not_say_it_is_passed_over() -> None:
    assert sentences(*made("")) == ()
    assert sentences(*made("", "learned")) == ("Seed 1: It learned.",)
