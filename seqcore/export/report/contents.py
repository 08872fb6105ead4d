"""What lies in the zip, in a few words each."""

from __future__ import annotations

from seqcore.datasets import LabelledData, LabelledText
from seqcore.export.report.gathered import Gathered


def data_file_of(data: LabelledData) -> str:
    """The file that holds the data: CSV where a cell can hold an example."""
    return "data.csv" if isinstance(data, LabelledText) else "data.parquet"


def contents_of(gathered: Gathered) -> dict[str, str]:
    """The files by name."""
    exact = isinstance(gathered.data, LabelledText)
    apostrophe = " A cell that begins with an apostrophe has had one put before it: take it away." if exact else ""
    files = {"readme.txt": "How to begin."}
    if gathered.kind.retraining():
        files |= {
            "notebook.ipynb": "Trains every model again from the data, with Keras alone, explains each step, and says "
            "at the end whether the numbers of this report came out.",
            "train.py": "The same as a script.",
        }
    return files | {
        "table.tex": "The table of scores for a paper, in LaTeX; its first lines say which packages it needs.",
        data_file_of(gathered.data): f"All rows with their labels and the part that each is in.{apostrophe}",
        "experiment.json": "Settings, seeds, scores and versions, for programs; with the SHA-256 of the data.",
        "requirements.txt": "The packages with their versions, and all that they need, for pip.",
        "runs/": "A folder for each run: the model as Keras saves it, its vocabulary, its answers to the test "
        "(predictions.csv), its scores (evaluation.json), and predict.py, which needs no Sequence Lab.",
    }
