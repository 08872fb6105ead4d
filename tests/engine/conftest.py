import pytest

from tests.engine.laboratory import Lab


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("a home with spaces"))
    lab.start()
    yield lab
    lab.engine.close()


@pytest.fixture
def own_lab(tmp_path):
    lab = Lab(tmp_path)
    yield lab
    if lab.engine is not None:
        lab.engine.close()
