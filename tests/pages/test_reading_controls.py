"""On the Data page one sees how a file was read, and has it read otherwise."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_data_page import away_and_back, control, upload

POLISH = "text,label\n" + "".join(f"Film był naprawdę świetny {n},{'dobry' if n % 2 else 'zły'}\n" for n in range(12))
SPAM = "".join(f"{'spam' if n % 2 else 'ham'},message number {n} of them\n" for n in range(12))


def sample(lab: AppTest) -> str:
    return "\n".join(str(block.value) for block in lab.code)


def others(lab: AppTest) -> dict[str, object]:
    return {button.label: button for button in lab.button if str(button.key).startswith("other-")}


def test_the_encoding_is_shown_with_a_sample_and_can_be_changed_and_found_again(lab: AppTest) -> None:
    upload(lab, "a.csv", POLISH.encode("iso8859_2"))
    encoding = control(lab, "read-encoding")
    assert encoding.value == "found"
    assert encoding.options[0] == "ISO-8859-2 (found)"
    assert "Film był naprawdę świetny" in sample(lab)
    encoding.set_value("cp1252").run()
    assert "naprawdê" in sample(lab)
    control(lab, "read-encoding").set_value("found").run()
    assert "naprawdę" in sample(lab)
    assert not lab.exception


def test_an_encoding_that_does_not_fit_is_answered_and_the_controls_stay(lab: AppTest) -> None:
    upload(lab, "a.csv", POLISH.encode("iso8859_2"))
    control(lab, "read-encoding").set_value("utf-8").run()
    assert "is not a character in it" in lab.error[0].value
    assert "line 2" in lab.error[0].value
    control(lab, "read-encoding").set_value("iso8859_2").run()
    assert not lab.error
    assert "naprawdę" in sample(lab)


def test_what_was_chosen_stays_when_one_leaves_the_page_and_returns(lab: AppTest) -> None:
    upload(lab, "a.csv", SPAM.encode())
    control(lab, "read-header").set_value(1).run()
    away_and_back(lab)
    assert control(lab, "read-header").value == 1
    assert control(lab, "text").value == ["message number 0 of them"]


def test_another_reading_is_taken_by_one_press_and_given_back_by_another(lab: AppTest) -> None:
    upload(lab, "a.csv", SPAM.encode())
    assert control(lab, "read-header").value == "found"
    others(lab)["The first row names the columns"].click().run()
    assert control(lab, "read-header").value == 1
    assert control(lab, "text").value == ["message number 0 of them"]
    control(lab, "read-header").set_value("found").run()
    assert control(lab, "text").value == ["column 2"]
    assert not lab.exception


@pytest.mark.parametrize(("field", "value", "shown"), [("delimiter", "", 'ham,"a b" 2'), ("quote", "", '"a b" 2')])
def test_delimiter_and_quotes_are_chosen(lab: AppTest, field: str, value: str, shown: str) -> None:
    upload(lab, "a.csv", "".join(f'{"spam" if n % 2 else "ham"},"a b" {n}\n' for n in range(12)).encode())
    control(lab, f"read-{field}").set_value(value).run()
    assert shown in sample(lab)
    assert not lab.exception


def test_the_test_file_has_controls_of_its_own(lab: AppTest) -> None:
    upload(lab, "a.csv", POLISH.encode())
    lab.file_uploader(key="data-test-file").upload("b.csv", POLISH.replace("świetny", "dobry").encode("cp1250")).run()
    assert not lab.exception and not lab.error
    encodings = [box.options[0] for box in lab.selectbox if "encoding" in str(box.key)]
    assert encodings == ["UTF-8 (found)", "Windows-1250 (found)"]
