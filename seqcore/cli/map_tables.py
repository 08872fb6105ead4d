"""What mattered in a text, and whether such a map can be trusted, as tables."""

from __future__ import annotations

import sys

from seqcore.cli.output import print_table
from seqcore.inspections.attention_changed import ChangedAttention
from seqcore.inspections.contracts import StepScores
from seqcore.inspections.flips import FlipsAnswer
from seqcore.inspections.integrated_gradients import IntegratedScores
from seqcore.inspections.trust import TrustAnswer


def print_scores(answer: StepScores) -> None:
    """A row a token with its score; below what the scores are of, and what they sum to where they do."""
    print_table(("score", "token"), [(f"{step.score:+.4f}", step.token) for step in answer.tokens])
    sys.stderr.write(f"The scores are of the class {answer.label}; the answer is {answer.prediction}\n")
    if isinstance(answer, IntegratedScores):
        sys.stderr.write(
            f"Together {answer.sum_of_scores:+.4f}, and the logit moves by {answer.difference_of_logits:+.4f}: "
            f"{100 * answer.completeness_error:.3f}\N{NO-BREAK SPACE}% are missed\n"
        )


def print_trust(answer: TrustAnswer) -> None:
    """The probability of the class as words go: those that the map marks most, least, and any."""
    columns = ("words that go", "marked most", "drawn at random", "marked least")
    parts = zip(answer.counts, answer.without_top, answer.without_random, answer.without_bottom, strict=True)
    rows = [(count, *(f"{share:.4f}" for share in shares)) for count, *shares in parts]
    print_table(columns, [(0, *[f"{answer.whole:.4f}"] * 3), *rows])
    if answer.attention is not None:
        other = answer.attention
        table = [("as it looks", answer.whole), ("everywhere alike", other.uniform), ("shuffled", other.permuted)]
        print_table(("attention", "probability"), [(name, f"{share:.4f}") for name, share in table])
    sys.stderr.write(f"{answer.method} for the class {answer.label}. {answer.sentence}\n")


def print_changed_attention(answer: ChangedAttention) -> None:
    """The model's own weights beside those given, and the probabilities under both."""
    steps = zip(answer.own, answer.tokens, strict=True)
    weights = [(f"{own:.4f}", f"{step.weight:.4f}", step.token) for own, step in steps]
    print_table(("own weight", "given", "token"), weights)
    rows = zip(answer.classes, answer.before.tolist(), answer.probabilities.tolist(), strict=True)
    print_table(("class", "before", "now"), [(label, f"{before:.4f}", f"{now:.4f}") for label, before, now in rows])


def print_flips(answer: FlipsAnswer) -> None:
    """The smallest changes that flip the answer, or the one that moves it most; below what all this says."""
    changes = answer.flips or ([answer.moves_most] if answer.moves_most else [])
    columns = ("change", "word", "from", "to", "answer then", "probability", "text then")
    rows = [
        (
            each.kind, each.position, each.before, each.after, each.prediction, f"{each.probabilities.max():.4f}",
            each.text[:60],
        )
        for each in changes
    ]  # fmt: skip
    print_table(columns, rows)
    sys.stderr.write(f"{answer.sentence}\n")
