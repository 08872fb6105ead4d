"""What was chosen as one short text that stands in a link, and back: `rnn.lstm~epochs-20~lstm.units-64`.

Parts are separated by `~`: first the models, then settings as `name-value`, each under the name that `--set` knows.
None of these signs has a meaning in a URL. Whatever a text says that is unknown or out of bounds is left as it was and
told; nothing is ever raised, for a link may be old, cut off or hostile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from seqcore.architectures import SharedOptions, architectures
from seqcore.errors import SeqlabError
from seqcore.lab.match import possible_references
from seqcore.lab.plan import MATCHES, MAX_REPEATS, Choices
from seqcore.lab.plan_notes import PlanNotes
from seqcore.spec import Options, checked, declared, default_input

MOST_CHARACTERS = 6000
MOST_SEEDS = 100
GREATEST_SEED = 2**31 - 10  # as the form has it: room for repeats
_NO_MODEL = "none"
_OF_SEEDS = ("seed", "seeds", "repeats")
_OF_MATCH = ("match", "match_to")


def write_plan(chosen: Choices, *, complete: bool = False) -> str:
    """The text of what was chosen.

    Args:
        chosen: Models, settings and seeds.
        complete: Name the settings at their defaults too: for a link that means the same when the defaults are others.
    """
    parts = [".".join(chosen.architectures) or _NO_MODEL]
    if chosen.input.kind != default_input().kind:
        parts.append(f"kind-{chosen.input.kind}")
    if complete or chosen.seed or chosen.seeds:
        parts.append(f"seeds-{'.'.join(map(str, chosen.every_seed))}" if chosen.seeds else f"seed-{chosen.seed}")
    if not chosen.seeds and (complete or chosen.repeats > 1):
        parts.append(f"repeats-{chosen.repeats}")
    if complete or chosen.match != "none":
        parts.append(f"match-{chosen.match}")
    if chosen.match != "none" and chosen.match_to:
        parts.append(f"match_to-{chosen.match_to}")
    parts += [f"{name}-{_written(value)}" for name, value in _settings(chosen, complete)]
    return "~".join(parts)


def read_plan(text: str, *, max_epochs: int) -> tuple[Choices, list[str]]:
    """What a text chooses, and a sentence for everything in it that could not be followed.

    Args:
        text: From `write_plan`, or from anybody.
        max_epochs: Of this deployment; a greater number is not followed.
    """
    notes = PlanNotes()
    if len(text) > MOST_CHARACTERS:
        return Choices(), ["The link is too long to be followed: everything is left at its default."]
    models, *parts = text.split("~")
    named = dict.fromkeys(name for name in models.split(".") if name and name != _NO_MODEL)
    known = {which.name for which in architectures()}
    chosen = replace(Choices(), architectures=tuple(name for name in named if name in known))
    for name in (name for name in named if name not in known):
        notes.add(f"There is no model “{notes.quoted(name)}”: it is left out.")
    if models != _NO_MODEL and not chosen.architectures:
        notes.add("The link names no model that exists: the usual ones are chosen.")
        chosen = Choices()
    values: dict[str, str] = {}
    for part in filter(None, parts):
        name, dash, value = part.partition("-")
        if dash:
            values[name] = value
        else:
            notes.add(f"“{notes.quoted(part)}” is not a setting with a value: it is left out.")
    if "group_duplicates" in values:  # a link that says all, from before near duplicates were kept together
        values.setdefault("group_near_duplicates", "false")
    return _followed(chosen, values, max_epochs, notes), notes.sentences()


def _followed(chosen: Choices, values: dict[str, str], max_epochs: int, notes: PlanNotes) -> Choices:
    """The kind first, for its settings are found only then; seeds are no settings."""
    if "kind" in values:
        try:
            chosen = chosen.for_kind(values.pop("kind"))
        except SeqlabError as error:
            notes.add(f"{error.problem}: the data decide.")
    chosen = chosen.within(max_epochs)
    usual = chosen.training.epochs
    for name, text in values.items():
        value = _read(text)
        if name in (*_OF_SEEDS, *_OF_MATCH):
            continue
        if name == "epochs" and type(value) is int and value > max_epochs:
            notes.left("Epochs", value, usual, f"this server trains at most {max_epochs}")
        else:
            chosen = _with_setting(chosen, name, value, notes)
    chosen = _without_file(chosen, notes)
    return _with_match(_with_seeds(chosen, values, notes), values, notes)


def _without_file(chosen: Choices, notes: PlanNotes) -> Choices:
    """Word vectors that the link speaks of are in a file that it cannot carry."""
    try:
        chosen.input.refuse_unready()
    except SeqlabError:
        notes.add("The link's models begin with word vectors from a file, which no link carries: give it below.")
        return replace(chosen, input=chosen.input.without_vectors())
    return chosen


def _with_setting(chosen: Choices, name: str, value: Any, notes: PlanNotes) -> Choices:
    """One setting changed, by its own bounds alone: how it goes with the others, the form says."""
    owner, dot, option = name.rpartition(".")
    if not dot:
        for group, options in chosen.groups().items():
            if name in declared(options):
                before = getattr(chosen, group).model_dump()
                good = _checked(options, name, value, before[name], notes)
                return chosen.with_group(group, before | {name: good})
    for which in architectures():
        if which.name == owner and option in declared(which.options):
            own = {each: dict(options) for each, options in chosen.own.items()}
            usual = chosen.shared.model_dump().get(option, declared(which.options)[option].default)
            own.setdefault(owner, {})[option] = _checked(which.options, option, value, usual, notes, which.label)
            return replace(chosen, own=own)
    notes.add(f"There is no setting “{notes.quoted(name)}”: it is left out.")
    return chosen


def _checked(options: type[Options], name: str, value: Any, now: Any, notes: PlanNotes, owner: str = "") -> Any:
    """The value; the one in force where it cannot be."""
    try:
        return checked(options, name, value)
    except SeqlabError as error:
        title = str(declared(options)[name].title)
        why = error.problem.partition(": ")[2] or error.problem
        notes.left(f"{title} of {owner}" if owner else title, value, now, why)
        return now


def _with_seeds(chosen: Choices, values: dict[str, str], notes: PlanNotes) -> Choices:
    if "seeds" in values:
        seeds = [_read(part) for part in values["seeds"].split(".")]
        if len(seeds) <= MOST_SEEDS and all(_is_seed(seed) for seed in seeds):
            return chosen.with_seeds(list(dict.fromkeys(seeds)))
        notes.left("Seeds", values["seeds"], chosen.seed, f"at most {MOST_SEEDS} whole numbers from 0")
    seed, repeats = _read(values.get("seed", "0")), _read(values.get("repeats", "1"))
    if not _is_seed(seed):
        notes.left("Seed", seed, chosen.seed, "a whole number from 0")
        seed = chosen.seed
    if type(repeats) is not int or not 1 <= repeats <= MAX_REPEATS:
        notes.left("Repeats", repeats, chosen.repeats, f"from 1 to {MAX_REPEATS}")
        repeats = chosen.repeats
    return replace(chosen, seed=seed, repeats=repeats)


def _with_match(chosen: Choices, values: dict[str, str], notes: PlanNotes) -> Choices:
    wanted, name = values.get("match", chosen.match), values.get("match_to", "")
    match = next((known for known in MATCHES if known == wanted), None)
    if match is None:
        notes.left("Fair match", wanted, MATCHES[chosen.match], f"one of {', '.join(MATCHES)}")
        return chosen
    if match == "none":
        return chosen
    if name and name not in possible_references(chosen):
        notes.add(f"Models cannot be matched to “{notes.quoted(name)}”: the first that can be is taken.")
        name = ""
    return replace(chosen, match=match, match_to=name)


def _settings(chosen: Choices, complete: bool) -> Iterator[tuple[str, Any]]:
    """Every setting that the text names, with its value."""
    for group, options in chosen.groups().items():
        values = getattr(chosen, group).model_dump()
        for name, field in declared(options).items():
            if complete or values[name] != field.default:
                yield name, values[name]
    shared = chosen.shared.model_dump()
    for which in architectures():
        own = chosen.own.get(which.name, {})
        for name, field in declared(which.options).items():
            usual = shared[name] if name in SharedOptions.model_fields else field.default
            named = complete and which.name in chosen.architectures and name not in shared
            if named or own.get(name, usual) != usual:
                yield f"{which.name}.{name}", own.get(name, usual)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _read(value: str) -> Any:
    """A number, yes or no; anything else is text."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found if isinstance(found, bool | int | float) else value


def _is_seed(value: object) -> bool:
    return type(value) is int and 0 <= value <= GREATEST_SEED
