"""The guide speaks of every architecture."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.architectures import architectures
from seqcore.ui.pages.guide.notes import WHEN_IT_WINS


@pytest.fixture
def guide(lab: AppTest) -> AppTest:
    page = lab.run().switch_page("learn/guide.py").run()
    assert not page.exception
    assert not page.error
    return page


def test_every_architecture_has_its_idea_equations_and_when_it_wins(guide: AppTest) -> None:
    said = "\n".join(element.value for element in guide.markdown)
    equations = "\n".join(element.value for element in guide.latex)
    for architecture in architectures():
        assert architecture.label in [element.value for element in guide.header]
        assert architecture.idea in said
        assert WHEN_IT_WINS[architecture.name] in said
        assert all(line in equations for line in architecture.equations)
