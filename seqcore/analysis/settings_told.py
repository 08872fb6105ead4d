"""The settings of models in plain words: what is the same, what differs, what is not the default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from seqcore.architectures import get_architecture
from seqcore.errors import OptionError
from seqcore.spec import RunSpec, declared


@dataclass(frozen=True)
class ToldSetting:
    """One setting of several models.

    Attributes:
        name: As `--set` takes it.
        title: What people call it.
        default: Its default, in words.
        said: By number of a model, its value in words; a model that has no such setting is missing.
        changed: Numbers of the models whose value is not the default.
    """

    name: str
    title: str
    default: str
    said: Mapping[int, str]
    changed: frozenset[int]

    @property
    def differs(self) -> bool:
        """Whether models that have it have it otherwise."""
        return len(set(self.said.values())) > 1

    @property
    def value(self) -> str:
        """What all that have it have in common; empty when they differ."""
        return "" if self.differs else next(iter(self.said.values()))


@dataclass(frozen=True)
class ToldSettings:
    """The settings of several models: those in which they differ, and those in which they do not.

    Attributes:
        differing: In the order of the form.
        same: Those that are not the default first.
    """

    differing: tuple[ToldSetting, ...]
    same: tuple[ToldSetting, ...]

    @property
    def changed(self) -> tuple[ToldSetting, ...]:
        """Those that all models share and that are not the default."""
        return tuple(setting for setting in self.same if setting.changed)

    def differences_of(self, model: int) -> str:
        """What tells one model from the others, in words: "Units 64, Epochs 3"; empty when nothing does."""
        return ", ".join(f"{each.title} {each.said[model]}" for each in self.differing if model in each.said)


def tell_settings(specs: Sequence[RunSpec], names: Mapping[str, str] | None = None) -> ToldSettings:
    """The settings of models, compared; what they begin with is one of them.

    Args:
        specs: One for each model; seeds do not count, nor do settings that no form asks for.
        names: Of the files of word vectors and the encoders that specs name, by their content; one that is missing is
            told by the first digits of its content.
    """
    fields: dict[str, FieldInfo] = {}
    values: dict[str, dict[int, Any]] = {}
    for settings_of in (_model_settings, _other_settings):  # what only the last model has stands beside what all have
        for number, spec in enumerate(specs):
            for name, (field, value) in settings_of(spec).items():
                fields.setdefault(name, field)
                values.setdefault(name, {})[number] = value
    told = [*_beginnings(specs, names or {}), *(_told(name, fields[name], values[name]) for name in fields)]
    same = [setting for setting in told if not setting.differs]
    same.sort(key=lambda setting: not setting.changed)
    return ToldSettings(tuple(setting for setting in told if setting.differs), tuple(same))


def names_apart(labels: Sequence[str], specs: Sequence[RunSpec]) -> list[str]:
    """The same names, with what tells them apart behind those that are equal: "LSTM, Units 64".

    Args:
        labels: One for each model; equal ones stay equal where no setting tells them apart.
        specs: One for each model.
    """
    named = list(labels)
    for label in {label for label in labels if labels.count(label) > 1}:
        alike = [number for number, each in enumerate(labels) if each == label]
        told = tell_settings([specs[number] for number in alike])
        for place, number in enumerate(alike):
            said = told.differences_of(place)
            named[number] = f"{label}, {said}" if said else label
    return named


def settings_by_name(spec: RunSpec) -> dict[str, Any]:
    """Every setting of a run by the name that `--set` takes, ready for JSON."""
    return {name: value for name, (_, value) in _settings_of(spec).items()}


def changed_settings(spec: RunSpec) -> dict[str, Any]:
    """Those of them that are not the default."""
    return {name: value for name, (field, value) in _settings_of(spec).items() if value != field.default}


def say_value(field: FieldInfo, value: Any) -> str:
    """A value as its control shows it: "on", "Words", "10,000", "0.001"."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}"
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    labels = extra.get("labels")
    said = str(labels.get(value, value)) if isinstance(labels, dict) else str(value)
    return said if isinstance(labels, dict) else said.replace("_", " ").capitalize()


def beginnings_by_name(spec: RunSpec, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a model begins with that was given as a file, by the option that gives it, in words.

    Args:
        spec: Of a run.
        names: As for `tell_settings`.
    """
    known, found = names or {}, {}
    if spec.encoder:
        size, blocks = spec.model.get("hidden", 0), spec.model.get("encoder_layers", 0)
        trained = get_architecture(spec.architecture).options.model_fields["train"]
        changed = say_value(trained, spec.model.get("train", trained.default))
        found["pretrained"] = (
            f"{known.get(spec.encoder, spec.encoder[:8])}, {blocks:,} blocks, {size:,} numbers a token, "
            f"trained: {changed[:1].lower()}{changed[1:]}"
        )
    if spec.input.vectors:
        values = spec.input.model_dump()
        kept = "frozen" if values["vectors_training"] == "frozen" else "fine-tuned"
        name = known.get(spec.input.vectors, spec.input.vectors[:8])
        found["vectors"] = f"{name}, {values['vector_size']:,} numbers a word, {kept}"
    return found


def _beginnings(specs: Sequence[RunSpec], names: Mapping[str, str]) -> Iterator[ToldSetting]:
    """Encoder and word vectors of models, where any begins with one."""
    found = [beginnings_by_name(spec, names) for spec in specs]
    for option, title in (("pretrained", "Encoder"), ("vectors", "File of word vectors")):
        said = {number: each[option] for number, each in enumerate(found) if option in each}
        if said:
            yield ToldSetting(option, title, "none", said, frozenset(said))


def _settings_of(spec: RunSpec) -> dict[str, tuple[FieldInfo, Any]]:
    """Every setting that a run was made with."""
    return _model_settings(spec) | _other_settings(spec)


def _model_settings(spec: RunSpec) -> dict[str, tuple[FieldInfo, Any]]:
    try:
        options = get_architecture(spec.architecture).options
    except OptionError:
        return {}
    return {name: (field, spec.model.get(name, field.default)) for name, field in declared(options).items()}


def _other_settings(spec: RunSpec) -> dict[str, tuple[FieldInfo, Any]]:
    found: dict[str, tuple[FieldInfo, Any]] = {}
    for group in (spec.input, spec.training, spec.split):
        values = group.model_dump()
        found |= {name: (field, values[name]) for name, field in declared(type(group)).items()}
    return found


def _told(name: str, field: FieldInfo, values: Mapping[int, Any]) -> ToldSetting:
    said = {number: say_value(field, value) for number, value in values.items()}
    changed = frozenset(number for number, value in values.items() if value != field.default)
    return ToldSetting(name, str(field.title or name), say_value(field, field.default), said, changed)
