"""A real PostgreSQL on the loopback interface, with everything it keeps in a temporary folder."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from scripts.find_postgresql import find_postgresql
from scripts.running_app import free_port
from tests.waiting import until

USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class Postgres:
    """A server that can be stopped and started again on the same port; `close` takes everything away."""

    def __init__(self) -> None:
        programs = find_postgresql()
        if programs is None:
            raise RuntimeError("there is no PostgreSQL: python scripts/find_postgresql.py says how to get it")
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="seqlab-pg-"))  # pytest's own folders are root's alone
        self._drop = _unprivileged(self._folder)
        self._password = secrets.token_urlsafe(12)
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+psycopg://lab:{self._password}@127.0.0.1:{self._port}/{database}"

    def create_database(self, name: str) -> str:
        """A new, empty database; gives its URL."""
        with self._connection() as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def count_schemas(self, like: str) -> int:
        """How many have a name of that kind."""
        with self._connection() as connection:
            found = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE %s", [like]).fetchone()
        return int(found[0]) if found else 0

    def start(self) -> None:
        """Start it; returns when it takes connections."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self._port), *self._options()],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **self._drop,
            )
        until(self._answers)

    def stop(self) -> None:
        """What `pg_ctl stop -m fast` does: every connection is cut, every transaction that goes on is undone."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        """Stop it and take its files away."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._folder),
            "fsync": "off",  # nobody pulls the plug of a test
            "max_connections": "100",
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self._password)
        if self._drop:
            os.chown(secret, self._drop["user"], self._drop["group"])
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "lab", "--auth=scram-sha-256"]
        command += [f"--pwfile={secret}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, **self._drop)
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended:\n{(self._folder / 'log').read_text()[-4000:]}")
        try:
            self._connection().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(self.url().replace("+psycopg", ""), autocommit=True, connect_timeout=5)


def _unprivileged(folder: Path) -> dict:
    """How a child drops root's privileges, with the folder given to that user; nothing when we have none."""
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError(f"PostgreSQL does not run as root, and there is no user {' or '.join(USERS)}")
