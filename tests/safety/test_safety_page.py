"""docs/safety.md names tests: each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/safety.md").read_text(encoding="utf-8")


def defined() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    return {name for text in sources for name in re.findall(r"def (test_\w+)\(", text)}


def test_each_test_that_the_page_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    endings = re.findall(r"`…_(\w+)`", PAGE)
    assert len(named) > 30
    assert named - defined() == set()
    assert [end for end in endings if not any(name.endswith(end) for name in defined())] == []


def test_each_file_that_the_page_names_is_there():
    files = set(re.findall(r"`([\w./-]+\.py)`", PAGE))
    places = ("", "tests", "necbilan")
    lost = [name for name in files if not any((ROOT / place / name).exists() for place in places)]
    assert lost == []


def test_the_page_counts_the_guards_that_the_script_removes():
    script = (ROOT / ".ci/remove_guards.py").read_text(encoding="utf-8")
    told = re.search(r"each of (\d+) guards", PAGE)
    assert told is not None
    assert int(told[1]) == script.count("\n    Guard(\n")
