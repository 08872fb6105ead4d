"""How far maps of what mattered can be trusted: their figures on test texts, mean by model and map.

    python -m benchmarks.trust sms_spam.csv [--texts 100] [--architectures lstm_attention,bilstm_attention]

Trains each model once with the defaults, then asks `trust` about each map of so many of its test texts, drawn with a
fixed seed, and `integrated_gradients` for how far its sums miss the difference of logits. Prints comprehensiveness (of
random words in brackets), sufficiency, trust, the share of texts of each word, and for attention how far its shuffled
weights move the answer.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.race import bad, data_parser, load, wait_for, warm_engine
from seqcore.analysis.predictions import TEST_FILE, read_texts
from seqcore.analysis.trust import DO_NOT, HALF_TRUST, TRUST_IT
from seqcore.architectures import get_architecture
from seqcore.engine import Engine
from seqcore.inspections import get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.gradient_input import GRADIENT_INPUT
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS, IntegratedGradientsRequest
from seqcore.inspections.occlusion import OCCLUSION
from seqcore.inspections.rollout import ROLLOUT
from seqcore.inspections.trust import TRUST, TrustAnswer, TrustRequest
from seqcore.lab.plan import Choices
from seqcore.store import Run, Store

WORKSPACE = "personal"
METHODS = (ATTENTION, ROLLOUT, INTEGRATED_GRADIENTS, OCCLUSION, GRADIENT_INPUT)
COLUMNS = ("comprehensive", "(random)", "sufficient", "(random)", "trust", "trust it/half/don't", "weights matter")


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--architectures", default="lstm_attention,bilstm_attention")
    given = parser.parse_args()
    data = load(given.file, text=given.text, label=given.label, rows=given.rows)
    with warm_engine() as (store, engine):
        dataset = store.datasets.add(WORKSPACE, data)
        chosen = Choices(architectures=tuple(given.architectures.split(",")))
        experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs(data.content_hash, max_epochs=500))
        engine.submit(experiment.run_ids)
        runs = wait_for(store, WORKSPACE, experiment.id)
        if problems := bad(runs):
            sys.exit("\n".join(problems))
        for run in sorted(runs, key=lambda run: experiment.run_ids.index(run.id)):
            report(engine, run, drawn_texts(store, run, data.classes, given.texts))


def drawn_texts(store: Store, run: Run, classes: Sequence[str], number: int) -> list[str]:
    """Test texts of a run, drawn with a fixed seed."""
    texts, _ = read_texts(store.artifacts.read(run.id, TEST_FILE), classes)
    return [texts[row] for row in np.random.default_rng(0).permutation(len(texts))[:number]]


def report(engine: Engine, run: Run, texts: Sequence[str]) -> None:
    """Print the figures of one model."""
    print(f"{run.architecture}, {len(texts)} test texts")
    print(f"  {'':21}" + "".join(f"{column:>21}" for column in COLUMNS))
    for method in METHODS:
        if get_inspection(method).applies_to(get_architecture(run.architecture), run.spec.input.kind) is None:
            found = [engine.ask(TRUST, run.id, TrustRequest(text=text, method=method)) for text in texts]
            print(f"  {method:21}" + "".join(f"{cell:>21}" for cell in _figures(found)))
    shared = [engine.ask(INTEGRATED_GRADIENTS, run.id, IntegratedGradientsRequest(text=text)) for text in texts]
    errors, points = [each.completeness_error for each in shared], [each.points for each in shared]
    missed = f"{np.mean(errors):.3%} (mean), {max(errors):.3%} (most)"
    taken = f"{np.mean(points):.0f} points (mean), {max(points)} (most)"
    print(f"  integrated gradients miss the difference of logits by {missed}, with {taken}")


def _figures(found: Sequence[TrustAnswer]) -> tuple[str, ...]:
    names = ("comprehensiveness", "random_comprehensiveness", "sufficiency", "random_sufficiency", "trust")
    words = Counter(each.word for each in found)
    matter = [each.attention.matter for each in found if each.attention is not None]
    return (
        *(f"{np.mean([getattr(each, name) for each in found]):.3f}" for name in names),
        "/".join(f"{words[word] / len(found):.0%}" for word in (TRUST_IT, HALF_TRUST, DO_NOT)),
        f"{np.median(matter):.2f} (median)" if matter else "",
    )


if __name__ == "__main__":
    main()
