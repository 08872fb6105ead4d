"""`train` refuses what has no room in memory before anything starts: one sentence, and exit code 2 as every refusal."""

from pathlib import Path

import pytest

from seqcore.cli import app, training
from seqcore.settings import get_settings


def test_what_cannot_fit_is_refused_before_the_engine_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "long.csv"
    rows = (f"text {row} {'word ' * 900},{'ab'[row % 2]}" for row in range(60))
    file.write_text("text,label\n" + "\n".join(rows), encoding="utf-8")
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEQLAB_WORKER_MEMORY_MB", "1500")
    get_settings.cache_clear()
    monkeypatch.setattr(training, "started_engine", None)  # not to be asked
    monkeypatch.setattr("sys.argv", ["seqcore", "train", str(file), "--architectures", "lstm,transformer",
                                     "--set", "max_length=2000"])  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        app.main()
    get_settings.cache_clear()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "Transformer does not fit in memory: batches of 32 texts of up to 902 tokens take about" in said
    assert "It would fit with maximum length" in said
    assert "LSTM" not in said
