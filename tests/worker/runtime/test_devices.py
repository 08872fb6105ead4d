"""Where runs are trained; there is no GPU here, so GPUs are made up, and two are played by a divided processor."""

import json
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf

from seqcore.worker.fit.mirrored import divisible
from seqcore.worker.runtime import devices
from tests.worker.runtime.two_devices import RUNS

SECONDS = 300


@pytest.fixture
def gpus(monkeypatch):
    """Makes a process that sees so many GPUs."""

    def gpus(count):
        names = [SimpleNamespace(name=f"/device:GPU:{number}") for number in range(count)]
        for question in ("list_physical_devices", "list_logical_devices"):
            monkeypatch.setattr(tf.config, question, lambda kind: names if kind == "GPU" else [])
        return names

    return gpus


@pytest.mark.parametrize(("count", "shared_among"), [(0, 0), (1, 0), (2, 2), (3, 3)])
def test_a_run_is_shared_out_among_several_gpus_only(gpus, count, shared_among):
    names = [gpu.name for gpu in gpus(count)]
    assert list(devices.training_devices()) == names[:shared_among]


def test_every_gpu_is_told_to_take_memory_as_it_is_needed(gpus, monkeypatch):
    told = []
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", lambda *order: told.append(order))
    seen = gpus(2)
    devices.share_memory()
    assert told == [(gpu, True) for gpu in seen]


@pytest.mark.parametrize("count", [0, 1])
def test_without_several_gpus_nothing_is_put_around_a_run(gpus, count):
    gpus(count)
    with devices.placement():
        assert not tf.distribute.has_strategy()


@pytest.mark.parametrize(("texts", "devices_there"), [(1, 2), (2, 2), (5, 2), (5, 4), (8, 4)])
def test_a_batch_is_filled_up_with_texts_that_count_nothing(texts, devices_there):
    tokens, labels = np.arange(1, 3 * texts + 1).reshape(texts, 3), np.arange(texts)
    filled, truth, counted = divisible(tokens, labels, devices_there)
    assert len(filled) == len(truth) == len(counted)
    assert len(filled) % devices_there == 0
    assert len(filled) - texts < devices_there
    np.testing.assert_array_equal(counted, [1] * texts + [0] * (len(filled) - texts))
    np.testing.assert_array_equal(filled[:texts], tokens)
    np.testing.assert_array_equal(truth[:texts], labels)


@pytest.fixture(scope="module")
def both():
    """Each run on one device and shared out among two."""
    command = [sys.executable, "-m", "tests.worker.runtime.two_devices"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("architecture", [name for name, _ in RUNS])
def test_two_devices_arrive_where_one_does(both, architecture):
    found = both["runs"][architecture]
    one, two = found["one"], found["two"]
    assert (one["state"], two["state"]) == ("finished", "finished"), two["message"]
    assert len(one["losses"]) == len(two["losses"]) > 0
    np.testing.assert_allclose(two["losses"], one["losses"], rtol=5e-4)
    assert two["test"]["loss"] == pytest.approx(one["test"]["loss"], rel=5e-4)
    assert found["mirrored"] == (architecture != "bag_of_words")


def test_a_run_on_two_devices_goes_on_from_its_checkpoint_as_if_nothing_had_been(both):
    assert both["steps after an interruption"] == [9, 10, 11, 12]
