"""How each layer is computed and differentiated with arrays: a rule a kind of layer."""

from seqcore.worker.fit.steps.rules import attention, convolution, dense, elementwise, recurrent, transformer  # noqa: F401
from seqcore.worker.fit.steps.rules.base import RULES, Gradient, NoRuleError, OfPlaces, Rows, Rule, spread

__all__ = ["RULES", "Gradient", "NoRuleError", "OfPlaces", "Rows", "Rule", "spread"]
