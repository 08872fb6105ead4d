"""Keep specs as this version of the program stores them: to be run before VERSION in `seqcore.spec.run` is raised.

    python scripts/keep_specs.py

The files go to tests/spec/stored, where they are read by every version that follows. Those of the first version were
written by that version itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import seqcore.kinds  # noqa: F401  (a spec names a kind)
from seqcore.architectures import architectures
from seqcore.lab.plan import Choices
from seqcore.spec import PRESETS, RunSpec
from seqcore.spec.run import VERSION

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "spec" / "stored"
CONTENT = "3f1c9d0a5b7e4c21"
ODD = {
    "tokenizer": "subword", "vocabulary_size": 2000, "min_count": 3, "punctuation": "keep", "truncate": "start",
    "max_length": 7, "lowercase": False, "stop_words": "english",
    "spaceless": "words", "fold_width": False, "arabic_marks": "drop", "test_share": 0.35, "validation_share": 0.25,
    "split_seed": 2**31 - 1, "group_duplicates": False, "group_near_duplicates": False, "split_each_seed": True,
    "training_share": 0.01, "epochs": 500,
    "batch_size": 1, "learning_rate": 1e-6, "optimizer": "sgd", "early_stopping": 100, "class_weights": True,
    "gradient_clipping": 0.5, "units": 3, "layers": 6, "dropout": 0.9,
}  # fmt: skip


def specs() -> Iterator[tuple[str, RunSpec]]:
    """Name and spec of every file: each architecture, each preset, values that nobody chooses, and nothing said."""
    for architecture in architectures():
        kind = "text" if "tokens" in architecture.reads else "audio"
        given = {"pretrained": {"encoder": "0" * 32}}  # that needs one
        yield architecture.name, spec_of(Choices(architectures=(architecture.name,), own=given).for_kind(kind))
    for preset, values in PRESETS.items():
        for name in ("lstm_attention", "bilstm"):
            yield f"preset_{preset}_{name}", spec_of(Choices(architectures=(name,)).with_preset(values))
    for name, more in (("bigru", {"embedding_size": 2}), ("transformer", {"heads": 2, "embedding_size": 2})):
        chosen = Choices(architectures=(name,), seed=2**31 - 2)
        for option, value in (more | ODD).items():
            chosen = chosen.with_values({option: value})
        yield f"odd_{name}", spec_of(chosen)
    yield "nothing_said", RunSpec(dataset=CONTENT, architecture="rnn")


def spec_of(chosen: Choices) -> RunSpec:
    (spec,) = chosen.specs(CONTENT, max_epochs=500)
    return spec


if __name__ == "__main__":
    for name, spec in specs():
        text = json.dumps(spec.model_dump(mode="json"), indent=1, ensure_ascii=False)
        (FOLDER / f"v{VERSION}_{name}.json").write_text(f"{text}\n", encoding="utf-8")
