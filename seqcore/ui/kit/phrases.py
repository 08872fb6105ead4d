"""Numbers and stages as a person would say them."""

from __future__ import annotations

_STAGES = {
    "queued": ("Waiting for a free worker", ":material/hourglass_empty:"),
    "between_turns": ("Waiting for its next turn", ":material/hourglass_empty:"),
    "preparing": ("Preparing", ":material/build:"),
    "training": ("Training", ":material/model_training:"),
    "evaluating": ("Scoring on the test data", ":material/fact_check:"),
    "finished": ("Finished", ":material/check_circle:"),
    "cancelled": ("Stopped", ":material/stop_circle:"),
    "failed": ("Failed", ":material/error:"),
    "interrupted": ("Interrupted", ":material/power_off:"),
}


def stage(state: str) -> str:
    """What a run is doing."""
    return _STAGES.get(state, (state.capitalize(), ""))[0]


def stage_icon(state: str) -> str:
    """The icon of what a run is doing."""
    return _STAGES.get(state, ("", ":material/circle:"))[1]


def count(number: float, one: str, many: str = "") -> str:
    """A number with its noun: "1 text", "1,234 texts"."""
    noun = one if round(number) == 1 else many or f"{one}s"
    return f"{number:,.0f} {noun}"


def duration(seconds: float) -> str:
    """Seconds as "0.4 s", "12 s", "3 min 20 s", "1 min", "2 h 5 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    minutes = whole % 3600 // 60
    return f"{whole // 3600} h" + (f" {minutes} min" if minutes else "")


def megabytes(size: float) -> str:
    """Bytes as "0.4 MB", "12 MB", "3.5 GB"."""
    mega = size / 1024 / 1024
    if mega >= 1000:
        return f"{mega / 1024:,.1f} GB"
    return f"{mega:.1f} MB" if mega < 9.95 else f"{mega:.0f} MB"


def share(value: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def in_words(names: list[str]) -> str:
    """Names as a person lists them: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def training_of(models: int, seeds: int = 1) -> str:
    """What a button starts: "Train 4 models", "Train 4 models, 3 seeds each"."""
    each = "" if seeds == 1 else f", {seeds} seeds" if models == 1 else f", {seeds} seeds each"
    return f"Train {count(models, 'model')}{each}"
