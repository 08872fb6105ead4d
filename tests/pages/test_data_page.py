import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from seqcore import plots
from seqcore.architectures import SEED_ARCHITECTURES
from seqcore.datasets import Columns, LabelledText, Table, label_table, labels
from seqcore.datasets.formats import format_labels
from seqcore.store import Store
from seqcore.ui import compat
from tests.pages.conftest import NotingRoom, words

LINES = "\n".join(f"what a fine day number {n}\tgood\nwhat a poor day number {n}\tbad" for n in range(20))


def choose(lab: AppTest, source: str) -> AppTest:
    return lab.segmented_control(key="data-source").set_value(source).run()


def upload(lab: AppTest, name: str, content: bytes) -> AppTest:
    choose(lab.run(), "upload")
    return lab.file_uploader(key="data-file").upload(name, content).run()


def control(lab: AppTest, name: str) -> Any:
    """The control of a choice about the uploaded files."""
    kinds = (lab.selectbox, lab.multiselect, lab.toggle, lab.text_input, lab.segmented_control)
    (found,) = [each for kind in kinds for each in kind if str(each.key).startswith(f"upload-{name}-")]
    return found


def said(lab: AppTest) -> str:
    """What a visitor reads, as it is shown."""
    return re.sub(r"\\([^\w\s])", r"\1", words(lab)).replace("\u2060", "")


def away_and_back(lab: AppTest) -> AppTest:
    lab.switch_page("lab/train.py").run()
    return lab.switch_page("lab/data.py").run()


def number(lab: AppTest, title: str) -> str:
    (found,) = [metric.value for metric in lab.metric if metric.label == title]
    return str(found)


def subheaders(lab: AppTest) -> list[str]:
    return [found.value for found in lab.header]


def test_the_sample_is_in_use_at_once(lab: AppTest) -> None:
    lab.run()
    assert not lab.exception
    assert not lab.error
    assert lab.title[0].value == "Data"
    assert int(number(lab, "Texts").replace(",", "")) >= 600


def test_pictures_are_drawn_once_for_the_same_data_and_anew_for_others(
    lab: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, int]] = []
    draw = plots.plot_class_counts
    monkeypatch.setattr(plots, "plot_class_counts", lambda counts: (drawn.append(dict(counts)), draw(counts))[1])

    lab.run()
    lab.number_input(key="data-row").set_value(2).run()
    assert len(drawn) == 1

    choose(lab, "paste")
    lab.text_area(key="data-pasted").set_value(LINES).run()
    assert drawn[1:] == [{"bad": 20, "good": 20}]


def test_pasted_lines_come_into_use(lab: AppTest) -> None:
    choose(lab.run(), "paste")
    lab.text_area(key="data-pasted").set_value(LINES).run()
    assert not lab.exception
    assert number(lab, "Texts") == "40"
    assert number(lab, "Classes") == "2"


def test_pasted_lines_are_still_there_after_another_page(lab: AppTest) -> None:
    choose(lab.run(), "paste")
    lab.text_area(key="data-pasted").set_value(LINES).run()
    lab.switch_page("lab/train.py").run()
    lab.switch_page("lab/data.py").run()
    assert lab.text_area(key="data-pasted").value == LINES
    assert number(lab, "Texts") == "40"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("one_class.csv", b"text,label\n" + b"a good day,yes\n" * 5),
        ("one_row.csv", b"text,label\na good day,yes\n"),
        ("junk.csv", bytes(range(256)) * 20),
        ("broken.gz", b"\x1f\x8b\x08\x00broken"),
        ("one_column.csv", b"text\na\nb\nc\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_by_one_calm_sentence(lab: AppTest, name: str, content: bytes) -> None:
    upload(lab, name, content)
    assert not lab.exception
    assert len(lab.error) == 1
    assert "Traceback" not in lab.error[0].value
    assert any("Until then this stays in use" in caption.value for caption in lab.caption)


def test_an_upload_in_an_old_encoding_is_read_and_its_columns_guessed(lab: AppTest) -> None:
    rows = "".join(f"gut;Ein schöner Tag {n};{n}\nschlecht;Ein trüber Tag {n};{n + 50}\n" for n in range(15))
    upload(lab, "tage.csv", ("urteil;satz;nummer\n" + rows).encode("cp1252"))
    assert not lab.error
    assert (control(lab, "text").value, control(lab, "label").value) == (["satz"], "urteil")
    assert number(lab, "Texts") == "30"


def test_markup_in_name_text_and_label_is_shown_and_not_followed(lab: AppTest) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    rows = "".join(f'"{hostile} **day** {n}","{hostile}"\n"a $x$ day {n}",plain\n' for n in range(10))
    upload(lab, f"{hostile}.csv", ("text,label\n" + rows).encode())
    assert not lab.exception
    for element in [*lab.markdown, *lab.caption, *lab.header]:
        assert "<img" not in str(element.value).replace("\\<img", "")


def test_text_and_label_may_not_be_the_same_column(lab: AppTest) -> None:
    upload(lab, "a.csv", b"text,label\n" + b"good day,yes\nbad day,no\n" * 8)
    control(lab, "label").set_value("text").run()
    assert "same column" in lab.error[0].value


def test_a_split_column_is_respected(lab: AppTest) -> None:
    rows = "".join(f"day {n},{'yes' if n % 2 else 'no'},{'test' if n < 8 else 'train'}\n" for n in range(40))
    upload(lab, "a.csv", ("text,label,part\n" + rows).encode())
    control(lab, "split").set_value("part").run()
    assert not lab.error
    assert number(lab, "Test") == "8"


def test_a_file_that_the_server_let_go_of_is_asked_for_again(lab: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(lab, "a.csv", b"text,label\n" + b"good day,yes\nbad day,no\n" * 8)
    monkeypatch.setattr(compat, "lost_uploads", lambda key: 2 if key == "data-file" else 0)
    (warning,) = lab.run().warning
    assert warning.value.startswith("2 files that you chose here are no longer kept")
    assert "Choose them again" in warning.value
    assert not lab.exception


def test_the_upload_names_every_format(lab: AppTest) -> None:
    choose(lab.run(), "upload")
    assert f"{format_labels()}, compressed or not, in whatever encoding." in [found.value for found in lab.caption]


def test_going_back_to_the_sample_leaves_the_upload(lab: AppTest) -> None:
    upload(lab, "a.csv", ("text,label\n" + "".join(f"good day {n},yes\nbad day {n},no\n" for n in range(8))).encode())
    assert number(lab, "Texts") == "16"
    choose(lab, "sample")
    assert number(lab, "Texts") != "16"


def test_text_settings_changed_here_hold_on_the_train_page(lab: AppTest) -> None:
    lab.run()
    lab.number_input(key="data-input-vocabulary_size").set_value(50).run()
    lab.switch_page("lab/train.py").run()
    assert lab.number_input(key="train-input-vocabulary_size").value == 50


def test_data_taken_on_to_training_are_kept_and_named_in_the_url(lab: AppTest, store: Store) -> None:
    choose(lab.run(), "paste")
    lab.text_area(key="data-pasted").set_value(LINES).run()
    assert store.datasets.all("personal") == []
    lab.button(key="to-train").click().run()
    (kept,) = store.datasets.all("personal")
    assert lab.query_params["dataset"] == kept.id
    assert lab.title[0].value == "Train"


def test_one_press_trains_the_four_models_of_the_notebook(lab: AppTest, store: Store, room: NotingRoom) -> None:
    lab.run()
    lab.button(key="train-now").click().run()
    (experiment,) = store.experiments.all("personal")
    runs = store.runs.of("personal", experiment.id)
    assert [run.architecture for run in runs] == list(SEED_ARCHITECTURES)
    assert room.submitted == [run.id for run in runs]
    assert lab.title[0].value == "Train"
    assert lab.query_params["experiment"] == experiment.id


def test_any_row_can_be_followed_to_its_ids(lab: AppTest) -> None:
    lab.run()
    lab.number_input(key="data-row").set_value(17).run()
    assert not lab.exception
    assert not lab.error


def test_a_link_to_a_data_set_that_is_not_there_says_so(lab: AppTest) -> None:
    lab.query_params["dataset"] = "nosuchdataset"
    lab.run()
    assert not lab.exception
    assert "No data set with this id" in words(lab)


def test_no_page_says_how_it_failed_but_the_log_does(
    lab: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from seqcore.ui.pages.data import overview

    monkeypatch.setattr(overview, "draw_numbers", lambda _ready: 1 / 0)
    lab.run()
    assert not lab.exception
    assert "our mistake" in lab.error[0].value
    assert "ZeroDivisionError" in caplog.text


def several(lab: AppTest, **files: str) -> AppTest:
    choose(lab.run(), "upload")
    uploads = [(name.replace("_", "."), content.encode(), "text/plain") for name, content in files.items()]
    return lab.file_uploader(key="data-file").set_value(uploads).run()


TABLE = "title,text,mood,label\n" + "".join(
    f"day {n},a day of words {n},{'good' if n % 3 else 'bad'},{'yes' if n % 2 else 'no'}\n" for n in range(40)
)


def test_the_reason_of_a_guess_stands_beside_it_until_a_person_chooses(lab: AppTest) -> None:
    upload(lab, "a.csv", TABLE.encode())
    assert "“label” was taken as the label: its name says so" in said(lab)
    assert "“mood” could be it as well" in said(lab)
    control(lab, "label").set_value("mood").run()
    assert "was taken as the label" not in said(lab)


def test_several_text_columns_are_joined(lab: AppTest) -> None:
    upload(lab, "a.csv", TABLE.encode())
    control(lab, "text").set_value(["title", "text"]).run()
    assert not lab.error
    assert lab.dataframe[0].value["Text"][0] == "day 0 a day of words 0"  # shown in one line


def test_a_file_and_the_choice_of_its_columns_are_still_there_after_another_page(lab: AppTest) -> None:
    upload(lab, "a.csv", TABLE.encode())
    control(lab, "text").set_value(["title"]).run()
    control(lab, "label").set_value("mood").run()
    away_and_back(lab)
    assert (control(lab, "text").value, control(lab, "label").value) == (["title"], "mood")
    assert lab.dataframe[0].value["Label"][0] == "bad"
    assert "In use: a.csv" in said(lab)


def test_a_file_of_no_labels_asks_for_them_and_takes_no_id(lab: AppTest) -> None:
    upload(lab, "a.csv", b"id,text\n" + b"".join(b"%d,some words %d\n" % (n, n) for n in range(12)))
    assert control(lab, "label").value is None
    assert "No column looks like labels" in lab.error[0].value


def test_labels_that_look_alike_are_merged_by_one_press_and_stay_so(lab: AppTest) -> None:
    rows = "".join(f"words {n},{('yes', 'Yes', 'no', 'yes')[n % 4]}\n" for n in range(40))
    upload(lab, "a.csv", ("text,label\n" + rows).encode())
    assert number(lab, "Classes") == "3"
    control(lab, "merge").set_value(True).run()
    assert number(lab, "Classes") == "2"
    away_and_back(lab)
    assert number(lab, "Classes") == "2"


def test_pasted_labels_that_look_alike_are_merged_by_one_press(lab: AppTest) -> None:
    choose(lab.run(), "paste")
    lab.text_area(key="data-pasted").set_value(LINES.replace("0\tgood", "0\tGood")).run()
    assert number(lab, "Classes") == "3"
    lab.toggle(key="data-merge-pasted").set_value(True).run()
    assert number(lab, "Classes") == "2"


def test_a_test_file_with_labels_in_other_capitals_is_refused_until_they_are_merged(lab: AppTest) -> None:
    train = "text,label\n" + "".join(f"words {n},{'yes' if n % 2 else 'no'}\n" for n in range(40))
    upload(lab, "a.csv", train.encode())
    lab.file_uploader(key="data-test-file").upload("b.csv", b"text,label\nother words,Yes\nmore words,NO\n").run()
    assert "Got “Yes”, “NO”, where training rows have" in said(lab)
    assert "stays in use: Sample" in said(lab)  # and not the training file, with a test drawn from it
    control(lab, "merge").set_value(True).run()
    assert not lab.error
    assert number(lab, "Test") == "2"
    away_and_back(lab)
    assert number(lab, "Test") == "2"
    lab.button(key="no-test-file").click().run()
    assert number(lab, "Test") != "2"


def test_files_of_one_class_each_are_combined_and_their_classes_can_be_named(lab: AppTest) -> None:
    several(lab, **{f"{name}_txt": "".join(f"a {name} day {n}\n" for n in range(20)) for name in ("pos", "neg")})
    assert not lab.error
    assert number(lab, "Texts") == "40"
    assert {each.value for each in lab.text_input if "class" in str(each.key)} == {"pos", "neg"}
    control(lab, "class-0").set_value("fine").run()
    assert set(lab.dataframe[0].value["Label"]) == {"fine"}


def test_texts_and_labels_of_two_files_are_combined(lab: AppTest) -> None:
    several(lab, x_txt="".join(f"day {n}\n" for n in range(40)), y_txt="good\nbad\n" * 20)
    assert not lab.error
    assert list(lab.dataframe[0].value["Label"][:3]) == ["good", "bad", "good"]


def test_parts_of_one_table_are_combined(lab: AppTest) -> None:
    several(lab, a_csv=TABLE, b_csv=TABLE.replace("day", "night"))
    assert not lab.error
    assert number(lab, "Texts") == "80"


@pytest.mark.parametrize(("source", "said"), [("upload", "chose no file"), ("paste", "pasted nothing")])
def test_nobody_trains_unawares_on_what_was_in_use_before(lab: AppTest, source: str, said: str) -> None:
    choose(lab.run(), source)
    assert "Until then this stays in use" in words(lab)
    assert not [button for button in lab.button if button.key == "train-now"]
    lab.switch_page("lab/train.py").run()
    (warning,) = [found.value for found in lab.warning]
    assert said in warning
    assert "learn from" in warning
    lab.switch_page("lab/data.py").run()
    choose(lab, "sample")
    lab.switch_page("lab/train.py").run()
    assert not lab.warning


def test_a_link_to_other_data_wins_over_what_was_uploaded_before(lab: AppTest, store: Store) -> None:
    other = LabelledText("other", tuple(f"words {n}" for n in range(12)), ("x", "y") * 6)
    linked = store.datasets.add("personal", other)
    upload(lab, "a.csv", TABLE.encode())
    lab.switch_page("lab/train.py").run()
    lab.query_params["dataset"] = linked.id
    lab.switch_page("lab/data.py").run()
    assert number(lab, "Texts") == "12"
    choose(lab, "upload")
    assert number(lab, "Texts") == "40"


def test_an_upload_that_was_trained_on_is_still_an_upload(lab: AppTest, store: Store) -> None:
    upload(lab, "a.csv", TABLE.encode())
    control(lab, "label").set_value("mood").run()
    lab.button(key="train-now").click().run()
    lab.switch_page("lab/data.py").run()
    assert lab.segmented_control(key="data-source").value == "upload"
    assert control(lab, "label").value == "mood"


def test_the_shell_is_where_the_tests_expect_it() -> None:
    assert (Path(__file__).resolve().parents[2] / "pages" / "shell.py").is_file()


def test_labels_of_an_earlier_data_set_that_look_alike_are_merged_by_one_press(lab: AppTest, store: Store) -> None:
    labels = ("yes", "Yes", "no", "yes", "NO") * 6
    data = LabelledText("answers", tuple(f"text number {n}" for n in range(len(labels))), labels)
    before = store.datasets.add("personal", data)
    lab.query_params["dataset"] = before.id
    lab.run()
    button = lab.button(key="data-merge-stored")
    assert "“yes” and “Yes”" in button.label
    button.click().run()
    assert not lab.exception
    assert number(lab, "Classes") == "2"
    assert [each.name for each in store.datasets.all("personal")] == ["answers", "answers"]
    assert "look alike but are different" not in said(lab)
    assert not [each for each in lab.button if each.key == "data-merge-stored"]


def test_a_planted_task_comes_into_use_with_what_matters_in_it(lab: AppTest) -> None:
    choose(lab.run(), "planted")
    assert not lab.exception
    assert number(lab, "Texts") == "2,000"
    first = lab.dataframe[0].value
    assert list(first["What matters"]) == list(first["Label"])  # a needle is the label
    assert "python -m seqcore planted needle --distance 20 --rows 2000 --seed 0" in said(lab)


def test_the_settings_of_a_planted_task_are_kept_when_the_page_is_left(lab: AppTest) -> None:
    choose(lab.run(), "planted")
    lab.selectbox(key="planted-task").set_value("order").run()
    lab.number_input(key="planted-rows").set_value(60).run()
    lab.number_input(key="planted-distance").set_value(5).run()
    assert number(lab, "Texts") == "60"
    away_and_back(lab)
    assert lab.selectbox(key="planted-task").value == "order"
    assert (number(lab, "Texts"), lab.number_input(key="planted-distance").value) == ("60", 5)


def test_more_planted_texts_than_may_be_are_refused_with_what_to_do(lab: AppTest) -> None:
    choose(lab.run(), "planted")
    lab.number_input(key="planted-rows").set_value(200_000).run()
    lab.number_input(key="planted-distance").set_value(5000).run()
    assert "fewer rows" in lab.error[0].value
    assert not lab.exception


def test_texts_of_a_script_without_spaces_are_told_how_they_are_cut(lab: AppTest) -> None:
    lines = "\n".join(f"อาหารอร่อยมากครั้งที่ {n}\tgood\nอาหารไม่ดีเลยครั้งที่ {n}\tbad" for n in range(20))
    upload(lab, "thai.tsv", lines.encode())
    assert not lab.exception
    assert "100 % are Thai" in said(lab) and "into words, which BudouX finds" in said(lab)


def test_a_page_that_is_drawn_again_does_not_label_the_rows_again(
    lab: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled: list[Columns] = []

    def label(table: Table, columns: Columns, **options: Any) -> LabelledText:
        labelled.append(columns)
        return label_table(table, columns, **options)

    monkeypatch.setattr(labels, "label_table", label)
    lines = "".join(f"what a fine day {n},good,{'ab'[n % 2]}\nwhat a poor day {n},bad,a\n" for n in range(20))
    upload(lab, "days.csv", f"text,mood,part\n{lines}".encode())
    assert [each.label for each in labelled] == ["mood"]
    lab.run()
    assert len(labelled) == 1
    control(lab, "label").set_value("part").run()
    assert [each.label for each in labelled] == ["mood", "part"]
    assert lab.session_state["seqlab.memory"].draft.classes == ("a", "b")


def test_an_upload_that_was_stored_is_not_read_a_second_time(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"a fine day {n},good\na poor day {n},bad\n" for n in range(20))
    upload(lab, "days.csv", f"text,mood\n{lines}".encode())
    uploaded, load = lab.session_state["seqlab.memory"].draft, store.datasets.load
    monkeypatch.setattr(store.datasets, "load", lambda dataset: pytest.fail(f"{dataset.name} was read"))
    lab.button(key="to-train").click().run()
    assert not lab.exception
    (dataset,) = store.datasets.all("personal")
    assert load(dataset) == uploaded
    assert number(lab.switch_page("lab/data.py").run(), "Texts") == "40"
