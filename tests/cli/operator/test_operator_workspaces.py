"""The operator sees what workspaces have, deletes one by key, account or name, and what retention would take."""

import json

import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.datasets.labelled_text import LabelledText
from seqcore.lab.workspace_names import account_workspace, browser_workspace
from seqcore.settings import get_settings
from seqcore.spec import RunSpec

KEY, ACCOUNT = "k" * 43, ("https://id.example.org", "ada")
MINE, THEIRS = browser_workspace(KEY), account_workspace(*ACCOUNT)


def asked(*arguments, code=0, input=None):
    done = CliRunner().invoke(app, ["operator", *arguments], input=input)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def two(store):
    for workspace in (MINE, THEIRS):
        dataset = store.datasets.add(workspace, LabelledText("t.csv", ("good", "bad"), ("1", "0"), None, ()))
        store.experiments.add(workspace, dataset.id, [RunSpec(dataset="0", architecture="rnn", seed=0)])
    return store


def test_the_operator_sees_who_has_what_and_all_of_it_together(two):
    found = json.loads(asked("workspaces", "--json"))
    assert {each["name"] for each in found["workspaces"]} == {MINE, THEIRS}
    for each in found["workspaces"]:
        assert (each["datasets"], each["experiments"], each["runs"], each["going"]) == (1, 1, 1, 1)
    assert found["storage"] == sum(each["storage"] for each in found["workspaces"]) > 0
    assert found["waiting"] == 2
    assert found["engines"] == []
    table = asked("workspaces")
    assert MINE[:16] in table and MINE not in table


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (("--cookie", KEY), MINE),
        (("--account", *ACCOUNT), THEIRS),
        (("--workspace", MINE), MINE),
        (("--workspace", THEIRS[:16]), THEIRS),
    ],
)
def test_a_workspace_is_deleted_however_it_is_named(two, arguments, gone):
    asked("delete-workspace", *arguments, "--yes")
    assert {each.name for each in two.oversight.workspaces()} == {MINE, THEIRS} - {gone}


def test_nothing_is_deleted_before_a_yes(two):
    asked("delete-workspace", "--cookie", KEY, code=1, input="n\n")
    assert two.erasure.holdings(MINE)


def test_retention_says_what_would_go_and_deletes_nothing(two, monkeypatch):
    monkeypatch.setenv("SEQLAB_KEEP_DAYS", "1")
    get_settings.cache_clear()
    assert json.loads(asked("retention", "--dry-run", "--json"))["things"] == []  # looked at today, and waiting
    assert len(two.oversight.workspaces()) == 2
