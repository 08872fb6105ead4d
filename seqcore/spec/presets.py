"""Settings that belong together under a name."""

from __future__ import annotations

from typing import Any

# The teaching notebook's settings: Tokenizer(num_words=1000, oov_token="<OOV>"), pad_sequences(padding="post"),
# Embedding(1000, 16), 32 units, adam, ten epochs, of which the last is kept. Names and values as in the option groups.
NOTEBOOK_PRESET: dict[str, Any] = {
    "tokenizer": "keras",
    "vocabulary_size": 1000,
    "min_count": 1,
    "max_length": 0,
    "lowercase": True,
    "stop_words": "none",
    "embedding_size": 16,
    "units": 32,
    "layers": 1,
    "dropout": 0.0,
    "score": "tanh",
    "memory": "keras",
    "epochs": 10,
    "batch_size": 32,
    "optimizer": "adam",
    "learning_rate": 0.001,
    "keep": "last",
    "early_stopping": 0,
    "class_weights": False,
    "gradient_clipping": 0.0,
}
PRESETS: dict[str, dict[str, Any]] = {"notebook": NOTEBOOK_PRESET}
