"""Which epochs of a training are kept when there is room for a few: evenly spread, whenever it ends."""

from __future__ import annotations


def kept_epochs(done: int, most: int) -> list[int]:
    """Numbers of the epochs kept when so many are done, 0 before the first step: multiples of a power of 2.

    When there is no room for another, every second one goes. So what is kept depends on nothing but how many epochs
    are done, and a training that was interrupted ends with the same.

    Args:
        done: Epochs completed.
        most: How many may be kept, at least 1.

    Example:
        >>> kept_epochs(10, most=5)
        [0, 4, 8]
    """
    stride = 1
    while done // stride + 1 > most:
        stride *= 2
    return list(range(0, done + 1, stride))
