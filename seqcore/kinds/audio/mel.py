"""Log-mel frames of a sound: how strong each band of frequencies is, from moment to moment.

Davis and Mermelstein, "Comparison of parametric representations for monosyllabic word recognition", 1980; the mel scale
and the triangles are those of the HTK Book (Young et al., 2006, sections 5.4 and 5.6). NumPy alone, because a bundle's
script has a copy of it.
"""

# What follows is copied into predict.py.
import math

import numpy as np

FLOOR = 1e-10  # power of a band in which there is nothing: -100 dB


def mel(frequency: float) -> float:
    """How high a frequency in Hz is to the ear (HTK): 1,000 Hz are 1,000 mel."""
    return 2595.0 * math.log10(1.0 + frequency / 700.0)


def hertz(mels: np.ndarray) -> np.ndarray:
    """The frequencies in Hz that are so high to the ear."""
    found: np.ndarray = 700.0 * (10.0 ** (mels / 2595.0) - 1.0)
    return found


def frame_sizes(rate: int, window_ms: float, hop_ms: float) -> tuple[int, int, int]:
    """Samples of a window, samples from one to the next, and length of the Fourier transform, a power of two."""
    window = max(2, round(rate * window_ms / 1000))
    return window, max(1, round(rate * hop_ms / 1000)), 1 << (window - 1).bit_length()


def frames_in(samples: int, window: int, hop: int) -> int:
    """How many frames so many samples have: whole windows only, but at least one of any sound."""
    return 0 if samples < 1 else 1 + max(0, samples - window) // hop


def power_frames(samples: np.ndarray, window: int, hop: int, size: int) -> np.ndarray:
    """(frames, size // 2 + 1) power of each frequency under a Hann window, which fades at both ends of a frame."""
    short = window - len(samples)
    if short > 0:
        samples = np.concatenate([samples, np.zeros(short, samples.dtype)])
    frames = np.lib.stride_tricks.sliding_window_view(samples, window)[::hop]
    hann = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)).astype(np.float32)
    spectrum = np.fft.rfft(frames * hann, size, axis=1)
    power: np.ndarray = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    return power


def filterbank(rate: int, size: int, bands: int, lowest: float, highest: float) -> np.ndarray:
    """(bands, size // 2 + 1) triangles that rise and fall between neighbours on the mel scale, 1 at their tops."""
    edges = hertz(np.linspace(mel(lowest), mel(highest), bands + 2))
    frequencies = np.arange(size // 2 + 1) * rate / size
    rising = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    weights: np.ndarray = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return weights


def log_mel(
    samples: np.ndarray, rate: int, window_ms: float, hop_ms: float, bands: int, lowest: float, highest: float
) -> np.ndarray:
    """(frames, bands) natural logarithm of the power in each band; highest 0: half the rate, the most there is."""
    window, hop, size = frame_sizes(rate, window_ms, hop_ms)
    if len(samples) < 1:
        return np.zeros((0, bands), np.float32)
    weights = filterbank(rate, size, bands, lowest, min(highest or rate / 2, rate / 2))
    power = power_frames(np.asarray(samples, np.float32), window, hop, size) / window
    found: np.ndarray = np.log(np.maximum(power @ weights.T, FLOOR)).astype(np.float32)
    return found
