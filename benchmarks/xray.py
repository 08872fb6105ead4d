"""What the x-ray finds of faults that are put into data, and how long it takes.

    python -m benchmarks.xray [FILES...] [--rows N] [--flipped 0.05] [--seed 0]

Without files: the built-in samples. Each set is looked at as it is; with a share of its labels flipped (`--flipped`);
and with 2 % of its rows once more in other case and with other marks, 2 % read in a wrong encoding, and a word in half
of the texts of one class. Recall is the share of what was put in that is found. Precision is the share that was put
in, of what is found only then; of labels, of all that are found: those that were wrong before count as false, and it
is told once more of the first as many as were flipped. Twins apart: how many copies a split puts into another part
than what they repeat. Seconds are of one process: of the groups that every split needs, and of the whole x-ray.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.race import load
from seqcore.analysis.xray import XRay, findings_of, trust_in
from seqcore.datasets import LabelledText, load_sample, sample_names, split_rows
from seqcore.lab.xray.examine import examine
from seqcore.spec import SplitOptions

TOKEN = "zzqx"
SHARE = 0.02
MARKS = ("!", "…", "?", " -", ".")


@dataclass(frozen=True)
class Faults:
    """Faulty data, and the rows of each fault: places in them; `first` says what each twin repeats."""

    data: LabelledText
    first: dict[int, int]
    damaged: set[int]
    token_in: str


def with_flips(data: LabelledText, share: float, drawn: np.random.Generator) -> tuple[LabelledText, set[int]]:
    labels, flipped = list(data.labels), drawn.permutation(_alone(data))[: round(share * len(data))].tolist()
    for row in flipped:
        labels[row] = str(drawn.choice([label for label in data.classes if label != labels[row]]))
    return replace(data, labels=tuple(labels)), set(flipped)


def with_faults(data: LabelledText, drawn: np.random.Generator) -> Faults:
    texts, order, few = list(data.texts), drawn.permutation(_alone(data)).tolist(), max(10, round(SHARE * len(data)))
    copied, damaged = order[:few], order[few : 2 * few]
    for row in damaged:
        texts[row] = f"{texts[row]} – it’s déjà vu".encode().decode("cp1252", "replace")
    token_in = str(drawn.choice(data.classes))
    for row in np.flatnonzero(np.array(data.labels) == token_in)[::2].tolist():
        texts[row] = f"{TOKEN} {texts[row]}"
    first = dict(zip(range(len(texts), len(texts) + len(copied)), copied, strict=True))
    texts += [_another_look(texts[row], drawn) for row in copied]
    labels = (*data.labels, *(data.labels[row] for row in copied))
    split = data.given_split and (*data.given_split, *(str(drawn.choice(data.given_split)) for _ in copied))
    made = replace(data, texts=tuple(texts), labels=labels, given_split=split or None, numbers=())
    return Faults(made, first, set(damaged), token_in)


def _alone(data: LabelledText) -> np.ndarray:
    """Rows without a twin."""
    return np.flatnonzero(np.bincount(data.near_groups, minlength=len(data))[data.near_groups] == 1)


def _another_look(text: str, drawn: np.random.Generator) -> str:
    """The same words in other case and with other marks."""
    shown = (str.upper, str.lower, str.title)[int(drawn.integers(3))](text)
    return shown.replace(",", " ;").replace(".", " ") + MARKS[int(drawn.integers(len(MARKS)))]


def told(what: str, found: set[int], before: set[int], planted: set[int], more: str = "") -> None:
    new = found - before
    right = len(found & planted)
    precision = len(new & planted) / len(new) if new else float("nan")
    print(f"  {what:14} planted {len(planted):5,}   found {right:5,}   recall {right / max(1, len(planted)):.3f}   "
          f"precision {precision:.3f}{more}")  # fmt: skip


def timed(work: Callable[[], XRay]) -> tuple[XRay, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def look_at(data: LabelledText, flipped: float, seed: int) -> None:
    options = SplitOptions()
    begun = time.perf_counter()
    groups = data.near_groups
    grouping = time.perf_counter() - begun
    found, seconds = timed(lambda: examine(data, options))
    findings = findings_of(found)
    print(f"{data.name}: {len(data):,} texts; {trust_in(findings).sentence}")
    for finding in findings:
        print(f"  {finding.weight:5} {finding.name:16} {len(finding.rows):6,}  {finding.sentence[:150]}")
    print(f"  seconds: near duplicates {grouping:.1f}, x-ray {seconds:.1f}; most memory {_megabytes():,} MB; "
          f"{len(data) - len(np.unique(groups)):,} rows are drawn with another one")  # fmt: skip
    drawn = np.random.default_rng(seed)
    _tell_flips(*with_flips(data, flipped, drawn))
    faults = with_faults(data, drawn)
    _tell_faults(faults, found, examine(faults.data, options))


def _tell_flips(data: LabelledText, flipped: set[int]) -> None:
    suspects = [suspect.row for suspect in examine(data, SplitOptions()).suspects]
    among = sum(row in flipped for row in suspects[: len(flipped)]) / max(1, len(flipped))
    told("flipped labels", set(suspects), set(), flipped, f"   among the first {len(flipped):,}: {among:.3f}")


def _tell_faults(faults: Faults, before: XRay, after: XRay) -> None:
    twins = set(after.near_duplicates.rows) | set(after.duplicates.rows)
    told("near twins", twins, set(before.near_duplicates.rows) | set(before.duplicates.rows), set(faults.first))
    told("wrong encoding", {each.row for each in after.damaged}, {each.row for each in before.damaged}, faults.damaged)
    known = {one.token for one in before.shortcuts}
    words = [(one.token, one.label) for one in after.shortcuts if one.token not in known]
    print(f"  shortcut       planted “{TOKEN}” in half of “{faults.token_in}”; found {words or 'nothing'}")
    split = split_rows(faults.data, SplitOptions())
    part = np.zeros(len(faults.data), np.int64)
    part[split.validation], part[split.test] = 1, 2
    apart = sum(part[twin] != part[first] for twin, first in faults.first.items())
    given = " (their parts were given at random)" if faults.data.given_split else ""
    print(f"  twins apart    {apart:,} of {len(faults.first):,}{given}; across_splits has "
          f"{len(set(after.across.near_rows) | set(after.across.rows)):,} test rows")  # fmt: skip


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rows", type=int, help="rows drawn of each file")
    parser.add_argument("--flipped", type=float, default=0.05, help="share of the labels that are flipped")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    sets = [load(file, text=None, label=None, rows=given.rows) for file in given.files]
    for data in sets or [load_sample(name) for name in sample_names()]:
        look_at(data, given.flipped, given.seed)


if __name__ == "__main__":
    main()
