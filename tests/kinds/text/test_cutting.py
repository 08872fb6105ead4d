"""What is kept of a long text, and that a bundle's script keeps the same."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.kinds import get_kind
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.cutting import Cut, kept
from seqcore.kinds.text.options import TextOptions

# Stands for Keras: a model that prints what it is given.
KERAS = """
import numpy as np

class saving:
    def load_model(path, compile, safe_mode):
        return saving
    def predict(ids, verbose):
        print(ids.tolist())
        return np.full((len(ids), 1), 0.5)
"""


@given(st.integers(0, 60), st.integers(1, 20), st.sampled_from(get_args(Cut)))
def test_a_text_is_cut_to_the_longest_and_keeps_its_order(length: int, longest: int, cut: Cut) -> None:
    places = [place for part in kept(length, longest, cut) for place in range(length)[part]]
    assert len(places) == min(length, longest)
    assert places == sorted(set(places))
    lost_before, lost_after = (places[0], length - 1 - places[-1]) if places else (0, 0)
    if cut == "both":
        assert 0 <= lost_after - lost_before <= 1
    elif cut == "middle" and longest > 1:
        assert (lost_before, lost_after) == (0, 0)
    elif cut == "start":
        assert lost_after == 0
    else:
        assert lost_before == 0


@pytest.mark.parametrize("cut", get_args(Cut))
@pytest.mark.parametrize("longest", [1, 4, 5, 9])
def test_the_script_of_a_bundle_reads_what_the_model_read(cut: Cut, longest: int, tmp_path: Path) -> None:
    text = "a b c d e f g h i"
    options = TextOptions(max_length=longest, truncate=cut)
    encoder = TextEncoder.fit([text], options)
    (tmp_path / "keras.py").write_text(KERAS)
    (tmp_path / "predict.py").write_text(get_kind("text").bundle_files()["predict.py"])
    (tmp_path / "tokenizer.json").write_bytes(encoder.to_bytes())
    described = {"classes": ["x", "y"], "spec": {"input": options.model_dump(mode="json")}}
    (tmp_path / "run.json").write_text(json.dumps(described))
    asked = [sys.executable, "predict.py", text]
    said = subprocess.run(asked, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True)
    assert json.loads(said.stdout.splitlines()[0]) == [encoder.encode([text])[0].tolist()]
