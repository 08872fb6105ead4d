"""`readme.txt`: what one does with a report that was just unzipped."""

from __future__ import annotations

from collections.abc import Mapping

_AGAIN = """
To train every model again and see whether the numbers of the report come out, in this folder (on Windows
`env\\Scripts` instead of `env/bin`), with Python {python}:

    python3 -m venv env
    env/bin/python -m pip install -r requirements.txt
    env/bin/python train.py

The notebook does the same, cell by cell, with words between:

    env/bin/python -m pip install notebook
    env/bin/python -m notebook notebook.ipynb

TensorFlow and what it needs take about 2 GB of disk.
"""


def readme(contents: Mapping[str, str], *, python: str) -> str:
    """The content of the file.

    Args:
        contents: What lies beside it, by name, each in a few words.
        python: The version where the report was written, such as "3.11.7".
    """
    files = "\n".join(f"{name}\n    {what}" for name, what in contents.items())
    again = _AGAIN.format(python=".".join(python.split(".")[:2])) if "train.py" in contents else ""
    return f"Begin with report.html: any browser opens it, offline too.\n{again}\nWhat lies here:\n\n{files}\n"
