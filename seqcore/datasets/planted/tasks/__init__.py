"""One file a task; importing this registers them all, in the order of the lists that people see."""

# ruff: noqa: I001 - the order is what people see

from seqcore.datasets.planted.tasks import needle, first_word, order, negation, counting, brackets, agreement
from seqcore.datasets.planted.tasks import trend, frequency, spike

__all__ = [
    "agreement", "brackets", "counting", "first_word", "frequency", "needle", "negation", "order", "spike", "trend",
]  # fmt: skip
