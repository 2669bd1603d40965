"""Measures that someone else sent, of any shape and with any text: compared, or refused."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from payloads import EDITION, MARKUP, hostile_measures
from small_event import write_event

from necbilan.cli import main
from necbilan.comparison import compare
from necbilan.errors import NecbilanError, UnreadableFile
from necbilan.exchange import read_measures
from necbilan.publishing.report import publish
from necbilan.sources.event.previous_edition import read_previous

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ODD: tuple[Any, ...] = (None, 1, "x", [], {}, [1], {"a": []}, True, -1.5)


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("sent")
    return publish(write_event(root / "essai"), root / "out", ("measures",))


def parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value[:1] if isinstance(value, list) else ())
    )
    for key, below in inner:
        yield from parts(below, (*path, key))


def test_a_description_of_any_shape_is_read_or_refused_by_a_sentence(sent, tmp_path):
    """Every part of it replaced by a number, a text, a list, a table, nothing."""
    package = json.loads((sent / "datapackage.json").read_text(encoding="utf-8"))
    (tmp_path / "measures.csv").write_bytes((sent / "measures.csv").read_bytes())
    tried = refused = 0
    for path in parts(package["necbilan"], ("necbilan",)):
        for odd in ODD:
            spoilt = copy.deepcopy(package)
            place = spoilt
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = odd
            (tmp_path / "datapackage.json").write_text(json.dumps(spoilt), encoding="utf-8")
            tried += 1
            try:
                read_previous(tmp_path / "measures.csv")
                compare([tmp_path, sent])
            except NecbilanError as error:
                refused += 1
                assert "datapackage.json" in str(error)
    assert tried > 200 and refused > 50


def test_what_nobody_sees_leaves_the_texts_that_others_sent(sent, tmp_path):
    package = json.loads((sent / "datapackage.json").read_text(encoding="utf-8"))
    package["necbilan"]["event"]["name"] = "Fête\u202e\x1b[31m"
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    text = (sent / "measures.csv").read_text(encoding="utf-8")
    (tmp_path / "measures.csv").write_text(text.replace("Étudiante", "Étu\x9b\u202edi"), "utf-8")
    read = read_measures(tmp_path)
    assert read.attributes["event"]["name"] == "Fête[31m"
    assert not read.measures["level"].str.contains("[\x9b\u202e]").any()


def test_a_refused_description_names_its_part(sent, tmp_path):
    package = json.loads((sent / "datapackage.json").read_text(encoding="utf-8"))
    package["necbilan"]["event"]["dates"] = 2025
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "measures.csv").write_bytes((sent / "measures.csv").read_bytes())
    with pytest.raises(UnreadableFile, match=r"datapackage\.json.*event\.dates"):
        read_measures(tmp_path)


def test_events_whose_texts_would_run_are_compared_as_text(sent, tmp_path, capsys):
    """Names, slugs, labels, questions: the page of the comparison runs nothing."""
    from test_payloads import Page

    hostile_measures(sent, tmp_path / "hostile", " ".join(MARKUP))
    paths = [str(sent), str(tmp_path / "hostile")]
    assert main(["compare", *paths, "--out", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out/comparaison/comparaison.html").read_text(encoding="utf-8")
    assert Page(page).acts == [] and EDITION in page
    capsys.readouterr()
