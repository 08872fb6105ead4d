"""What can be measured of a page in Chromium: how far it jumps, what it moves, what axe-core finds."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seqcore.plots.contrast import contrast

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# Every shift that nobody asked for, added up: never less than what browsers report as the page's CLS.
WATCH_SHIFTS = """(() => {
  window.seqlabShifts = { sum: 0, last: 0, sources: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.seqlabShifts.sum += entry.value;
      window.seqlabShifts.last = entry.startTime;
      for (const source of entry.sources ?? []) {
        const node = source.node?.nodeType === 1 ? source.node : source.node?.parentElement;
        const [before, after] = [source.previousRect, source.currentRect];
        const named = node?.closest('[class*=st-key-], [data-testid]');
        const what = named?.className || named?.dataset.testid || node?.nodeName || '?';
        window.seqlabShifts.sources.push({ shift: entry.value, what,
          from: [before.x, before.y], to: [after.x, after.y] });
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()"""
_SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton], [data-testid=stAppSkeleton]')
    && !document.querySelector('[data-testid=stSpinner], [data-stale=true]')
    && [...document.querySelectorAll('.seqlab-figure, .seqlab-curves')].every((box) => box.querySelector('svg'));
}"""
# Of everything that a picture says: names of axes, ticks and lines as text; lines and bars as lines. Bands lie behind.
_DRAWN = """() => {
  const hex = (color) => '#' + (color.match(/[\\d.]+/g) ?? []).slice(0, 3)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('');
  const seen = (selector, part) => [...document.querySelectorAll(selector)]
    .map((node) => getComputedStyle(node)[part]).filter((color) => color && color !== 'none').map(hex);
  return {
    page: hex(getComputedStyle(document.querySelector('.stApp')).backgroundColor),
    text: seen('.main-svg :is(.xtick, .ytick, .legend, .xtitle, .ytitle, .infolayer > .annotation) text', 'fill'),
    line: [...seen('.main-svg .js-line', 'stroke'), ...seen('.main-svg .bars .point path', 'fill'),
      ...seen('.main-svg .errorbar path', 'stroke'), ...seen('.seqlab-selectable .points path', 'fill')],
  };
}"""
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Violation:
    """One element that breaks one rule of axe-core."""

    rule: str
    where: str
    html: str
    why: str
    contrast: float | None


def settle(page: Page, *, quiet: float = 0.4, seconds: float = 120.0) -> None:
    """Wait until the script has ended, pictures are drawn and nothing has moved for a while.

    Raises:
        TimeoutError: the page does not come to rest.
    """
    still, step = 0.0, 0.1
    for _ in range(int(seconds / step)):
        moved = page.evaluate("performance.now() - (window.seqlabShifts?.last ?? 0)") < 1000 * quiet
        still = still + step if page.evaluate(_SETTLED) and not moved else 0.0
        if still >= quiet:
            return
        page.wait_for_timeout(1000 * step)
    raise TimeoutError(f"{page.url} did not come to rest within {seconds:.0f} s")


def layout_shift(page: Page) -> float:
    """The shifts of a page so far; its context has to have `WATCH_SHIFTS` as an init script."""
    return float(page.evaluate("window.seqlabShifts.sum"))


class BytesMoved:
    """Counts what a page moves over the network, heads of answers and websocket messages too.

    Attributes:
        answers: The address of each answer that came over the wire, and its bytes.
        websocket: Bytes of all messages of the server.
        messages: How many these were.
    """

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.answers: list[tuple[str, int]] = []
        self.websocket, self.messages = 0, 0
        self._addresses: dict[str, str] = {}
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answering)
        session.on("Network.loadingFinished", self._answered)
        session.on("Network.webSocketFrameReceived", self._message)

    @property
    def total(self) -> int:
        """Bytes so far."""
        return sum(size for _, size in self.answers) + self.websocket

    def _answering(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = str(event["response"]["url"])

    def _answered(self, event: dict[str, Any]) -> None:
        size, address = int(event["encodedDataLength"]), self._addresses.get(event["requestId"], "")
        if size:  # not from the browser's own cache
            self.answers.append((address, size))

    def _message(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        self.messages += 1
        self.websocket += len(frame["payloadData"]) * (3 if frame["opcode"] == 2 else 4) // 4  # base64 where binary


def violations(page: Page, rules: Sequence[str] = (), excluded: Sequence[str] = ()) -> list[Violation]:
    """What axe-core finds on a page, WCAG 2.2 AA and its best practices.

    Args:
        page: A settled page.
        rules: Of these only, where some are named.
        excluded: Selectors of elements that are not looked at.
    """
    # Not add_script_tag: the page's security policy forbids it. What the debugger evaluates is not the page's.
    page.evaluate(_axe())
    which = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": _TAGS}
    options = {"runOnly": which, "resultTypes": ["violations"]}
    context = {"include": [["html"]], "exclude": [[selector] for selector in excluded]}
    found = page.evaluate(f"axe.run({json.dumps(context)}, {json.dumps(options)})")
    return [
        Violation(rule["id"], str(node["target"][-1]), node["html"][:300], node["failureSummary"], _contrast(node))
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def drawn_contrasts(page: Page) -> dict[str, list[float]]:
    """How well the "text" and each "line" of the pictures on a page can be told from it, as they are drawn now."""
    drawn = page.evaluate(_DRAWN)
    return {kind: [contrast(color, drawn["page"]) for color in drawn[kind]] for kind in ("text", "line")}


def picture_buttons(page: Page) -> set[str]:
    """What the buttons over the pictures of a page are called."""
    return set(page.locator(".modebar-btn").evaluate_all("found => found.map((button) => button.dataset.title)"))


def picture_names(page: Page) -> list[str]:
    """What is heard of each picture; empty strings for those of which nothing is."""
    boxes = page.locator(".seqlab-figure, .seqlab-curves:has(svg)")
    heard = "found => found.map((box) => box.getAttribute('role') === 'figure' && box.getAttribute('aria-label') || '')"
    return list(boxes.evaluate_all(heard))


def _axe() -> str:
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("axe-playwright-python brings axe-core; `make test` installs it")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def _contrast(node: dict[str, Any]) -> float | None:
    for check in node["any"]:
        if check["id"] == "color-contrast" and check["data"]:
            return float(check["data"].get("contrastRatio") or 0)
    return None
