"""What children of tests do."""

import os
import threading

from seqcore.errors import DataError


def gives_back(options, parts, tell):
    tell("counting")
    tell("done")
    return f"{options['say']} ".encode() + b"".join(parts)


def refuses(options, parts, tell):
    raise DataError("No", received="that", remedy="Do this")


def swells(options, parts, tell):
    tell("swelling")
    return b"".join([bytes([n % 256]) * 1024**2 for n in range(4000)])


def swells_natively(options, parts, tell):
    import numpy as np

    tell("swelling")
    return np.ones(4 * 1024**3, np.uint8).tobytes()


def never_ends(options, parts, tell):
    tell("for ever")
    threading.Event().wait()


def turns_for_ever(options, parts, tell):
    while True:
        pass


def ends_in_the_middle(options, parts, tell):
    os.write(3, b'{"answer": 1000}\nhalf of ')
    os._exit(0)


def promises_too_much(options, parts, tell):
    os.write(3, b'{"answer": 100000000000}\n' * 2)
    threading.Event().wait()
