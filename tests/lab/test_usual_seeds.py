"""Three seeds where that is quick, one where it is not."""

from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.samples import load_sample
from seqcore.lab.usual_seeds import QUICK_CHARACTERS, usual_seeds
from tests.kinds.waves import labelled_waves


def of_length(characters: int) -> LabelledText:
    return LabelledText("a", ("x" * (characters - 1), "y"), ("1", "2"), None, ())


def test_data_that_are_quick_to_train_on_get_three_seeds() -> None:
    assert usual_seeds(of_length(QUICK_CHARACTERS)) == 3
    assert usual_seeds(of_length(QUICK_CHARACTERS + 1)) == 1
    assert usual_seeds(load_sample("reviews")) == 3


def test_a_deployment_may_have_other_numbers() -> None:
    assert usual_seeds(of_length(10), most=5) == 5
    assert usual_seeds(of_length(10), most=1) == 1


def test_nobody_knows_how_quick_other_kinds_are() -> None:
    assert usual_seeds(labelled_waves()) == 1
