from seqcore.ui.kit.statements import Statement, statements_html

HOSTILE = "</p><img src=x onerror=alert(1)>\u202e"


def test_what_others_wrote_is_escaped_and_bounded() -> None:
    html = statements_html([Statement("lstm", 0, HOSTILE * 100, (HOSTILE * 1000, "fine"))])
    assert "<img src=x" not in html
    assert html.count("<li>") == 1 and html.count("<p>") == 2
    assert len(html) < 5_000


def test_models_of_one_architecture_have_lines_that_differ() -> None:
    first, second = statements_html([Statement("lstm", 0, "a", ()), Statement("lstm", 1, "a", ())]).split("</li><li>")
    assert first.removeprefix('<ul class="seqlab-grid"><li>') != second.removesuffix("</li></ul>")
