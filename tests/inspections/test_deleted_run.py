"""A run that is deleted while somebody looks into it: whatever is asked, a sentence says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from seqcore.errors import NotFoundError
from seqcore.inspections import inspections
from seqcore.settings import Settings
from seqcore.store import Store
from seqcore.worker.runtime.answering import answer
from tests.inspections.test_every_architecture import asked_about


def test_every_question_to_a_run_that_is_gone_says_that_it_may_have_been_deleted(tmp_path: Path):
    settings = Settings(home=tmp_path)
    store = Store(settings.database, settings.artifacts)
    for inspection in inspections():
        with pytest.raises(NotFoundError, match=r"Got gone\. It may have been deleted"):
            answer(inspection.name, "gone", inspection.validated(asked_about(inspection, "a film")), store)
