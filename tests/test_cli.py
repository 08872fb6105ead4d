"""The command line, as scripts use it: JSON on standard output, one sentence and exit code 2 when it cannot."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from seqcore.architectures import architectures
from seqcore.cli import main, training
from seqcore.engine import Engine
from seqcore.inspections import inspections
from seqcore.settings import Settings, get_settings

REVIEWS = [
    ("I loved this film, it was wonderful!", "positive"),
    ("Terrible plot and bad acting.", "negative"),
    ("What a wonderful, wonderful surprise", "positive"),
    ("I hated it: boring & bad", "negative"),
    ("Not bad at all, I loved it", "positive"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home with a space")


@pytest.fixture(scope="module")
def command(home):
    """Runs a command as a script does, in a process of its own with an engine of its own."""

    def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"SEQLAB_HOME": str(home), "SEQLAB_WORKERS": "2"}
        done = subprocess.run(
            [sys.executable, "-m", "seqcore", *map(str, arguments)],
            capture_output=True, text=True, env=environment, timeout=300, cwd=Path(__file__).parents[1], check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


class Lent:
    """An engine that goes on when the command that was given it has ended."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    def close(self) -> None:
        """Others go on with it."""


@pytest.fixture(scope="module")
def engine(home):
    started = Engine.start(Settings(home=home), training_workers=1)
    yield started
    started.close()


@pytest.fixture
def started() -> list[Lent]:
    """The engines that the test's commands asked for."""
    return []


@pytest.fixture
def here(home, started, request, monkeypatch):
    """Runs a command in this process, with the one engine of all these tests: seconds less than `command`."""

    def start(*_settings: object, **_workers: object) -> Lent:
        started.append(Lent(request.getfixturevalue("engine")))
        return started[-1]

    def run(*arguments: object, code: int = 0) -> SimpleNamespace:
        out, errors = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["seqcore", *map(str, arguments)])
        with redirect_stdout(out), redirect_stderr(errors), pytest.raises(SystemExit) as ended:
            main()
        assert (ended.value.code or 0) == code, errors.getvalue()
        return SimpleNamespace(stdout=out.getvalue(), stderr=errors.getvalue())

    monkeypatch.setenv("SEQLAB_HOME", str(home))
    monkeypatch.setattr(training, "Engine", SimpleNamespace(start=start))
    get_settings.cache_clear()
    yield run
    get_settings.cache_clear()


def write_csv(path: Path, rows: list[tuple[str, str]], header: tuple[str, str] = ("text", "label")) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture(scope="module")
def trained(command, tmp_path_factory) -> dict:
    rows = [(f"{text} {number}", label) for number in range(12) for text, label in REVIEWS]
    file = write_csv(tmp_path_factory.mktemp("data") / "reviews.csv", rows)
    done = command(
        "train", file, "--architectures", "rnn,lstm_attention", "--epochs", 2, "--units", 4, "--embedding-size", 4,
        "--set", "lstm_attention.units=6", "--seeds", "0,1", "--json",
    )  # fmt: skip
    return json.loads(done.stdout)


def test_training_prints_every_run_with_its_numbers(trained):
    runs = trained["runs"]
    assert [(run["architecture"], run["seed"]) for run in runs] == [
        ("rnn", 0), ("rnn", 1), ("lstm_attention", 0), ("lstm_attention", 1),
    ]  # fmt: skip
    for run in runs:
        assert run["state"] == "finished"
        assert run["epochs"] == 2
        assert set(run["test"]) >= {"accuracy", "macro_f1", "loss"}
        assert set(run["validation"]) >= {"accuracy", "macro_f1", "loss"}
        assert set(run["seconds"]) == {"queued", "preparing", "training", "evaluating", "total"}
        assert run["parameters"] > 0


def test_an_experiment_leaves_as_a_report(trained, command, tmp_path):
    file = tmp_path / "report.zip"
    command("report", trained["experiment"], file)
    with zipfile.ZipFile(file) as archive:
        assert {"report.html", "table.tex", "data.csv", "experiment.json"} <= set(archive.namelist())
        assert [run["seed"] for run in json.loads(archive.read("experiment.json"))["runs"]] == [0, 1, 0, 1]
    assert list(tmp_path.iterdir()) == [file]
    assert "no experiment" in command("report", "nothing", file, code=2).stderr.lower()
    assert "cannot be written" in command("report", trained["experiment"], tmp_path / "no" / "x.zip", code=2).stderr


def test_runs_are_listed_and_exported_as_a_bundle_that_predicts_on_its_own(trained, command, tmp_path):
    listed = json.loads(command("runs", "--json").stdout)["runs"]
    assert {run["run"] for run in listed} >= {run["run"] for run in trained["runs"]}
    assert all(run["changed"]["units"] == (4 if run["architecture"] == "rnn" else 6) for run in trained["runs"])
    assert all({"epochs", "tokenizer", "test_share"} <= set(run["settings"]) for run in trained["runs"])
    run = trained["runs"][2]["run"]
    command("export", run, tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(tmp_path / "bundle")
    names = {path.name for path in (tmp_path / "bundle").iterdir()}
    assert names == {"model.keras", "tokenizer.json", "run.json", "predict.py", "requirements.txt"}

    texts = ["I loved it", "", "boring 🎉 & bad", "ＬＯＶＥＤ ที่นี่ดีมาก"]
    alone = subprocess.run(
        [sys.executable, "-P", tmp_path / "bundle" / "predict.py", *texts],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": ""},
    )  # fmt: skip
    ours = json.loads(command("predict", run, *texts, "--json").stdout)
    for line, answer in zip(alone.stdout.splitlines(), ours["predictions"], strict=True):
        label, probabilities, text = line.split("\t")
        assert text == answer["text"]
        if not text:
            assert (label, answer["label"], answer["note"]) == ("no text", None, "no text")
            continue
        assert label == answer["label"]
        shown = [float(part.split()[-1]) for part in probabilities.strip("()").split(", ")]
        np.testing.assert_allclose(shown, list(answer["probabilities"].values()), atol=6e-5)


def test_a_file_of_texts_is_answered_scored_and_written(trained, here, tmp_path):
    run, file, out = trained["runs"][0]["run"], tmp_path / "new.csv", tmp_path / "out.csv"
    rows = [("I loved it", "positive"), ("", "negative"), ("boring & bad", "negative"), ("zzz", "unsure")]
    write_csv(file, [("https://example.org/a/long/address", *row) for row in rows], ("url", "text", "label"))
    done = here("predict", run, file, "--output", out, "--json")
    found = json.loads(done.stdout)
    assert [each["text"] for each in found["predictions"]] == [text for text, _ in rows]
    assert [each["note"] for each in found["predictions"]] == ["", "no text", "", "knows none of these words"]
    assert [each["known"] for each in found["predictions"]] == [True, False, True, False]
    assert found["read"] | {"text": "text", "label": "label", "rows": 4} == found["read"]
    scores, summary = found["scores"], found["summary"]
    assert (scores["scored"], scores["other_labels"]) == (2, 1)
    assert scores["accuracy"] == np.trace(scores["confusion"]) / 2
    assert (sum(summary["classes"].values()), summary["unknown"], summary["without_text"]) == (2, 1, 1)
    assert "“text” was taken as the text" in done.stderr
    with out.open(encoding="utf-8-sig", newline="") as written:
        assert [row["label (model)"] for row in csv.DictReader(written)] == [
            each["label"] or "" for each in found["predictions"]
        ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("reviews.csv",), "The file cannot be opened. Got reviews.csv"),
        (("--file", "nowhere.txt"), "The file cannot be opened. Got nowhere.txt"),
        ((), "There is nothing to answer"),
        (("a film", "--label", "x"), "These options are about a file"),
        (("a film", "--file", "x.txt"), "Texts and a file were given"),
    ],
)
def test_what_cannot_be_answered_is_refused_before_an_engine_starts(arguments, message, trained, here, started):
    done = here("predict", trained["runs"][0]["run"], *arguments, code=2)
    assert done.stderr.startswith(message)
    assert len(done.stderr.splitlines()) == 1
    assert not started


@pytest.fixture(scope="module")
def bundle(trained, command, tmp_path_factory):
    """Runs the bundle's script somewhere else, with nothing of ours in reach."""
    folder = tmp_path_factory.mktemp("bundle")
    command("export", trained["runs"][0]["run"], folder / "bundle.zip")
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        archive.extractall(folder)

    def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-P", folder / "predict.py", *map(str, arguments)],
            capture_output=True, text=True, check=False, cwd=folder, env=os.environ | {"PYTHONPATH": ""},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done

    return run


def test_a_bundle_answers_a_file_by_the_name_of_its_column(bundle, trained, here, tmp_path):
    file, out = tmp_path / "new.csv", tmp_path / "out.csv"
    rows = [("I loved it,\nreally", "1"), ("", "2"), ("boring & bad", "3"), ("zzz", "=4")]
    write_csv(file, [(number, text) for text, number in rows], ("nr", "Review"))
    said = bundle(file, "--output", out).stdout.splitlines()
    ours = json.loads(here("predict", trained["runs"][0]["run"], file, "--json").stdout)["predictions"]
    assert [line.split("\t")[0] for line in said] == [
        ours[0]["label"], "no text", ours[2]["label"], "knows none of these words",
    ]  # fmt: skip
    with out.open(encoding="utf-8-sig", newline="") as written:
        table = list(csv.DictReader(written))
    assert [row["Review"] for row in table] == [text for text, _ in rows]
    assert [row["prediction"] for row in table] == [each["label"] or "" for each in ours]
    assert table[3]["nr"] == "'=4"
    for row, each in zip(table, ours, strict=True):
        if each["probabilities"]:
            assert float(row["p(positive)"]) == pytest.approx(each["probabilities"]["positive"], abs=6e-5)


def test_a_bundle_answers_a_text_a_line_and_says_what_it_cannot_read(bundle, tmp_path):
    lines, table = tmp_path / "lines.txt", tmp_path / "table.csv"
    lines.write_bytes("I loved\x0b it\r\n\r\nso\u2028 boring\nlast\rone\n".encode())
    said = bundle("--file", lines).stdout.split("\n")
    assert [line.split("\t")[2] for line in said if line] == ["I loved\x0b it", "", "so\u2028 boring", "last one"]
    write_csv(table, [("a", "b")], ("one", "two"))
    assert "Choose from: one, two" in bundle(table, code=1).stderr


@pytest.mark.parametrize("name", ["model.keras", "tokenizer.json", "evaluation.json"])
def test_a_damaged_file_of_a_run_is_one_sentence_and_other_runs_answer(trained, here, home, name):
    run, other = trained["runs"][1]["run"], trained["runs"][0]["run"]
    (file,) = home.rglob(f"{run}/{name}")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    try:
        said = here("predict", run, "a film", code=2).stderr.strip().splitlines()[-1]
        assert "cannot be read" in said and "again" in said
        here("runs")
        if name == "model.keras":
            here("predict", other, "a film")
    finally:
        file.write_bytes(whole)


def test_attention_gives_offsets_into_the_text_as_given(trained, here):
    text = "Well… I LOVED this 🎬 film!"
    found = json.loads(here("attention", trained["runs"][2]["run"], text, "--json").stdout)
    assert found["text"] == text
    assert "LOVED" in [text[token["start"] : token["end"]] for token in found["tokens"]]
    assert sum(token["weight"] for token in found["tokens"]) == pytest.approx(1, abs=1e-5)
    assert found.keys() == {
        "text", "prediction", "classes", "probabilities", "notes", "kind", "tokens", "layers", "heads", "averaged",
        "sentences",
    }  # fmt: skip
    assert found["tokens"][0].keys() == {"token", "start", "end", "weight", "known"}


def test_any_inspection_can_be_asked_by_its_name(trained, here):
    run, texts = trained["runs"][2]["run"], ["I LOVED it", "so boring"]
    short = json.loads(here("attention", run, texts[0], "--json").stdout)
    assert json.loads(here("inspect", "attention", run, "--set", f"text={texts[0]}", "--json").stdout) == {
        **short, "inspection": "attention", "run": run, "answer": short,
    }  # fmt: skip
    short = json.loads(here("predict", run, *texts, "--json").stdout)
    found = json.loads(here("inspect", "predict", run, *texts, "--json").stdout)["answer"]
    assert found["predictions"] == [answer["label"] for answer in short["predictions"]]
    assert found["probabilities"] == [list(answer["probabilities"].values()) for answer in short["predictions"]]


def test_what_mattered_and_its_trust_are_told_of_a_class_by_the_names_that_programs_know(trained, here):
    run, text = trained["runs"][2]["run"], "I loved it, 🎬 bad"
    found = json.loads(here("inspect", "integrated_gradients", run, text, "--class", "positive", "--json").stdout)
    assert found.keys() >= {"prediction", "class", "tokens", "sum_of_scores", "difference_of_logits"}
    assert (found["class"], found["inspection"], found["run"]) == ("positive", "integrated_gradients", run)
    assert [text[token["start"] : token["end"]] for token in found["tokens"]] == [
        token["token"] for token in found["tokens"]
    ]
    assert sum(token["score"] for token in found["tokens"]) == pytest.approx(found["sum_of_scores"])
    for method in ("attention", "integrated_gradients", "occlusion"):
        found = json.loads(here("inspect", "trust", run, text, "--method", method, "--json").stdout)
        assert found.keys() >= {"comprehensiveness", "sufficiency", "random_comprehensiveness", "trust", "word"}
        assert found["method"] == method
    refused = here("inspect", "occlusion", run, text, "--class", "ugly", code=2)
    assert refused.stderr.strip() == "This model has no such class. Got 'ugly'. Choose from: negative, positive."


def test_inspections_are_listed_with_how_to_read_them_and_of_whom_they_can_be_asked(here):
    listed = json.loads(here("inspections", "--json").stdout)["inspections"]
    assert [each["name"] for each in listed] == [inspection.name for inspection in inspections()]
    assert all(each["label"] and each["how_to_read"] and each["how_not_to_read"] for each in listed)
    attention = next(each for each in listed if each["name"] == "attention")["applies_to"]["text"]
    assert "lstm_attention" in attention["architectures"]
    assert attention["not"]["rnn"] == "has no attention to show"
    assert "has no attention to show" in " ".join(here("inspections").stdout.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stare", "{run}", "a film"), "There is no inspection of that name. Got 'stare'. Choose from: predict"),
        (("attention", "{rnn}", "a film"), "rnn has no attention to show. Choose a run of one of: lstm_attention"),
        (("attention", "nosuchrun", "a film"), "No run with this id. Got nosuchrun. Choose from: "),
        (("attention", "nosuchrun", "a film"), "{run} (lstm_attention, seed 0)"),
        (("attention", "{run}"), "attention needs 'text'. Got nothing."),
        (("attention", "{run}", "one", "two"), "attention takes one text. Got 2 texts."),
        (("attention", "{run}", "one", "--set", "layer=1"), "attention has no option 'layer'. Got 1."),
        (("attention", "{run}", "one", "--class", "bad"), "attention takes no --class. Got 'bad'. Leave it out."),
        (("word_order", "{run}", "--method", "x"), "word_order takes no --method. Got 'x'. It takes --texts."),
        (("word_order", "{run}", "--texts", "0"), "'most' of word_order: input should be greater than or equal to 1."),
        (("attention", "{run}", "--set", "text=1"), "'text' of attention: input should be a valid string. Got 1."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_one_sentence(arguments, message, trained, here, started):
    known = {"run": trained["runs"][2]["run"], "rnn": trained["runs"][0]["run"]}
    done = here("inspect", *(argument.format(**known) for argument in arguments), code=2)
    assert message.format(**known) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert not started


def test_attention_of_a_model_without_any_says_which_have_it(trained, here):
    done = here("attention", trained["runs"][0]["run"], "text", code=2)
    assert "rnn has no attention to show" in done.stderr
    assert "lstm_attention" in done.stderr


def test_the_notebook_preset_gives_what_keras_and_scikit_learn_give(here, tmp_path):
    from sklearn.preprocessing import LabelEncoder
    from tensorflow.keras.preprocessing.sequence import pad_sequences
    from tensorflow.keras.preprocessing.text import Tokenizer

    file = write_csv(tmp_path / "five.csv", REVIEWS)
    found = json.loads(here("preprocess", file, "--preset", "notebook", "--json").stdout)
    texts, labels = zip(*REVIEWS, strict=True)
    tokenizer = Tokenizer(num_words=1000, oov_token="<OOV>")
    tokenizer.fit_on_texts(texts)
    encoder = LabelEncoder().fit(labels)
    assert found["ids"] == pad_sequences(tokenizer.texts_to_sequences(texts), padding="post").tolist()
    assert found["labels"] == encoder.transform(labels).tolist()
    assert found["classes"] == encoder.classes_.tolist()
    assert found["vocabulary"] == tokenizer.word_index


def test_five_reviews_can_be_trained_on(here, tmp_path):
    file = write_csv(tmp_path / "five.csv", REVIEWS)
    done = here("train", file, "--preset", "notebook", "--architectures", "rnn", "--epochs", 1, "--json")
    assert json.loads(done.stdout)["runs"][0]["state"] == "finished"


def test_a_run_that_explodes_is_printed_as_failed_and_says_why(here, tmp_path):
    file = write_csv(tmp_path / "reviews.csv", REVIEWS * 8)
    arguments = ("--architectures", "rnn", "--epochs", 30, "--set", "learning_rate=1e6", "--set", "optimizer=sgd")
    done = here("train", file, *arguments, "--json", code=2)
    (run,) = json.loads(done.stdout)["runs"]
    assert run["state"] == "failed"
    assert "Lower the learning rate" in run["message"]
    assert "Lower the learning rate" in done.stderr
    assert "no saved model. Got a run that is failed" in here("predict", run["run"], "a film", code=2).stderr


def test_architectures_are_listed_with_their_options(here):
    listed = json.loads(here("architectures", "--json").stdout)["architectures"]
    assert [each["name"] for each in listed] == [architecture.name for architecture in architectures()]
    assert listed[0]["options"]["units"]["default"] == 32


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--architectures", "perceptron"), r"Got 'perceptron'. Choose from: rnn, lstm"),
        (("--set", "wings=2"), "There is no setting of that name. Got 'wings'. Choose from: tokenizer"),
        (("--set", "units"), "--set takes option=value"),
        (("--epochs", "0"), "Option 'epochs'"),
        (("--epochs", "many"), "Invalid value"),
        (("--preset", "paper"), "There is no such preset. Got 'paper'. Choose from: notebook"),
        (("--seeds", "one"), "Seeds are whole numbers"),
        (("--text", "body"), "There is no column “body”"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments, message, here, tmp_path):
    file = write_csv(tmp_path / "five.csv", REVIEWS)
    assert message in here("train", file, *arguments, code=2).stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("one-class.csv", b"text,label\nfine words here,a\nother words there,a\n"),
        ("one-row.csv", b"text,label\nfine words here,a\n"),
        ("junk.csv", bytes(range(256)) * 20),
        ("<img src=x onerror=alert(1)>.csv", b"text\nonly one column\n"),
    ],
)
def test_files_that_cannot_be_used_are_refused_in_a_sentence(name, content, here, tmp_path):
    file = tmp_path / name
    file.write_bytes(content)
    done = here("train", file, code=2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_file_that_is_not_there_and_a_run_that_is_not_there(here, tmp_path):
    assert "nowhere.csv" in here("train", tmp_path / "nowhere.csv", code=2).stderr
    assert "run" in here("predict", "nosuchrun", "text", code=2).stderr


def test_the_command_line_does_not_import_tensorflow():
    script = "import sys, seqcore.cli; sys.exit(any(n in sys.modules for n in ('tensorflow', 'keras', 'sklearn')))"
    subprocess.run([sys.executable, "-c", script], check=True)
