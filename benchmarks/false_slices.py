"""How often a slice is called bad where none is, and how often a planted one is found.

    python -m benchmarks.false_slices [--repeats 400]

Every experiment has texts that are hard for all models, and slices drawn at random. Then the texts of one slice are
right less often for one model; found means that this slice is its worst one, and is called real. 3 minutes.
"""

from __future__ import annotations

import argparse

import numpy as np

from seqcore.analysis.slices import slice_scores, worst_slice
from seqcore.analysis.slicing import Slicing

DRAWS = 199
SHAPES = [(models, texts, cuts) for models in (1, 4, 10) for texts in (100, 600) for cuts in (3, 8)]
GROUPS = 5
GAPS = (0.1, 0.2, 0.3)


def experiment(rng: np.random.Generator, models: int, texts: int, cuts: int) -> tuple[np.ndarray, list[Slicing]]:
    """Right and wrong answers without any bad slice, and slices of them."""
    hard = rng.random(texts) < 0.3
    scores = (rng.random((models, texts)) < np.where(hard, 0.5, 0.95)).astype(float)
    names = tuple(f"group {number}" for number in range(GROUPS))
    return scores, [Slicing(f"cut {number}", names, rng.integers(0, GROUPS, texts)) for number in range(cuts)]


def false_alarms(models: int, texts: int, cuts: int, repeats: int) -> float:
    """Share of experiments in which any slice of any model is called bad."""
    found = 0
    for seed in range(repeats):
        scores, slicings = experiment(np.random.default_rng(seed), models, texts, cuts)
        scored = slice_scores(scores, slicings, seed=seed, draws=DRAWS)
        found += any(each.is_real for model in scored for each in model)
    return found / repeats


def power(models: int, texts: int, cuts: int, gap: float, repeats: int) -> float:
    """Share of experiments in which the slice that was made worse is found."""
    found = 0
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        scores, slicings = experiment(rng, models, texts, cuts)
        planted = slicings[0].places == 0
        scores[0, planted] *= rng.random(int(planted.sum())) >= gap / scores.mean()
        worst = worst_slice(slice_scores(scores, slicings, seed=seed, draws=DRAWS)[0])
        found += worst is not None and worst.is_real and (worst.slicing, worst.group) == ("cut 0", "group 0")
    return found / repeats


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=400)
    repeats = parser.parse_args().repeats
    print("models  texts  slices  false alarms  " + "  ".join(f"found, {100 * gap:.0f} points" for gap in GAPS))
    for models, texts, cuts in SHAPES:
        alarms = false_alarms(models, texts, cuts, repeats)
        powers = [power(models, texts, cuts, gap, repeats // 4) for gap in GAPS]
        told = "  ".join(f"{each:>16.1%}" for each in powers)
        print(f"{models:>6}  {texts:>5}  {models * cuts * GROUPS:>6}  {alarms:>12.1%}  {told}", flush=True)


if __name__ == "__main__":
    main()
