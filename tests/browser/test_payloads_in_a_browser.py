"""Every payload in a real browser: no dialog, no request, no element that came from a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from payloads import PAYLOADS, made

pytestmark = pytest.mark.browser
ACTIVE = "script, iframe, object, embed, form, base, link, [onerror], [onload], [onclick]"


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("payloads")


def visited(browser, path: Path):
    """The page, open; what it asked for and what it said are in ``asked`` and ``said``."""
    page = browser.new_page()
    page.asked, page.said = [], []
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(100)
    return page


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_browser_sees_text_and_nothing_else(browser, root, name):
    for path in made(name, root).glob("*.html"):
        page = visited(browser, path)
        assert page.said == []
        assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
        assert page.evaluate("window.CANARY") is None
        assert page.locator(ACTIVE).count() == 0
        assert page.locator("title").count() == 1 + page.locator("svg title").count()
        assert "CANARY" in page.inner_text("body")
        page.close()
