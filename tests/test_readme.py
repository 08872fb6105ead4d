"""The README says what the code says."""

from pathlib import Path

from scripts.readme_tables import with_tables

README = Path(__file__).parents[1] / "README.md"


def test_its_tables_are_those_of_the_registry_and_the_settings():
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run: python scripts/readme_tables.py"


def test_its_pictures_are_in_the_repository():
    assert (README.parent / "docs" / "screenshot.png").is_file()
