"""A remark that may make somebody recognisable is marked for review and published by nobody."""

from __future__ import annotations

import pytest
from small_event import write_event

from necbilan.publishing.report import publish


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "peut faire reconnaître quelqu’un (fonction et commune)"),
        ("en", "may make somebody recognisable (position and town)"),
    ],
)
def test_the_page_to_review_says_what_makes_somebody_recognisable(tmp_path, language, told):
    event = write_event(tmp_path / "essai", longest=", je suis maire de Vigy")
    folder = publish(event, tmp_path / "out", formats=("html",), language=language)
    (page,) = (tmp_path / "out").glob("*a-relire.html")
    assert told in page.read_text(encoding="utf-8").replace("\u202f", " ").replace("\u00a0", " ")
    assert "maire de Vigy" not in (folder / "bilan.html").read_text(encoding="utf-8")
