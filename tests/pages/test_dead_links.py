"""A link to what is not there: one sentence, ways on, and no page meets the id again."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from seqcore.ui.session.sitemap import PAGES
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, finished_experiment

SCRIPTS = [f"{page.section}/{page.name}.py" for page in PAGES]
SAID = "No experiment with this id opens here"
NO_IDS = ["AAAAAAAAAAAAAAAA", "<img src=x onerror=alert(1)>", "' OR 1=1 --", "a" * 5000, "😀\u202e", "\0", " "]


def after(page: AppTest, *, experiment: bool = True) -> None:
    """Nothing of the id is left, whichever page comes next."""
    name = "experiment" if experiment else "dataset"
    assert name not in page.query_params
    assert not page.session_state["seqlab.memory"].ids.get(name)
    assert not page.error
    for script in ("lab/train.py", "lab/compare.py", "lab/data.py"):
        page.switch_page(script).run()
        assert not page.exception
        assert not page.error
        assert "with this id" not in words(page)


@pytest.mark.parametrize("script", SCRIPTS)
def test_on_every_page_an_experiment_that_is_not_there_is_one_calm_sentence(lab: AppTest, script: str) -> None:
    page = opened(lab, script, experiment=NO_IDS[0])
    assert words(page).count(SAID) <= 1  # the first page, which `opened` came through, has said it
    assert NO_IDS[0] not in words(page)
    after(page)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("ids", [{"experiment": NO_IDS[0]}, {"dataset": NO_IDS[0]}])
def test_whoever_comes_straight_to_a_page_reads_it_there(lab: AppTest, script: str, ids: dict[str, str]) -> None:
    page = lab.run().switch_page(script)
    page.query_params.update(ids)
    page.run()
    assert not page.exception
    assert words(page).count("with this id") == 1
    assert "Train models" in [link.proto.label for link in page.get("page_link")]
    page.run()
    assert "with this id" not in words(page)  # said once
    assert not page.error
    after(page, experiment="experiment" in ids)


@pytest.mark.parametrize("no_id", NO_IDS)
def test_whatever_stands_in_a_link_it_is_no_error(lab: AppTest, no_id: str) -> None:
    page = lab.run().switch_page("lab/train.py")
    page.query_params.update(experiment=no_id, dataset=no_id)
    page.run()
    assert not page.exception
    assert "No experiment and no data set with this id opens here" in words(page)
    assert "<img" not in words(page)
    after(page)


def test_an_experiment_deleted_in_another_tab_locks_no_page(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    page = opened(lab, "lab/compare.py", experiment=experiment.id)
    store.experiments.delete(WORKSPACE, experiment.id)
    page.run()
    assert not page.exception
    assert SAID in words(page)
    after(page)


def test_a_link_to_what_is_there_stays(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    page = opened(lab, "lab/compare.py", experiment=experiment.id, dataset="AAAAAAAAAAAAAAAA")
    assert page.query_params["experiment"] in (experiment.id, [experiment.id])
    assert "dataset" not in page.query_params
    assert "See scores, curves" in words(page)


def test_a_parameter_that_names_nothing_leaves_the_address(lab: AppTest) -> None:
    page = opened(lab, "lab/train.py", experiment="")
    assert "experiment" not in page.query_params
    assert "with this id" not in words(page)
