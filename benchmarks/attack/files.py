"""Files that are small and hold much, or look small and cost much."""

from __future__ import annotations

import gzip
import io
import random
import string


def parquet(megabytes: int, number: int) -> bytes:
    """A Parquet file of a quarter of a megabyte, with texts of `megabytes` in 100,000 rows."""
    import pyarrow as pa
    from pyarrow import parquet as files

    rows = 100_000
    length = megabytes * 1_000_000 // rows
    opening = f"file {number} " + "all of this is the same " * (length // 24)
    texts = [f"{opening[: length - 8]} {row}" for row in range(rows)]
    table = pa.table({"text": texts, "label": pa.array(["good", "bad"] * (rows // 2)).dictionary_encode()})
    file = io.BytesIO()
    files.write_table(
        table, file, compression="zstd", compression_level=9, use_dictionary=["label"],
        column_encoding={"text": "DELTA_BYTE_ARRAY"},
    )  # fmt: skip
    return file.getvalue()


def unique_words(megabytes: float) -> bytes:
    """A CSV file in which no word occurs twice."""
    letters, lines, draw = string.ascii_lowercase, ["text,label"], random.Random(7)
    for row in range(int(megabytes * 1_000_000 / 8_000)):
        drawn = "".join(draw.choices(letters, k=9 * 800))
        words = " ".join(drawn[at : at + 9] for at in range(0, len(drawn), 9))
        lines.append(f"{words},{'good' if row % 2 else 'bad'}")
    return "\n".join(lines).encode()


def packed_csv(megabytes: int, number: int) -> bytes:
    """A `.csv.gz` a thousand times smaller than its content."""
    rows = 2_000
    text = f"{number}" + "a" * (megabytes * 1_000_000 // rows - 8)
    lines = ["text,label", *(f"{text},{'good' if row % 2 else 'bad'}" for row in range(rows))]
    return gzip.compress("\n".join(lines).encode(), 9)


def many_keys(keys: int) -> bytes:
    """One JSON object."""
    return ("{" + ",".join(f'"{key}":0' for key in range(keys)) + "}").encode()
