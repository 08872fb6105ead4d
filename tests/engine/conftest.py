import pytest

from seqcore.store import DONE
from tests.engine.laboratory import Lab
from tests.waiting import until


@pytest.fixture(scope="module")
def shared_lab(tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("a home with spaces"))
    lab.start()
    yield lab
    lab.engine.close()


@pytest.fixture
def lab(shared_lab):
    """The module's engine; what a failed test leaves going is ended, so that it fails alone."""
    yield shared_lab
    left = [run.id for run in shared_lab.store.runs.all("me") if run.state not in DONE]
    shared_lab.engine.stop(left)
    until(lambda: all(state in DONE for state in shared_lab.states(left)))


@pytest.fixture
def own_lab(tmp_path):
    lab = Lab(tmp_path)
    yield lab
    if lab.engine is not None:
        lab.engine.close()
