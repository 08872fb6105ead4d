"""Words of every text stand in its heatmaps where they stand in the text itself, whichever way it runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import seqcore.ui.components
from seqcore.kinds.text.word_edits import word_spans

pytestmark = pytest.mark.browser
FOLDER = Path(seqcore.ui.components.__file__).parent
TEXTS = {
    "English": "a good film, really",
    "Arabic": "هذا الفيلم جيد جدا",
    "Hebrew with marks": "סרט (טוב) מאוד!",
    "English within Arabic": "شاهدت a very good film أمس مع صديقي",
    "Arabic within English": "they said فيلم جيد جدا to me",
    "English at the end of Arabic": "الفيلم جيد the best one",
    "without spaces between": "good/جيد/bad سيئ",
    "numbers": "رأيت film 12 times و فيلم واحد",
    "an override": "\u202egood film جيد",
}
WORDS_READ = ".text > span, .text > span[dir] > span"
COMPONENTS = {
    "heatmap": (("answers.js", "directions.js", "heatmap_picture.js", "heatmap.js"), "look", ".token"),
    "reading": (("answers.js", "directions.js", "reading_player.js"), "player", WORDS_READ),
    "editor": (("answers.js", "directions.js", "word_editor.js"), "editor", ".word"),
}  # fmt: skip
STYLES = {"heatmap": "heatmap.css", "reading": "reading_player.css", "editor": "word_editor.css"}
# Where each word begins and ends, as numbers from left to right; texts on one line.
PLACES = """(words) => {
  const middle = ({left, right}) => (left + right) / 2;
  const at = words.map(middle);
  const sorted = [...at].sort((a, b) => a - b);
  return at.map((x) => sorted.indexOf(x));
}"""


def data_of(component: str, text: str) -> dict[str, Any]:
    spans = word_spans(text)
    starts = [0, *(end for _, end in spans)]
    gaps = [text[before:start] for before, (start, _) in zip(starts, spans, strict=False)]
    words = [text[start:end] for start, end in spans]
    rest = text[starts[-1] :]
    if component == "heatmap":
        pieces = [
            piece
            for gap, word in zip(gaps, words, strict=True)
            for piece in ([{"text": gap, "weight": None, "known": True}] if gap else [])
            + [{"text": word, "weight": 0.1, "known": True}]
        ] + ([{"text": rest, "weight": None, "known": True}] if rest else [])
        return {"pieces": pieces, "color": "#004488", "against": "", "numbered": False, "name": "x", "label": "x",
                "full": 1, "measure": "x", "signed": False, "said": "", "answers": False, "count": len(words),
                "line": "", "file": "x", "probabilities": []}  # fmt: skip
    if component == "reading":
        pieces = [{"gap": gap, "word": word} for gap, word in zip(gaps, words, strict=True)]
        return {"pieces": pieces, "rest": rest, "readers": [], "step": 0, "class": "x"}
    pieces = [{"gap": gap, "word": word, "gone": [], "new": False} for gap, word in zip(gaps, words, strict=True)]
    return {"pieces": pieces, "rest": rest, "gone": [], "chosen": None}


def places_in_component(page: Page, component: str, text: str) -> list[int]:
    names, root, tokens = COMPONENTS[component]
    script = "".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
    script = re.sub(r"export default function", "globalThis.drawn = function", script)
    style = (FOLDER / STYLES[component]).read_text(encoding="utf-8")
    page.set_content(f'<style>{style}</style><div style="width:1200px"><section class="{root}"></section></div>')
    page.add_script_tag(content=f"(() => {{ {script} }})()")
    page.evaluate(
        "(data) => drawn({data, parentElement: document.body, setStateValue() {}, setTriggerValue() {}})",
        data_of(component, text),
    )
    words = [text[start:end] for start, end in word_spans(text)]
    return list(page.evaluate(
        f"""([chosen, words]) => {{
          const all = [...document.querySelectorAll(chosen)].filter((one) => one.querySelector("[dir]") === null);
          const found = [];
          for (const one of all) if (one.textContent === words[found.length]) found.push(one.getBoundingClientRect());
          return ({PLACES})(found);
        }}""",
        [tokens, words],
    ))  # fmt: skip


def places_in_text(page: Page, text: str) -> list[int]:
    """As the browser itself lays the text out: the reference."""
    page.set_content('<p dir="auto" id="plain" style="width:1200px"></p>')
    return list(page.evaluate(
        f"""([text, spans]) => {{
          const plain = document.getElementById("plain");
          plain.textContent = text;
          const boxes = spans.map(([start, end]) => {{
            const range = document.createRange();
            range.setStart(plain.firstChild, start);
            range.setEnd(plain.firstChild, end);
            return range.getBoundingClientRect();
          }});
          return ({PLACES})(boxes);
        }}""",
        [text.replace("\u202e", "\u200b"), [list(span) for span in word_spans(text)]],
    ))  # fmt: skip


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_words_keep_the_order_of_the_text(page: Page, component: str, text: str) -> None:
    expected = places_in_text(page, text)
    assert sorted(expected) == list(range(len(word_spans(text))))
    assert places_in_component(page, component, text) == expected
