"""`make audit` takes silence of the database for no answer, never for a good one."""

import re

import pytest

from scripts.audit import FINE, NOT_REACHED, ROOT, UNKNOWN, VULNERABLE, verdict

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
HOLED = {"name": "holed", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNHEARD = {"name": "unheard", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_packages_without_a_finding_are_fine():
    assert verdict({"dependencies": [SOUND, SOUND]})[0] == FINE


def test_a_finding_is_named_with_what_mends_it():
    assert verdict({"dependencies": [SOUND, HOLED, UNHEARD]}) == (VULNERABLE, ["holed 2.0: PYSEC-1, mended in 2.1"])


def test_a_database_that_knows_none_of_the_packages_was_not_reached():
    assert verdict({"dependencies": [UNHEARD, UNHEARD]}) == (UNKNOWN, [NOT_REACHED])
    assert verdict({"dependencies": []}) == (UNKNOWN, [NOT_REACHED])


def test_packages_that_were_skipped_are_named():
    status, (said,) = verdict({"dependencies": [SOUND, UNHEARD]})
    assert status == UNKNOWN
    assert "1 of 2 packages: unheard" in said


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_by_version_and_hash(name: str) -> None:
    pins = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in pins if line and not line.lstrip().startswith("#")]
    assert packages
    pin = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}")
    assert [line for line in packages if not pin.match(line)] == []
