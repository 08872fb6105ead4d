"""Compare, Look inside, Predict and Runs in a real browser, on models trained by the real engine."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.page_measures import picture_buttons, picture_names, settle
from scripts.running_app import RunningApp
from seqcore.architectures import get_architecture
from seqcore.datasets.labelled_text import LabelledText
from seqcore.engine import Engine
from seqcore.kinds.text.options import TextOptions
from seqcore.settings import Settings
from seqcore.spec import RunSpec, SplitOptions, TrainingOptions
from seqcore.store import DONE, Store
from tests.browser.conftest import PATIENCE, PICTURE_BUTTONS
from tests.browser.steps import ask
from tests.waiting import until

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.followed=1>"
OVERRIDE = f"Good \u202ereversed {HOSTILE} film 😀 naïve مرحبا bad."
MODELS = ("lstm_attention", "transformer", "bag_of_words")


@pytest.fixture(scope="module")
def experiment(running_app: RunningApp, browser: Browser) -> str:
    """Three models trained on hostile texts, a fifth of their labels wrong so that there are mistakes."""
    store = Store(f"sqlite:///{running_app.home / 'sequence-lab.db'}", str(running_app.home / "artifacts"))
    texts = tuple(f"{'good' if n % 2 else 'bad'} film number {n}, {HOSTILE}" for n in range(120))
    labels = tuple(HOSTILE if (n % 2 == 1) != (n % 5 == 0) else "bad" for n in range(120))
    data = LabelledText(HOSTILE, texts, labels, None, ())
    dataset = store.datasets.add("personal", data)
    specs = [
        RunSpec(
            dataset=data.content_hash, architecture=name, input=TextOptions(max_length=30), split=SplitOptions(),
            model=get_architecture(name).validate_options({}).model_dump(), training=TrainingOptions(epochs=2),
        )
        for name in MODELS
    ]  # fmt: skip
    made = store.experiments.add("personal", dataset.id, specs)
    run_ids = [run.id for run in store.runs.of("personal", made.id)]
    engine = Engine.start(Settings(home=running_app.home, workers=1))
    try:
        engine.submit(run_ids)
        until(lambda: all(state in DONE for state in store.runs.states(run_ids).values()), seconds=180)
    finally:
        engine.close()
    assert all(run.results for run in store.runs.of("personal", made.id)), store.runs.states(run_ids)
    store.close()
    return made.id


def test_compare_says_which_model_leads_and_draws_every_tab(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/compare?experiment={experiment}")
    expect(page.get_by_text("test texts right")).to_be_visible()
    expect(page.locator("[data-testid=stDataFrame]").first).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    for tab in ("Learning curves", "Confusion", "Slices", "ROC and precision–recall", "Calibration"):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        assert picture_buttons(page) <= PICTURE_BUTTONS
        assert all(re.search(r"\d", name) for name in picture_names(page))
    page.get_by_role("tab", name="Mistakes").click()
    expect(page.get_by_role("button", name="Look inside").first).to_be_visible()
    assert page.evaluate("window.followed") is None
    assert page.locator("img[src='x']").count() == 0


def test_a_click_on_a_cell_shows_its_texts(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/compare?experiment={experiment}&tab=Confusion")
    cells = page.locator(".seqlab-clickable .nsewdrag").first
    expect(cells).to_be_visible()
    cells.click(position={"x": 20, "y": 20})  # the first class taken for itself
    expect(page.get_by_text("True: ").first).to_be_visible()
    expect(page.get_by_role("button", name="Look inside").first).to_be_visible()


def test_downloads_from_compare_open_in_a_spreadsheet(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/compare?experiment={experiment}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="All test answers as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 24
    assert all(HOSTILE in row["text"] for row in rows)


def look_inside(page: Page, app_url: str, experiment: str, text: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=Attention")
    ask(page, text)
    expect(page.locator(".look .text").first).to_have_text(text)


def test_points_that_are_encircled_become_rows(page: Page, app_url: str, experiment: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})  # where a mouse can go around all of the picture
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=Words+and+texts")
    expect(page.get_by_text("All 24 test texts.", exact=True)).to_be_visible()
    expect(page.locator(".seqlab-selectable .nsewdrag")).to_be_visible()
    settle(page)
    box = page.locator(".seqlab-selectable .nsewdrag").bounding_box()
    assert box is not None
    corners = [(0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99), (0.01, 0.02)]  # around all of them
    places = [(box["x"] + box["width"] * right, box["y"] + box["height"] * down) for right, down in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()
    expect(page.get_by_text("24 points chosen.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_text("All 24 test texts.", exact=True)).to_be_visible()
    assert page.evaluate("window.followed") is None


def test_the_heatmap_shows_the_whole_text_and_weights_that_sum_to_one(
    page: Page, app_url: str, experiment: str
) -> None:
    look_inside(page, app_url, experiment, OVERRIDE)
    expect(page.locator(".look")).to_have_count(2)
    page.locator(".look").first.get_by_text("The same as a table").click()
    weights = page.locator(".look").first.locator("td:nth-child(3)").all_inner_texts()
    assert sum(float(weight.removesuffix("%").strip()) for weight in weights) == pytest.approx(100, abs=0.1)
    assert page.evaluate("window.followed") is None
    assert page.locator("img[src='x']").count() == 0


def test_an_override_character_turns_nothing_around(page: Page, app_url: str, experiment: str) -> None:
    look_inside(page, app_url, experiment, OVERRIDE)
    tokens = page.locator(".look").first.locator(".token")
    places = {tokens.nth(n).inner_text(): tokens.nth(n).bounding_box() for n in range(tokens.count())}
    row = [places[word] for word in ("Good", "reversed", "img")]
    assert all(row)
    assert [box["x"] for box in row if box] == sorted(box["x"] for box in row if box)


def test_tokens_are_reached_with_the_keyboard(page: Page, app_url: str, experiment: str) -> None:
    look_inside(page, app_url, experiment, "good film")
    card = page.locator(".look").first
    first, second = card.locator(".token").nth(0), card.locator(".token").nth(1)
    first.focus()
    expect(card.locator(".tip")).to_contain_text("of the attention")
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    expect(card.locator(".tip b")).to_have_text("film")
    page.keyboard.press("Escape")
    expect(card.locator(".tip")).to_be_hidden()


def test_a_report_opens_offline_on_a_phone_and_asks_for_nothing(
    page: Page, browser: Browser, app_url: str, experiment: str, tmp_path: Path
) -> None:
    page.goto(f"{app_url}/compare?experiment={experiment}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        archive.extract("report.html", tmp_path)
        assert {"notebook.ipynb", "train.py", "data.csv", "table.tex"} <= set(archive.namelist())
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    alone, asked, said = context.new_page(), [], []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: said.append(message.text))
    alone.goto((tmp_path / "report.html").as_uri())
    expect(alone.get_by_role("heading", name="Verdict")).to_be_visible()
    assert alone.evaluate("document.documentElement.scrollWidth") == 390
    assert asked == [(tmp_path / "report.html").as_uri()] and said == []
    assert alone.pdf().startswith(b"%PDF")
    assert alone.evaluate("window.followed") is None
    context.close()


def test_heatmaps_are_saved_as_png_html_and_csv(page: Page, app_url: str, experiment: str) -> None:
    look_inside(page, app_url, experiment, OVERRIDE)
    with page.expect_download() as png:
        page.locator(".look .png").first.click()
    picture = Path(png.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000
    with page.expect_download() as page_of_html:
        page.get_by_role("button", name="Heatmaps as HTML").click()
    html = Path(page_of_html.value.path()).read_text(encoding="utf-8")
    assert "<img" not in html
    assert html.count('class="text"') == 2
    with page.expect_download() as weights:
        page.get_by_role("button", name="Weights as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(weights.value.path()).read_bytes().decode("utf-8-sig"))))
    assert sum(float(row["weight"]) for row in rows) == pytest.approx(2, abs=1e-3)


def test_a_head_of_the_transformer_can_be_chosen(page: Page, app_url: str, experiment: str) -> None:
    look_inside(page, app_url, experiment, "good film, bad film, what a film")
    heads = page.get_by_role("radiogroup", name=re.compile("Head of"))
    before = page.locator(".look").nth(1).locator(".token").first.get_attribute("data-share")
    others = set()
    for head in ("1", "2", "3", "4"):
        heads.get_by_text(head, exact=True).click()
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
        others.add(page.locator(".look").nth(1).locator(".token").first.get_attribute("data-share"))
    assert others != {before}


def test_a_head_and_a_token_are_chosen_by_keyboard_and_both_ways_follow(
    page: Page, app_url: str, experiment: str
) -> None:
    look_inside(page, app_url, experiment, "good film, bad film, what a film")
    matrix, grid = page.locator(".matrix"), page.locator(".grid")
    drawn = matrix.get_attribute("data-drawn")
    grid.locator(".head").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(matrix).not_to_have_attribute("data-drawn", drawn or "")
    expect(page.get_by_role("radiogroup", name=re.compile("Head of")).get_by_role("radio", name="2")).to_be_checked()
    expect(grid.locator("[aria-pressed=true] .number")).to_have_text("Head 2")
    matrix.locator(".side").first.locator(".token").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(matrix.locator(".told")).to_contain_text("“film”, token 4")
    expect(matrix.locator(".side .here")).to_have_text(["film", "film"])
    with page.expect_download() as both:
        page.get_by_role("button", name="Both ways of “film” as HTML").click()
    assert "“film” (token 4) looks at" in Path(both.value.path()).read_text(encoding="utf-8")


def test_what_mattered_has_signed_scores_that_are_saved(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}")
    ask(page, OVERRIDE)
    maps = page.locator(".look")
    expect(maps).to_have_count(12)  # three methods for each of three models, attention for two, rollout for one
    first = maps.first
    expect(first.locator(".text")).to_have_text(OVERRIDE)
    shares = first.locator(".token").evaluate_all("all => all.map((one) => one.dataset.share)")
    assert {share[0] for share in shares} <= {"+", "\N{MINUS SIGN}"}
    expect(page.get_by_text("All scores sum to").first).to_be_visible()
    with page.expect_download() as png:
        page.locator(".look .png").first.click()
    assert Path(png.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as page_of_html:
        page.get_by_role("button", name="Heatmaps as HTML").click()
    html = Path(page_of_html.value.path()).read_text(encoding="utf-8")
    assert "<img" not in html
    assert html.count('class="text"') == 12
    assert page.evaluate("window.followed") is None


def test_models_read_along_word_by_word(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=Reading%20along&text=a%20good%20film&step=2")
    player = page.locator(".player")
    expect(player.locator(".now")).to_have_text("good")
    expect(player.locator(".readers li")).to_have_count(3)
    slider = player.get_by_role("slider", name="Word")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(player.locator(".now")).to_have_text("film")
    page.wait_for_url(lambda url: "step=" not in url)  # the last word is where one stands without saying so
    player.get_by_role("button", name="Play again").click()
    expect(player.get_by_role("button", name="Play again")).to_be_visible()
    expect(player.locator(".now")).to_have_text("film")
    assert page.evaluate("window.followed") is None


def test_weights_are_moved_by_keyboard_and_the_model_answers(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=Attention&text=a%20good%20film")
    sliders = page.locator(".weights").get_by_role("slider")
    expect(sliders).to_have_count(3)
    expect(page.get_by_text("With its own weights it says")).to_be_visible()
    sliders.nth(1).focus()
    page.keyboard.press("End")
    expect(page.get_by_text(re.compile("The answer (stays|flips)"))).to_be_visible()
    expect(sliders.nth(1)).to_be_focused()  # though the page was drawn again
    said = page.locator(".weights output").all_inner_texts()
    assert [float(each.split()[0]) for each in said] == [0, 100, 0]
    page.keyboard.press("PageDown")  # what one loses, the others share
    said = page.locator(".weights output").all_inner_texts()
    assert sum(float(each.split()[0]) for each in said) == pytest.approx(100, abs=0.2)
    page.get_by_role("button", name="As the model had them").click()
    expect(page.get_by_text("With its own weights it says")).to_be_visible()


def test_words_are_changed_by_keyboard_and_a_reload_finds_them(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=What%20if&text=a%20good%20film")
    changed, gone = page.locator(".editor .word"), page.locator(".editor .gone")
    expect(changed).to_have_count(3)
    expect(page.locator(".st-key-look-reset")).to_be_visible()  # a page that is still being drawn takes the focus
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    changed.first.focus()
    page.keyboard.press("ArrowRight")
    expect(changed.nth(1)).to_be_focused()
    page.keyboard.press("Delete")
    expect(gone).to_contain_text("good")
    expect(changed).to_have_count(2)
    expect(changed.nth(1)).to_be_focused()  # the one that moved up, though the page was drawn again
    page.get_by_label("Another word").fill(HOSTILE)
    page.keyboard.press("Enter")
    expect(page.locator(".editor .text")).to_contain_text("onerror")
    page.wait_for_url(re.compile("edit="))
    page.reload()
    expect(page.locator(".editor .text")).to_contain_text("onerror")
    assert page.evaluate("window.followed") is None
    page.get_by_role("button", name="Reset").click()
    expect(gone).to_have_count(0)
    expect(changed).to_have_count(3)


def test_a_text_from_right_to_left_is_changed_in_its_order(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=What%20if&text=שלום%20good%20عالم")
    changed = page.locator(".editor .word")
    expect(changed).to_have_count(3)
    places = [changed.nth(number).bounding_box() for number in range(3)]
    assert all(places)
    assert [box["x"] for box in places if box] == sorted((box["x"] for box in places if box), reverse=True)
    changed.first.click()
    page.keyboard.press("ArrowLeft")
    expect(changed.nth(1)).to_be_focused()


def test_a_click_into_the_cell_chooses_the_word(page: Page, app_url: str, experiment: str) -> None:
    page.goto(f"{app_url}/attention?experiment={experiment}&tab=Inside%20the%20cell&text=a%20good%20film")
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    cells = page.locator(".seqlab-clickable .nsewdrag").first
    expect(cells).to_be_visible()
    box = cells.bounding_box()
    assert box
    cells.click(position={"x": box["width"] - 20, "y": 20})
    expect(page.get_by_text("Step 3 of 3")).to_be_visible()
    page.wait_for_url(re.compile("step=3"))


def test_every_model_answers_and_a_file_comes_back(page: Page, app_url: str, experiment: str, tmp_path: Path) -> None:
    page.goto(f"{app_url}/predict?experiment={experiment}")
    ask(page, "a good film")
    expect(page.locator(".answers .card")).to_have_count(3)
    file = tmp_path / "texts.txt"
    file.write_text("a good film\n=1+1\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Predict 2 texts").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download with predictions").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_bytes().decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == ["a good film", "'=1+1"]
    assert all(row["Bag of words"] in (HOSTILE, "bad") for row in rows)
    assert page.evaluate("window.followed") is None


@pytest.mark.parametrize(
    "path",
    ["train?", "compare?", "attention?", "attention?tab=What+if&beside=changed.&", "predict?", "runs?", "guide?"],
)
def test_nothing_is_wider_than_a_phone(browser: Browser, app_url: str, experiment: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{app_url}/{path}experiment={experiment}")
    page.wait_for_selector("[data-testid=stDataFrame], .look, [data-testid=stFileUploader], .stExpander, .katex")
    page.wait_for_selector(".st-key-announcement, body:not(:has(.st-key-live-curves))", state="attached")
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    context.close()
