"""Every inspection, registered on import, in the order they are shown."""

from seqcore.inspections import prediction, attention, word_order  # noqa: F401, I001  (order shown)
from seqcore.inspections.registry import Inspection, get_inspection, inspections, register

__all__ = ["Inspection", "get_inspection", "inspections", "register"]
