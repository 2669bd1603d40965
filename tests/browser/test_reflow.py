"""What a browser lays out, measured: at 320 px, at 200 % of 1280 px, on A4, by keyboard.

Measured without hyphenation too: many browsers have no French dictionary.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

WIDTHS = [320, 640, 1280]
A4_TEXT = 658
"""174 mm between margins of 18 mm, in CSS pixels"""

OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
MISPLACED = """() => {
  const found = [], pageWidth = document.documentElement.clientWidth;
  for (const element of document.querySelectorAll('body *:not(svg *)')) {
    const shown = getComputedStyle(element);
    if (!element.getClientRects().length || shown.display == 'inline') continue;
    if (['auto', 'scroll'].includes(shown.overflowX)) continue;
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1)
      found.push(['wider than its box', element.tagName, element.textContent.slice(0, 40)]);
  }
  const range = document.createRange(), lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    if (!text.data.trim() || parent.closest('svg, style, .nb-skip')) continue;
    range.selectNodeContents(text);
    const block = parent.closest('td, th, p, li, h1, h2, h3, h4, caption, summary, div');
    const box = block.getBoundingClientRect();
    const scroller = parent.closest('.nb-scroll');
    const size = parseFloat(getComputedStyle(parent).fontSize);
    for (const line of range.getClientRects()) {
      if (!line.width) continue;
      if (line.right > box.right + 1 || line.left < box.left - 1)
        found.push(['leaves its block', block.tagName, text.data.slice(0, 40)]);
      if (!scroller && (line.right > pageWidth + 1 || line.left < -1))
        found.push(['leaves the page', block.tagName, text.data.slice(0, 40)]);
      // Three columns need no scrolling: words break before they hide.
      if (scroller && !scroller.querySelector('th:nth-child(4)')
          && line.right > scroller.getBoundingClientRect().right + 1)
        found.push(['under the scroll box', block.tagName, text.data.slice(0, 40)]);
      const middle = (line.top + line.bottom) / 2;
      lines.push({text, left: line.left, right: line.right,
                  top: middle - .33 * size, bottom: middle + .33 * size});
    }
  }
  lines.sort((one, two) => one.top - two.top);
  lines.forEach((one, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - 1; next++) {
      const two = lines[next];
      if (one.text != two.text
          && Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1)
        found.push(['overlap', one.text.data.slice(0, 30), two.text.data.slice(0, 30)]);
    }
  });
  return found;
}"""


@pytest.mark.parametrize("hyphens", ["auto", "manual"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_leaves_its_box_or_runs_into_another(visit, width, hyphens):
    page = visit(width)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=f"*{{hyphens:{hyphens} !important}}")
    assert page.evaluate(MISPLACED) == []


def test_no_text_leaves_its_box_when_printed(visit):
    page = visit(A4_TEXT)
    page.emulate_media(media="print")
    assert page.evaluate(MISPLACED) == []


def test_the_misplaced_is_found(browser):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.set_content(
        "<p style='width:50px'>anticonstitutionnellement</p>"
        "<p style='margin:0'>dessous</p><p style='margin:-1.1em 0 0'>dessus</p>"
    )
    kinds = {found[0] for found in page.evaluate(MISPLACED)}
    assert kinds == {"wider than its box", "leaves its block", "overlap"}
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_each_table_opens_by_keyboard(visit, width):
    page = visit(width)
    for summary in page.locator("main details > summary").all()[:4]:
        summary.focus()
        page.keyboard.press("Enter")
        assert summary.evaluate("summary => summary.parentElement.open")
        assert summary.evaluate(
            "summary => summary.parentElement.querySelector('table').getBoundingClientRect().height"
        )
        page.keyboard.press("Space")
        assert not summary.evaluate("summary => summary.parentElement.open")


HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(heading => heading.getClientRects().length).map(heading => +heading.tagName[1])"""


def test_headings_go_down_one_level_at_a_time(visit):
    levels = visit(1280).evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_a_scope(visit):
    bare = """() => [...document.querySelectorAll('table')].filter(table =>
      !table.caption?.textContent.trim()
      || [...table.querySelectorAll('th')].some(head => !['row', 'col'].includes(head.scope))
      || [...table.tBodies[0].rows].some(row => row.cells[0].tagName != 'TH')).length"""
    assert visit(1280).evaluate(bare) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_keep_their_own_paper_in_high_contrast(browser, page_path, scheme):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(page_path.as_uri())
    papers = page.evaluate(
        "[...document.querySelectorAll('svg')].filter(svg => svg.getClientRects().length)"
        ".map(svg => getComputedStyle(svg.parentElement).backgroundColor)"
    )
    assert set(papers) <= {"rgb(255, 255, 255)"}
    page.close()


def test_nothing_moves_for_who_asks_for_less_motion(browser, page_path):
    page = browser.new_page(reduced_motion="reduce")
    page.goto(page_path.as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.close()
