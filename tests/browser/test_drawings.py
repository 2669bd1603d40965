"""Every drawing as a browser sets it: no text leaves it, none runs into another.

The figures of each page of ``conftest.PAGES``, and the whole gallery, at both widths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from necbilan.figures.gallery.__main__ import main as write_gallery

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

# The inked part of a line is about 0.7 of its size: boxes are cut to it before they are
# compared. Words of a cloud, rendered by a layout of their own, are compared by it too.
CLASHES = """() => {
  const clashes = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const said = svg.closest('figure')?.id || svg.parentElement.className;
    const boxes = [...svg.querySelectorAll('text')].map(text => {
      const box = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize)
        * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b);
      const middle = (box.top + box.bottom) / 2;
      return {words: text.textContent, left: box.left, right: box.right,
              top: middle - .36 * size, bottom: middle + .36 * size};
    }).filter(box => box.words.trim() && box.right > box.left);
    for (const box of boxes)
      if (box.left < frame.left - 1 || box.right > frame.right + 1
          || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        clashes.push([said, 'leaves', box.words]);
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach(two => {
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (wide > 1 && high > 1) clashes.push([said, one.words, two.words]);
    }));
  }
  return clashes;
}"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    assert write_gallery([str(folder)]) == 0
    return folder / "gallery.html"


@pytest.mark.parametrize("width", [1280, 320])
def test_no_text_of_the_gallery_is_clipped_or_overlaps(browser, gallery, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(gallery.as_uri())
    assert page.locator("svg:visible").count() > 50
    assert page.evaluate(CLASHES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_text_of_a_report_s_drawings_is_clipped_or_overlaps(visit, width):
    assert visit(width).evaluate(CLASHES) == []
