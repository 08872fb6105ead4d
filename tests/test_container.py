"""The files of the container say what the documents promise; building them needs what no test may ask for."""

import ast
import json
import re
from pathlib import Path

import pytest

from seqcore.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def last(instruction: str) -> str:
    """What the last one of these instructions says."""
    return re.findall(rf"^{instruction} (.*)$", DOCKERFILE, re.MULTILINE)[-1].strip()


def test_the_image_runs_as_an_ordinary_user_under_a_first_process_that_passes_signals_on():
    assert last("USER") == "1000:1000"
    assert json.loads(last("ENTRYPOINT")) == ["tini", "--"]
    assert json.loads(last("CMD")) == ["streamlit", "run", "app.py"]


def test_its_health_check_is_python_and_asks_by_a_name_that_is_allowed():
    command = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    ast.parse(command[-1])
    (host,) = re.findall(r"http://([\d.]+):8501/", command[-1])
    assert host in re.findall(r'ALLOWED_HOSTS="([^"]*)"', DOCKERFILE)[0].split()
    assert host in re.findall(r"ALLOWED_HOSTS: (.*)", COMPOSE)[0].split()


@pytest.mark.parametrize("copied", ["app.py", "pages", "seqcore", ".streamlit/config.toml", "requirements.txt"])
def test_what_runs_is_let_into_the_image(copied: str):
    assert f"!{copied}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_nothing_else_is_let_into_the_image():
    first, *_ = (line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] != "#")
    assert first == "*"


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "compose.yaml"])
def test_every_setting_that_they_name_exists_and_no_password_stands_in_them(text: str):
    named = set(re.findall(r"SEQLAB_([A-Z_]*[A-Z])", text)) - {"MEMORY", "HOSTS"}  # of compose alone
    assert named <= {name.upper() for name in Settings.model_fields}
    assert not re.findall(r"PASSWORD(?!_FILE)|://[^<\s/]+:[^<\s]+@", text)


def test_a_database_can_be_named_in_a_secret(tmp_path: Path):
    (tmp_path / "seqlab_database_url").write_text("postgresql+psycopg://seqlab:word@database/seqlab\n")
    assert Settings(_secrets_dir=tmp_path).database == "postgresql+psycopg://seqlab:word@database/seqlab"
    assert "secrets: [seqlab_database_url]" in COMPOSE
