"""The table of what the tests ran."""

from scripts.coverage_table import table


def summary(lines: int, run: int) -> dict[str, int]:
    branches = {"num_branches": 2, "covered_branches": 1, "missing_branches": 1}
    return {"num_statements": lines, "covered_lines": run, "missing_lines": lines - run, **branches}


def test_files_are_added_up_by_package_and_all_together() -> None:
    files = {
        "seqcore/errors.py": summary(8, 8),
        "seqcore/ui/a.py": summary(8, 0),
        "seqcore/ui/kit/b.py": summary(18, 18),
    }
    lines = [line.split() for line in table(files).splitlines()]
    assert lines == [
        ["seqcore", "90.0%", "1", "not", "run"],
        ["seqcore/ui", "66.7%", "10", "not", "run"],
        ["all", "72.5%", "11", "not", "run"],
    ]


def test_nothing_to_run_is_all_of_it() -> None:
    empty = dict.fromkeys(summary(0, 0), 0)
    assert table({"seqcore/ui/__init__.py": empty}).splitlines()[-1].split()[:2] == ["all", "100.0%"]
