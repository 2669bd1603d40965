"""The page in a real browser: accessible, quiet, readable from 320 px to A4."""

from __future__ import annotations

import io
import json
import subprocess

import pikepdf
import pytest

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
SMALLEST_TEXT = """() => {
  let found = [];
  for (const text of document.querySelectorAll('svg text')) {
    const scale = text.getScreenCTM(), box = text.getBoundingClientRect();
    if (!scale || !box.width) continue;
    const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(scale.a, scale.b);
    found.push([size, text.textContent]);
  }
  return found.sort((a, b) => a[0] - b[0])[0] || [99, ''];
}"""


# Text wider or taller than the box that hides it; a table scrolls in its own box.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(element => {
  const shown = getComputedStyle(element);
  return shown.overflow == 'hidden' && !element.closest('svg, .nb-scroll')
    && (element.scrollWidth > element.clientWidth + 1
        || element.scrollHeight > element.clientHeight + 1);
}).map(element => element.className || element.tagName)"""


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_violation(visit, node_modules, width):
    page = visit(width)
    page.evaluate(OPEN_ALL)
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    broken = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]][:3])
        for violation in result["violations"]
    ]
    assert broken == []
    assert len(result["passes"]) > 20


def test_the_nu_checker_finds_no_error(page_path, node_modules):
    jar = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout", str(page_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stdout)["messages"]
    errors = [(m["message"], m.get("extract", "")) for m in messages if m["type"] != "info"]
    assert errors == []


@pytest.mark.parametrize("width", [320, 360, 640, 1000, 1280])
def test_nothing_scrolls_sideways(visit, width):
    page = visit(width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 800, 1280])
def test_the_head_stands_clear_of_what_follows(visit, width):
    page = visit(width)
    bar = page.locator(".nb-bar").bounding_box()
    heading = page.locator("main h2").first.bounding_box()
    assert heading["y"] - bar["y"] - bar["height"] >= 24
    assert page.locator(".nb-cover").bounding_box()["y"] >= 16


def test_it_asks_nothing_says_nothing_and_opens_no_dialog(visit, page_path):
    page = visit(1280)
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(200)
    assert [url for url in page.asked if not url.startswith("data:")] == [page_path.as_uri()]
    assert page.said == []


def test_it_is_shown_in_its_own_font(visit):
    page = visit(1280)
    assert page.evaluate("document.fonts.check('16px \"Necbilan Sans\"')")
    assert page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length") == 2


@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_of_a_drawing_is_below_12_pixels(visit, width):
    size, words = visit(width).evaluate(SMALLEST_TEXT)
    assert size >= 11.85, words  # 12, less what rounding a drawing's width takes


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenu"
    box = page.locator(".nb-skip").bounding_box()
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


FOCUSED = """() => {
  const shown = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return [document.activeElement.tagName, shown.outlineStyle, parseFloat(shown.outlineWidth),
          shown.outlineColor, box.width];
}"""


def test_whatever_the_keyboard_reaches_shows_it(visit):
    page = visit(1280)
    page.evaluate(OPEN_ALL)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        tag, style, width, colour, wide = page.evaluate(FOCUSED)
        if tag == "BODY":
            break
        reached.add(tag)
        assert (style, width >= 2, wide > 0) == ("solid", True, True), tag
        assert colour == "rgb(94, 106, 195)"  # indigo, 4.8:1 on white
    assert {"A", "DIV"} <= reached


def test_everything_is_there_at_twice_the_size_of_text(visit):
    page = visit(1280)
    page.add_style_tag(content="html{font-size:36px !important}")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate(CUT_OFF) == []


def test_the_contents_are_folded_on_a_phone_and_stand_aside_on_a_screen(visit):
    assert visit(320).locator(".nb-contents").is_hidden()
    wide = visit(1280)
    assert wide.locator(".nb-contents-narrow").is_hidden()
    assert wide.locator(".nb-contents").is_visible()


def test_it_prints_on_a4_with_its_tables_open(visit):
    page = visit(1280)
    page.emulate_media(media="print")
    for table in page.locator("details table").all():
        assert table.is_visible()
    printed = pikepdf.open(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]
