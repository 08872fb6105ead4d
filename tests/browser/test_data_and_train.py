import http.client
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.running_app import RunningApp
from tests.browser.conftest import PATIENCE, TRAINED
from tests.browser.steps import (
    COUNT_POINTS,
    CURVES,
    choose_models,
    press_train,
    set_epochs,
    set_number,
    upload,
    wait_for_points,
)
from tests.waiting import until

pytestmark = pytest.mark.browser

POINTS_CAME = "document.querySelector('.seqlab-curves').seqlabData.traces.reduce((sum, trace) => sum + trace.points, 0)"
RANGE = "document.querySelector('.seqlab-curves')._fullLayout.xaxis.range"
HOSTILE = "<img src=x onerror=window.followed=1>"


def test_the_first_page_stands_with_the_sample_and_what_a_model_sees_of_it(page: Page, app_url: str) -> None:
    page.goto(app_url)
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    expect(page.locator(".seen li")).to_have_count(5)
    expect(page.locator(".seen table tr")).to_have_count(5)


def test_a_row_is_followed_to_its_ids(page: Page, app_url: str) -> None:
    page.goto(app_url)
    first = page.locator(".seen .text").first
    expect(first).to_be_visible()
    before = first.inner_text()
    set_number(page, "data-row", 12)
    expect(first).not_to_have_text(before)
    expect(page.locator(".seen tr.here th")).to_have_text("Row 12")


def test_a_messy_hostile_file_is_read_shown_and_not_followed(page: Page, app_url: str, tmp_path: Path) -> None:
    file = tmp_path / f"{HOSTILE}.csv"
    lines = "".join(f"{HOSTILE};Café {n}; {HOSTILE} <b>{n}</b>\u00a7\nham;Ein Täßchen {n}\n" for n in range(30))
    file.write_bytes(("label;text\n" + lines).encode("cp1252"))
    page.goto(app_url)
    upload(page, file)
    expect(page.locator(".seen .text").first).to_contain_text("Café 0")
    assert page.evaluate("window.followed") is None
    assert page.locator("img[src='x']").count() == 0


def test_settings_stay_at_their_defaults_when_a_file_is_taken_to_training(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("text,label\n" + "".join(f"good text {n},yes\nbad text {n},no\n" for n in range(30)))
    page.goto(app_url)
    upload(page, file)
    expect(page.locator(".seen .text").first).to_contain_text("text")
    page.get_by_role("link", name="Train").first.click()
    for key, value in {"input-vocabulary_size": "10000", "input-max_length": "200", "training-epochs": "30"}.items():
        expect(page.locator(f".st-key-train-{key} input")).to_have_value(value)


def test_an_upload_and_its_columns_outlive_a_visit_to_another_page_but_not_their_removal(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "moods.csv"
    file.write_text("text,mood,label\n" + "".join(f"text {n},{'ab'[n % 2]},{'xyz'[n % 3]}\n" for n in range(30)))
    page.goto(app_url)
    upload(page, file)
    label = page.get_by_role("combobox", name="Label column")
    expect(label).to_be_visible()
    label.click()
    page.get_by_role("option", name="mood").click()
    expect(page.get_by_text("was taken as the label")).to_have_count(0)
    page.get_by_role("link", name="Train").first.click()
    expect(page.get_by_text("30 texts · 2 classes")).to_be_visible()
    page.get_by_role("link", name="Data").first.click()
    expect(page.get_by_text("In use: moods.csv")).to_be_visible()
    expect(label).to_have_value("mood")

    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text("was taken as the label")).to_be_visible()  # another upload is guessed anew
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_text("Until then this stays in use")).to_be_visible()
    page.get_by_role("link", name="Train").first.click()
    expect(page.get_by_text("chose no file")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/train"])
def test_nothing_is_wider_than_a_phone(browser: Browser, app_url: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(app_url + path)
    page.wait_for_selector(".seen li" if path == "/" else ".st-key-train button", timeout=PATIENCE)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    context.close()


def test_a_training_is_watched_left_reloaded_and_found_from_its_link(
    page: Page, browser: Browser, app_url: str
) -> None:
    page.goto(f"{app_url}/train")
    choose_models(page, "rnn", "bag_of_words")
    set_number(page, "train-training-epochs", 3)
    experiment = press_train(page)
    expect(page.locator("[class*='st-key-run-']")).to_have_count(2)
    wait_for_points(page, 0)
    expect(page.get_by_text("All 2 models are ready")).to_be_visible(timeout=TRAINED)
    expect(page.get_by_text("Test accuracy").first).to_be_visible()

    page.get_by_role("link", name="Data").first.click()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(experiment))
    page.reload()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()  # a link pressed before is not heard
    page.get_by_role("link", name="Train").first.click()
    expect(page.get_by_text("All 2 models are ready")).to_be_visible()

    other = browser.new_context()
    elsewhere = other.new_page()
    elsewhere.goto(f"{app_url}/train?experiment={experiment}")
    expect(elsewhere.get_by_text("All 2 models are ready")).to_be_visible(timeout=PATIENCE)
    other.close()


def test_zoom_is_kept_while_points_arrive_and_stopping_keeps_what_was_learned(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/train")
    choose_models(page, "lstm")
    set_epochs(page, 400)
    press_train(page)
    wait_for_points(page, 3)
    area = page.locator(f"{CURVES} .nsewdrag").first
    area.scroll_into_view_if_needed()
    place = area.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 0.2 * place["width"], place["y"] + 0.2 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.4 * place["width"], place["y"] + 0.5 * place["height"], steps=3)
    before = page.evaluate(POINTS_CAME)
    until(lambda: page.evaluate(POINTS_CAME) > before)  # the frame outlives what arrives meanwhile
    page.mouse.move(place["x"] + 0.6 * place["width"], place["y"] + 0.7 * place["height"], steps=3)
    page.mouse.up()
    zoomed = until(lambda: page.evaluate(RANGE)[1] < 350 and page.evaluate(RANGE))
    points = page.evaluate(COUNT_POINTS)
    wait_for_points(page, points + 5)
    assert page.evaluate(RANGE) == pytest.approx(zoomed)

    page.get_by_role("button", name="Stop all").click()
    expect(page.get_by_text("Your model is ready")).to_be_visible(timeout=TRAINED)
    expect(page.locator("[class*='st-key-run-']")).to_contain_text("Stopped")
    expect(page.get_by_text("Test accuracy").first).to_be_visible()


def test_every_answer_tells_the_browser_to_trust_this_server_only(app_url: str) -> None:
    where = urlparse(app_url)
    for path in ("/", "/train", "/_stcore/health"):
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        connection.request("GET", path)
        headers = connection.getresponse().headers
        connection.close()
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(("host", "answer"), [("evil.example", 403), ("127.0.0.1", 101)])
def test_a_page_of_another_name_cannot_talk_to_this_server(app_url: str, host: str, answer: int) -> None:
    where = urlparse(app_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    connection.request("GET", "/_stcore/stream", headers={
        "Host": f"{host}:{where.port}", "Origin": f"http://{host}:{where.port}", "Connection": "Upgrade",
        "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    })  # fmt: skip
    assert connection.getresponse().status == answer
    connection.close()


def test_the_server_has_not_loaded_tensorflow(running_app: RunningApp) -> None:
    maps = Path(f"/proc/{running_app.pid}/maps")
    if not maps.exists():
        pytest.skip("this system does not show what a process has loaded; tests/ui/test_server.py looks at the modules")
    assert "tensorflow" not in maps.read_text()
    assert "sklearn" not in maps.read_text()
