"""Specs as earlier versions stored them, brought to today's layout one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from seqcore.errors import OptionError
from seqcore.spec.run import VERSION, RunSpec

Stored = dict[str, Any]


def read_spec(stored: Mapping[str, Any]) -> RunSpec:
    """A stored spec of any version as today's.

    Raises:
        OptionError: it was written by a newer version, or is damaged.
    """
    try:
        return RunSpec.model_validate(upgraded(stored))
    except ValidationError as error:
        first = error.errors()[0]
        raise unreadable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise unreadable(type(error).__name__) from None


def upgraded(stored: Mapping[str, Any]) -> Stored:
    """The same settings in today's layout; what is stored stays as it is.

    Raises:
        OptionError: it was written by a newer version, or names none.
    """
    spec = dict(stored)
    version = spec.get("version", 1)  # the first layout had no number
    if type(version) is not int or version < 1:
        raise unreadable(f"version {version!r}")
    if version > VERSION:
        raise OptionError(
            "This run was made by a newer version of Sequence Lab",
            received=f"settings of version {version}, this one knows {VERSION}",
            remedy="Update Sequence Lab, or delete the run",
        )
    for step in range(version, VERSION):
        spec = STEPS[step](spec)
    return spec


def text_becomes_input(spec: Stored) -> Stored:
    """1 → 2: what a model reads is no longer text alone; the options say of which kind they are."""
    rest = {name: value for name, value in spec.items() if name != "text"}
    return {**rest, "version": 2, "input": {**spec.get("text", {}), "kind": "text"}}


def ways_of_training_are_said(spec: Stored) -> Stored:
    """2 → 3: what was not said yet.

    Where training could stop early, the epoch of the lowest loss was kept; batches were made by length; gates began
    as Keras has them.
    """
    training = {"epochs": 10, "early_stopping": 0, "gradient_clipping": 0.0} | spec.get("training", {})
    kept = "lowest_loss" if training["early_stopping"] else "last"
    training |= {"keep": kept, "batches": "by_length"}
    return {**spec, "version": 3, "training": training, **_model_as_before(spec)}


def _model_as_before(spec: Stored) -> Stored:
    """The model options of version 2, with those said that there was no choice of."""
    before: dict[str, Stored] = {
        "lstm": {"memory": "keras"},
        "gru": {"memory": "keras"},
        "bag_of_words": {"pairs": False, "sublinear": False, "whole_texts": False},
    }
    then = before.get(str(spec.get("architecture")))
    return {"model": {**then, **spec.get("model", {})}} if then else {}


def near_duplicates_were_apart(spec: Stored) -> Stored:
    """3 → 4: only identical texts were kept on one side of the split."""
    return {**spec, "version": 4, "split": {**spec.get("split", {}), "group_near_duplicates": False}}


def one_split_was_learned_whole(spec: Stored) -> Stored:
    """4 → 5: every seed had the same split, and models learned from all training rows."""
    split = {**spec.get("split", {}), "split_each_seed": False, "training_share": 1.0}
    return {**spec, "version": 5, "split": split}


def texts_were_read_by_letter(spec: Stored) -> Stored:
    """5 → 6: where scripts have no spaces, letters were tokens, and a text was read in the widths of its signs."""
    read: Stored = spec.get("input", {"kind": "text"})
    if read["kind"] == "text":
        read = {**read, "spaceless": "letters", "fold_width": False, "arabic_marks": "keep"}
    return {**spec, "version": 6, "input": read}


STEPS: dict[int, Callable[[Stored], Stored]] = {
    1: text_becomes_input,
    2: ways_of_training_are_said,
    3: near_duplicates_were_apart,
    4: one_split_was_learned_whole,
    5: texts_were_read_by_letter,
}


def unreadable(received: str, *, what: str = "settings") -> OptionError:
    """The error for a run of which something that is stored makes no sense."""
    return OptionError(
        f"The {what} of this run cannot be read", received=received[:200], remedy="Delete the run and train it again"
    )
