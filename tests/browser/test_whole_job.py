"""The whole job by a stranger: a messy file in, two models trained live, compared, looked into, asked."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TRAINED
from tests.browser.steps import ask, choose_models, press_train, set_number, upload, wait_for_points

pytestmark = pytest.mark.browser

GOOD = ["“Köstlich”", "großartig", "schön", "frisch", "herrlich"]
BAD = ["fade", "kalt", "müde", "zäh", "öde"]
DISHES = ["das Frühstück", "der Käse", "die Suppe – hausgemacht", "das Gemüse", "der Kaffee für 3 €"]


def messy_csv() -> bytes:
    """400 reviews as an old spreadsheet writes them.

    cp1252, CRLF, semicolons, unnamed columns with spilled cells, quotes with line breaks and doubled quotes,
    empty texts, missing labels, duplicates.
    """
    chance = random.Random(7)
    lines = ["Nr;Urteil;Bewertung;;"]
    for number in range(400):
        label = "gut" if number % 2 else "schlecht"
        words = GOOD if number % 2 else BAD
        text = f"{chance.choice(DISHES)} war {chance.choice(words)} und {chance.choice(words)}, Nr. {number}"
        match number % 40:
            case 3:
                text = f'"{text};\r\nzweite Zeile, ""zitiert"""'
            case 7:
                text = ""
            case 11:
                label = ""
            case 15:
                text = "genau dieselbe Suppe war schön"
            case 19:
                text += ";übergelaufen"
        lines.append(f"{number};{label};{text};;")
    return "\r\n".join(lines).encode("cp1252")


def test_from_a_messy_file_to_an_answer(page: Page, app_url: str, tmp_path: Path) -> None:
    file = tmp_path / "Bewertungen (alt).csv"
    file.write_bytes(messy_csv())

    page.goto(app_url)
    upload(page, file)
    expect(page.get_by_role("heading", name="Bewertungen (alt).csv")).to_be_visible()
    expect(page.locator(".seen .text").first).to_contain_text("war")
    expect(page.get_by_text("left out: no text")).to_be_visible()
    expect(page.get_by_text("left out: no label")).to_be_visible()

    page.get_by_role("button", name="Choose models").click()
    expect(page.get_by_role("heading", name="Train", exact=True)).to_be_visible()
    choose_models(page, "rnn", "lstm_attention")
    set_number(page, "train-training-epochs", 30)
    press_train(page)
    first = wait_for_points(page, 0)
    wait_for_points(page, first)
    expect(page.get_by_text("All 2 models are ready")).to_be_visible(timeout=TRAINED)

    page.get_by_role("button", name="Compare the models").click()
    expect(page.get_by_text("test texts right")).to_be_visible()
    expect(page.locator("[data-testid=stDataFrame]").first).to_be_visible()

    page.get_by_role("link", name="Look inside").first.click()
    ask(page, "Der Käse war köstlich und schön")
    look = page.locator(".look").first
    expect(look.locator(".text")).to_have_text("Der Käse war köstlich und schön")
    page.locator(".st-key-look-tab").get_by_role("radio", name="Attention").click()
    expect(page.get_by_role("heading", name="Top tokens")).to_be_visible()
    expect(page.locator(".look")).to_have_count(1)  # the RNN has no attention
    expect(look).to_contain_text("gut")
    look.get_by_text("The same as a table").click()
    weights = [float(weight.rstrip("% ")) for weight in look.locator("td:nth-child(3)").all_inner_texts()]
    assert sum(weights) == pytest.approx(100, abs=0.1)

    page.get_by_role("link", name="Predict").first.click()
    expect(page.get_by_role("heading", name="Predict", exact=True)).to_be_visible()
    expect(page.locator(".look")).to_have_count(0)  # both pages have a box for a text
    ask(page, "die Suppe war fade und kalt")
    answers = page.locator(".answers .card")
    expect(answers).to_have_count(2)
    expect(answers.nth(0)).to_contain_text("schlecht")
    expect(answers.nth(1)).to_contain_text("schlecht")
