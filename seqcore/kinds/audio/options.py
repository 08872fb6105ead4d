"""The settings of sounds: each declared once with default, bounds, unit and help."""

from __future__ import annotations

from typing import Literal

from seqcore.errors import OptionError
from seqcore.spec.inputs import InputOptions
from seqcore.spec.options import option


class AudioOptions(InputOptions):
    """How sounds become log-mel frames."""

    kind: Literal["audio"] = "audio"

    rate: int = option(
        16_000,
        "Rate (Hz)",
        "Samples a second; a sound at another rate is resampled. Half of it is the highest frequency there is.",
        ge=4_000,
        le=48_000,
        step=1_000,
        more=True,
    )
    window_ms: float = option(
        25.0, "Window (ms)", "Milliseconds of sound that one frame looks at.", ge=5.0, le=200.0, step=5.0
    )
    hop_ms: float = option(
        10.0, "Hop (ms)", "Milliseconds from one frame to the next: a model takes a step for each.", ge=2.0, le=200.0,
        step=5.0,
    )  # fmt: skip
    bands: int = option(
        40, "Bands", "Bands of frequencies, as wide as the ear tells apart (mel scale); one number of a frame each.",
        ge=4, le=128, step=4,
    )  # fmt: skip
    lowest: float = option(
        20.0, "Lowest frequency (Hz)", "Where the first band begins.", ge=0.0, le=10_000.0, step=10.0, more=True
    )
    highest: float = option(
        0.0, "Highest frequency (Hz)", "Where the last band ends; 0: at half the rate.", ge=0.0, le=24_000.0,
        step=100.0, more=True,
    )  # fmt: skip
    longest: float = option(
        5.0, "Longest (seconds)", "Seconds kept of each sound; the rest is cut.", ge=0.1, le=60.0, step=0.5
    )
    normalise: Literal["band", "sound", "none"] = option(
        "band",
        "Standardise",
        "Take from each band its mean, and divide by how far it spreads: over all training sounds, or within each "
        "sound, which makes its loudness and the microphone matter less.",
        labels={"band": "Over the training sounds", "sound": "Within each sound", "none": "Leave as they are"},
    )

    @property
    def top(self) -> float:
        """Hz at which the last band ends."""
        return min(self.highest or self.rate / 2, self.rate / 2)

    @property
    def longest_frames(self) -> int:
        """Most frames of a sound."""
        return max(1, int(self.longest * 1000 / self.hop_ms))

    def refuse_empty_bands(self) -> None:
        """Refuse bands without room.

        Raises:
            OptionError: the lowest frequency is not below the highest.
        """
        if self.lowest >= self.top:
            raise OptionError(
                "The lowest frequency must be below the highest",
                received=f"{self.lowest:g} Hz and {self.top:g} Hz",
                remedy="Set lowest=20 and highest=0, which is half the rate",
            )
