"""Texts that say the same: identical ones, and those that differ in case, marks or a few words."""

from seqcore.datasets.twins.groups import first_of_identical, first_of_near

__all__ = ["first_of_identical", "first_of_near"]
