"""How much faster texts become ids here than with Keras' Tokenizer: both in one process, the same texts, in turn."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions

VOCABULARY = 10_000


def read_texts(path: Path, column: str | None, rows: int) -> list[str]:
    """The texts of a CSV or Parquet file; without a column name the one with the most characters."""
    import pandas as pd

    if path.suffix == ".parquet":
        frame = pd.read_parquet(path)
    else:
        frame = pd.read_csv(path, dtype=str, encoding="utf-8", encoding_errors="replace")
    frame = frame.astype(str)
    name = column or max(frame.columns, key=lambda each: frame[each].str.len().sum())
    return frame[name].head(rows).tolist()


def with_keras(texts: Sequence[str]) -> list[list[int]]:
    import tensorflow as tf

    tokenizer = tf.keras.preprocessing.text.Tokenizer(num_words=VOCABULARY, oov_token="<OOV>")
    tokenizer.fit_on_texts(texts)
    return tokenizer.texts_to_sequences(texts)


def with_ours(texts: Sequence[str], tokenizer: str) -> list[np.ndarray]:
    options = TextOptions(tokenizer=tokenizer, vocabulary_size=VOCABULARY, min_count=1, max_length=0)
    return TextEncoder.fit_encode(texts, options)[1]


def seconds(run: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()  # what the run before left behind
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="CSV or Parquet")
    parser.add_argument("--column", help="the texts (default: the column with the most characters)")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3, help="the best of so many counts, for each")
    arguments = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    texts = read_texts(arguments.file, arguments.column, arguments.rows)
    print(f"{len(texts):,} texts, {sum(map(len, texts)) / 1e6:.1f} million characters")
    with_keras(texts[:10])  # imports, outside the clock
    with_ours(texts[:10], "keras")
    expected: list[np.ndarray] = []
    best = dict.fromkeys(("Keras", "keras", "word", "subword", "character"), float("inf"))
    for _ in range(arguments.repeats):  # in turn, so that whatever else the machine does meets all of them
        for name in best:
            taken, ids = seconds(lambda: with_keras(texts) if name == "Keras" else with_ours(texts, name))  # noqa: B023
            best[name] = min(best[name], taken)
            if name == "Keras":
                expected = [np.array(each, np.int32) for each in ids]
            elif name == "keras" and not all(map(np.array_equal, expected, ids)):
                sys.exit("the ids differ from those of Keras")
            del ids
    theirs = best.pop("Keras")
    print(f"Keras Tokenizer, fit_on_texts + texts_to_sequences: {theirs:.2f} s")
    for name, ours in best.items():
        remark = " (the same ids)" if name == "keras" else ""
        print(f"ours, {name:9}: {ours:6.2f} s, {theirs / ours:5.1f} times as fast{remark}")


if __name__ == "__main__":
    main()
