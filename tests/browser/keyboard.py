"""Going through a page with the keyboard alone, and noting whether one sees where one is."""

from playwright.sync_api import Page

MOST_STOPS = 120
# The element with the focus: its name, and whether it or what is drawn around it shows a ring.
_FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return { name: '', ring: true, html: '' };
  const labels = [...(at.labels ?? [])].map((label) => label.innerText);
  const name = (at.getAttribute('aria-label') || labels.join(' ') || at.innerText || '').trim();
  const shows = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  let ring = Boolean(at.closest('canvas')); // a table paints the ring around a cell itself
  for (let box = at, n = 0; box && n < 4; box = box.parentElement, n++) ring ||= shows(box);
  return { name: name.split('\\n').pop().trim(), ring, html: at.outerHTML.slice(0, 160) };
}"""


def tab_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Press Tab until the control of that name has the focus.

    Raises:
        AssertionError: there is none.
    """
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focus = page.evaluate(_FOCUS)
        passed.append(focus["name"])
        if not focus["ring"]:
            _RINGLESS.setdefault(id(page), []).append(focus["html"])
        if focus["name"] == name:
            return
    raise AssertionError(f"no {name!r} among {passed}")


def press_on(page: Page, name: str, key: str = "Enter", *, backwards: bool = False) -> None:
    """Go to a control and press a key there."""
    tab_to(page, name, backwards=backwards)
    page.keyboard.press(key)


def ringless(page: Page) -> list[str]:
    """The controls that were gone through and showed nothing."""
    return sorted(set(_RINGLESS.get(id(page), [])))


_RINGLESS: dict[int, list[str]] = {}
