"""What a pretrained encoder is worth beside models that begin with nothing, and what it takes.

    python -m benchmarks.pretrained_encoder FILE ENCODER [--seeds 3] [--train head,last,all] [--epochs 30]

ENCODER is a folder or a zip of an encoder's files, or its name on the hub. Each model is trained here, one after the
other, with the default settings; seconds are those of training alone, an encoder's frozen part included. A tuned
encoder is trained for at most `--tuned-epochs` epochs.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from seqcore.architectures.pretrained import NAME
from seqcore.cli.loading import GivenData, load_data
from seqcore.lab.plan import Choices
from seqcore.lab.pretrained import find_encoder
from seqcore.lab.start import start_experiment
from seqcore.settings import get_settings
from seqcore.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--train", default="head,last,all")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--tuned-epochs", type=int, default=3)
    given = parser.parse_args()
    from seqcore.worker.train import train_run

    encoder = find_encoder(given.encoder, get_settings())
    print(f"{encoder.name}: {encoder.config.told(encoder.parameters)}\n")
    usual = Choices().with_seeds(range(given.seeds)).with_values({"epochs": given.epochs})
    models = {name: replace(usual, architectures=(name,)) for name in ("bag_of_words", "lstm_attention")}
    for way in filter(None, given.train.split(",")):
        epochs = given.epochs if way == "head" else given.tuned_epochs
        chosen = replace(usual, architectures=(NAME,)).with_pretrained(encoder.content_hash, encoder.config)
        models[f"{NAME}, {way}"] = chosen.with_values({f"{NAME}.train": way, "epochs": epochs})
    print("| model | accuracy, mean | of each seed | loss, mean | parameters trained | seconds of training |")
    print("|---|---|---|---|---|---|")
    data = load_data(GivenData(files=[given.file]))
    with tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{home}/lab.db", f"{home}/artifacts")
        for name, chosen in models.items():
            specs = chosen.specs(data.content_hash, max_epochs=given.epochs)
            experiment = start_experiment(
                store, "personal", data, specs, submit=lambda runs: None, pretrained=encoder
            )  # fmt: skip
            for run_id in experiment.run_ids:
                train_run(run_id, store, "benchmark")
            runs = [store.runs.get("personal", run_id) for run_id in experiment.run_ids]
            tests = [run.results["test"] for run in runs]
            accuracies, losses = ([test[key] for test in tests] for key in ("accuracy", "loss"))
            each = " ".join(f"{value:.3f}" for value in accuracies)
            seconds = np.mean([run.seconds["training"] for run in runs])
            print(
                f"| {name} | {np.mean(accuracies):.3f} | {each} | {np.mean(losses):.3f} | {runs[0].parameters:,} "
                f"| {seconds:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
