"""A run on a disk of its own that is full when the model is to be saved; prints what became of it.

    unshare --user --map-root-user --mount python full_disk.py HOME

A process of its own, because only inside a namespace may anybody mount a file system.
"""

import json
import subprocess
import sys
from pathlib import Path

from seqcore.architectures import get_architecture
from seqcore.datasets.samples import load_sample
from seqcore.engine import Engine
from seqcore.inspections.prediction import PredictRequest
from seqcore.settings import Settings
from seqcore.spec import RunSpec, TrainingOptions
from seqcore.store import DONE, Store
from tests.waiting import until

PATIENCE = 240.0
SMALL = {"embedding_size": 4, "units": 4}


def main(home: Path) -> None:
    disk = home / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
    settings = Settings(home=home, artifacts_url=str(disk))
    store, engine = Store(settings.database, settings.artifacts), Engine.start(settings, training_workers=1)
    try:
        run_id = queue_run(store)
        filler = disk / "filler"
        fill(filler)
        engine.submit([run_id])
        full = ended(store, run_id)
        left = sorted(path.name for path in disk.rglob("*") if path.is_file())
        filler.unlink()
        engine.submit(store.queue.resume("me", [run_id]))
        resumed = ended(store, run_id)
        answer = engine.ask("predict", run_id, PredictRequest(texts=("a fine film",)), timeout=PATIENCE)
    finally:
        engine.close()
    print(json.dumps({"full": full, "left": left, "resumed": resumed, "classes": answer.classes}))


def queue_run(store: Store) -> str:
    dataset = store.datasets.add("me", load_sample())
    options = get_architecture("rnn").validate_options(SMALL).model_dump()
    spec = RunSpec(dataset=dataset.content_hash, architecture="rnn", model=options, training=TrainingOptions(epochs=2))
    (run,) = store.runs.of("me", store.experiments.add("me", dataset.id, [spec]).id)
    return run.id


def fill(file: Path) -> None:
    """Leave no byte free."""
    try:
        with file.open("wb", buffering=0) as output:
            while True:
                output.write(bytes(4096))
    except OSError:
        return


def ended(store: Store, run_id: str) -> list[str]:
    run = until(lambda: (run := store.runs.find(run_id)).state in DONE and run, seconds=PATIENCE)
    return [run.state.value, run.message]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
