"""The documents name only what exists."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import trustme

from seqcore.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
OF_TESTS = {"SEQLAB_CHROMIUM", "SEQLAB_POSTGRESQL"}
OF_COMPOSE = {"SEQLAB_HOSTS", "SEQLAB_MEMORY"}
SERVER = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_setting_that_a_document_names_exists(document):
    named = set(re.findall(r"SEQLAB_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))
    known = {f"SEQLAB_{name.upper()}" for name in Settings.model_fields}
    assert named - known - OF_TESTS - OF_COMPOSE == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_python_in_a_document_is_python(document):
    for block in re.findall(r"```python\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
        ast.parse(block, document.name)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_place_in_the_code_that_is_named_exists(name):
    named = set(re.findall(r"`?(seqcore/[\w/]+(?:\.py|/))", (ROOT / name).read_text(encoding="utf-8")))
    assert named
    assert sorted(place for place in named if not (ROOT / place).exists()) == []


def block(language: str) -> str:
    """The only block of this language in the guide to a server."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", SERVER, re.DOTALL)
    return found


def logged_path(asked: str) -> str:
    """What the documented log of nginx says of an address: the first pattern of its map that fits."""
    (patterns,) = re.findall(r"map \$request_uri \$logged_path \{(.*?)\n\}", block("nginx"), re.DOTALL)
    for pattern, value in re.findall(r'"~([^"]*)"\s+"?(\S*?)"?;', patterns):
        found = re.search(pattern.replace("?<", "?P<"), asked)
        if found:
            ((name, text),) = found.groupdict().items()
            return value.replace(f"${{{name}}}", text).replace(f"${name}", text)
    return "-"


@pytest.mark.parametrize(
    ("asked", "logged"),
    [
        ("/compare?experiment=NHfXZ_VjuZsabYyg", "/compare"),
        ("/_stcore/upload_file/8c2b-session/17-file", "/_stcore/upload_file/..."),
        ("/lab/_stcore/upload_file/8c2b-session/17-file?x=/media/", "/lab/_stcore/upload_file/..."),
        ("/media/0f3c.csv?title=runs", "/media/..."),
        ("/oauth2callback?code=secret&state=secret", "/oauth2callback"),
        ("/static/js/index.js", "/static/js/index.js"),
    ],
)
def test_the_log_of_nginx_holds_nothing_that_lets_its_reader_in(asked, logged):
    assert logged_path(asked) == logged


def test_every_log_of_nginx_is_in_that_format():
    file = block("nginx")
    (form,) = re.findall(r"log_format without_ids (.*);", file)
    assert not re.findall(r"\$(?:request|request_uri|uri|args|query_string|http_\w+|cookie_\w+)\b", form)
    servers = file.split("\nserver {")[1:]
    assert all(re.search(r"access_log (?:off|\S+ without_ids);", server) for server in servers)


def test_nginx_lets_a_class_behind_one_address_in():
    students, requests = 30, 102  # of a first visit to the Train page
    assert int(re.findall(r"burst=(\d+)", block("nginx"))[0]) >= students * requests
    assert int(re.findall(r"limit_conn lab_connections (\d+)", block("nginx"))[0]) >= students * 41


@pytest.mark.skipif(shutil.which("nginx") is None, reason="asks nginx itself")
def test_nginx_takes_the_file_as_it_stands(tmp_path):
    certificate = trustme.CA().issue_cert("lab.example.org")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "lab.pem")
    file = re.sub(r"(ssl_certificate(?:_key)?\s+)[^;]+;", rf"\1{tmp_path}/lab.pem;", block("nginx"))
    file = re.sub(r"access_log /\S+", f"access_log {tmp_path}/access.log", file)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{file}\n}}\n", encoding="utf-8")
    checked = subprocess.run(
        ["nginx", "-t", "-e", f"{tmp_path}/error.log", "-p", tmp_path, "-c", whole],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="asks systemd itself")
def test_systemd_knows_every_line_of_the_unit(tmp_path):
    program = tmp_path / "streamlit"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "sequence-lab.service"
    unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={program}", block("ini")), encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert not re.findall(r"sequence-lab\.service:\d+: .*", checked.stderr)


def test_the_unit_bounds_memory_and_has_descriptors_for_a_class():
    options = dict(line.split("=", 1) for line in block("ini").splitlines() if "=" in line)
    assert int(options["MemoryHigh"].rstrip("%")) < int(options["MemoryMax"].rstrip("%")) < 100
    assert int(options["LimitNOFILE"]) >= 65_536


def test_the_health_check_asks_by_a_name_that_the_unit_allows():
    (host,) = re.findall(r"curl -s -H 'Host: (\S+)' http://127\.0\.0\.1:8501/_stcore/health", SERVER)
    assert f"--server.allowedHosts {host}" in block("ini")


def test_what_the_commands_use_is_installed():
    (packages,) = re.findall(r"sudo apt-get install (git .*)", SERVER)
    used = {"git", "make", "nginx", "sqlite3", "rsync", "curl"}
    assert used <= set(packages.split())
    assert all(re.search(rf"(?:^|[ `]){program} ", SERVER.replace(packages, ""), re.MULTILINE) for program in used)
