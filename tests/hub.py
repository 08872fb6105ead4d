"""A hub of our own on the loopback interface: the answers that the real library asks for, and nothing else."""

import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

COMMIT = "c0ffee" * 6 + "c0ff"


@dataclass
class Hub:
    """What it has, and what was asked of it."""

    url: str = ""
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)  # by repository and path
    models: dict[str, dict[str, bytes]] = field(default_factory=dict)  # likewise, of encoders
    licences: dict[str, object] = field(default_factory=dict)
    promised: dict[str, str] = field(default_factory=dict)  # another checksum than a file has, by path
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path."""
        place = unquote(path).lstrip("/")
        for repo, files in self.files.items():
            if place.startswith(f"api/datasets/{repo}"):
                return 200, {"Content-Type": "application/json"}, json.dumps(self._about(repo)).encode()
            if place.startswith(f"datasets/{repo}/resolve/"):
                name = place.removeprefix(f"datasets/{repo}/resolve/{COMMIT}/")
                if name in files:
                    digest = hashlib.sha256(files[name]).hexdigest()
                    return 200, {"ETag": f'"{digest}"', "X-Repo-Commit": COMMIT}, files[name]
        for repo, files in self.models.items():
            if place.startswith(f"api/models/{repo}"):
                return 200, {"Content-Type": "application/json"}, json.dumps(self._about(repo)).encode()
            name = place.removeprefix(f"{repo}/resolve/{COMMIT}/")
            if name != place and name in files:
                digest = hashlib.sha256(files[name]).hexdigest()
                return 200, {"ETag": f'"{digest}"', "X-Repo-Commit": COMMIT}, files[name]
        missing = "EntryNotFound" if "/resolve/" in place else "RepoNotFound"
        return 404, {"X-Error-Code": missing, "Content-Type": "application/json"}, b'{"error": "not found"}'

    def _about(self, repo: str) -> dict[str, object]:
        siblings = [
            {
                "rfilename": path,
                "size": len(data),
                "blobId": "0" * 40,
                "lfs": {
                    "sha256": self.promised.get(path, hashlib.sha256(data).hexdigest()),
                    "size": len(data),
                    "pointerSize": 100,
                },
            }
            for path, data in (self.files.get(repo) or self.models[repo]).items()
        ]
        card = {"license": self.licences[repo]} if repo in self.licences else {}
        return {"id": repo, "sha": COMMIT, "siblings": siblings, "cardData": card, "tags": [], "downloads": 0}


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A hub that answers."""
    found = Hub()

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def _answer(self, *, body: bool) -> None:
            found.asked.append(urlsplit(self.path).path)
            status, headers, content = found.answer(urlsplit(self.path).path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if body:
                self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def parquet(columns: dict[str, list[object]], names: list[str] | None = None, column: str = "label") -> bytes:
    """A Parquet file as the hub makes it, the names of the classes in its schema."""
    table = pa.table(columns)
    if names is not None:
        said = {"info": {"features": {column: {"names": names, "_type": "ClassLabel"}}}}
        table = table.replace_schema_metadata({"huggingface": json.dumps(said)})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def posts_archive(posts: dict[str, str]) -> bytes:
    """An archive as 20 Newsgroups has it, by path and post."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as archive:
        for path, post in posts.items():
            data = post.encode("latin-1")
            about = tarfile.TarInfo(path)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return sink.getvalue()


def give_reviews(hub: Hub, repo: str = "somebody/reviews") -> None:
    """Put a set of short reviews with an official split there, in two files, beside a part without labels."""
    texts: list[object] = [f"a {'fine' if n % 2 else 'poor'} film, number {n}" for n in range(40)]
    labels: list[object] = [n % 2 for n in range(40)]
    names = ["bad", "good"]
    hub.files[repo] = {
        "plain/train/0000.parquet": parquet({"text": texts[:20], "label": labels[:20]}, names),
        "plain/train/0001.parquet": parquet({"text": texts[20:], "label": labels[20:]}, names),
        "plain/test/0000.parquet": parquet({"text": ["fine indeed", "poor indeed"], "label": [1, 0]}, names),
        "plain/unsupervised/0000.parquet": parquet({"text": ["nobody knows"], "label": [-1]}, names),
        "plain/partial-huge/0000.parquet": parquet({"text": ["nobody knows"], "label": [-1]}, names),
        "README.md": b"no table",
    }
    hub.licences[repo] = ["cc-by-4.0"]
