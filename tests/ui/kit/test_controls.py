from typing import Any

import pytest
from pydantic import BaseModel

from seqcore.architectures import architectures
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import Options, SplitOptions, TrainingOptions
from seqcore.ui.kit.controls import controls

GROUPS = [TextOptions, SplitOptions, TrainingOptions, *[which.options for which in architectures()]]


@pytest.mark.parametrize("options", GROUPS)
def test_every_declared_setting_has_a_control_with_title_and_help(options: type[Options]) -> None:
    found = controls(options)
    chosen = [
        name
        for name, field in options.model_fields.items()
        if name != "kind" and not (field.json_schema_extra or {}).get("derived")
    ]
    assert [control.name for control in found] == chosen
    assert all(control.title and control.help for control in found)


@pytest.mark.parametrize("options", GROUPS)
def test_the_default_of_every_control_is_accepted_by_its_declaration(options: type[Options]) -> None:
    values = {control.name: control.fitted(control.default) for control in controls(options)}
    assert options(**values) == options()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [("epochs", 25, 25), ("epochs", 0, 30), ("epochs", "x", 30), ("epochs", 3.0, 3), ("optimizer", "lion", "adam")],
)
def test_a_value_that_a_control_cannot_show_becomes_its_default(name: str, value: Any, shown: Any) -> None:
    control = next(control for control in controls(TrainingOptions) if control.name == name)
    assert control.fitted(value) == shown


def test_bounds_and_steps_come_from_the_declaration() -> None:
    epochs = next(control for control in controls(TrainingOptions) if control.name == "epochs")
    assert (epochs.least, epochs.greatest, epochs.step, epochs.kind) == (1, 500, 1, "integer")


def test_choices_are_called_what_the_declaration_calls_them() -> None:
    optimizer = next(control for control in controls(TrainingOptions) if control.name == "optimizer")
    assert optimizer.choices["sgd"] == "SGD with momentum"


def test_a_setting_of_an_unknown_type_is_refused_with_its_name() -> None:
    class Odd(BaseModel):
        words: list[str] = []

    with pytest.raises(TypeError, match="words"):
        controls(Odd)  # type: ignore[arg-type]
