"""publish(): one folder in, one folder of results out, or nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pandas as pd
import pytest

from necbilan.errors import LeakFound, UsageError
from necbilan.publishing import report
from necbilan.publishing.leaks import search
from necbilan.publishing.report import publish, publish_comparison
from necbilan.sources import load_with_identifiers

SAMPLES = Path(__file__).parent.parent.parent / "data_samples"


@pytest.fixture(scope="module")
def metz(tmp_path_factory) -> Path:
    return publish(SAMPLES / "metz-2023", out=tmp_path_factory.mktemp("reports"))


def test_a_report_holds_what_was_asked_for_and_its_manifest(metz):
    names = {path.name for path in metz.iterdir()}
    wanted = {"bilan.html", "bilan.pdf", "bilan.ipynb", "measures.csv", "datapackage.json"}
    assert wanted | {"registre.md", "manifest.json"} <= names
    listed = json.loads((metz / "manifest.json").read_text())["files"]
    assert {entry["path"] for entry in listed} == {
        path.relative_to(metz).as_posix()
        for path in metz.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_the_measures_of_metz_say_181_people_of_71_organisations(metz):
    measures = pd.read_csv(metz / "measures.csv", keep_default_na=False)
    value = measures.set_index(["metric", "group", "level"])["value"]
    assert float(value["present", "", ""]) == 181
    assert float(value["organisations", "", ""]) == 71
    departments = measures[measures["metric"] == "origin_department"]
    assert departments["value"].astype(float).sum() == 181


@pytest.mark.parametrize("sample", ["metz-2023", "littoral-2024"])
def test_no_identifier_of_a_sample_is_in_its_outputs(sample, tmp_path, leak_free):
    event = SAMPLES / sample
    formats = [name for name, _ in report.WRITERS]
    leak_free(event, publish(event, out=tmp_path, formats=formats))


def test_what_a_human_has_to_decide_is_not_in_the_published_folder(tmp_path):
    folder = publish(SAMPLES / "lyon-2025", out=tmp_path, formats=("measures",))
    assert not list(folder.rglob("a-relire*"))
    page = (tmp_path / "lyon-2025.a-relire.html").read_text(encoding="utf-8")
    assert "à ne pas publier" in page
    internal = publish(SAMPLES / "lyon-2025", tmp_path, formats=("html",), internal=True)
    assert "à ne pas publier" in (internal / "bilan.html").read_text(encoding="utf-8")
    assert (tmp_path / "lyon-2025.a-relire.html").exists()
    assert not (tmp_path / "lyon-2025-interne.a-relire.html").exists()


def test_the_leak_test_of_a_report_takes_less_than_a_third_of_a_second(metz):
    identifiers = load_with_identifiers(SAMPLES / "metz-2023")[1]
    files = [path for path in metz.rglob("*") if path.is_file()]
    start = time.process_time()
    search(files, identifiers)
    assert time.process_time() - start < 0.3 * 3  # a shared machine; measured: see docs/safety.md


def test_a_writer_that_lets_a_name_through_publishes_nothing(tmp_path, monkeypatch):
    def careless(made: report.Made) -> dict[str, bytes]:
        first = (SAMPLES / "littoral-2024/inscriptions.csv").read_bytes().splitlines()[1]
        return {"liste.csv": first}

    monkeypatch.setattr(report, "WRITERS", (("measures", careless),))
    with pytest.raises(LeakFound) as caught:
        publish(SAMPLES / "littoral-2024", out=tmp_path, formats=["measures"])
    assert "liste.csv (texte" in str(caught.value)
    assert not (tmp_path / "littoral-2024").exists()
    assert (tmp_path / "littoral-2024.quarantaine/liste.csv").exists()


def test_unknown_format_is_refused_before_any_work(tmp_path):
    with pytest.raises(UsageError, match="docx"):
        publish(SAMPLES / "metz-2023", out=tmp_path / "out", formats=["html", "docx"])
    assert not (tmp_path / "out").exists()


def test_register_names_no_file_and_no_person_and_keeps_markup_inert(metz):
    sheet = (metz / "registre.md").read_text(encoding="utf-8")
    assert "jusqu’au 12/10/2025" in sheet
    assert "inscriptions" in sheet and ".xlsx" not in sheet


def test_comparison_of_a_folder_and_of_measures_alone_leaks_nothing(metz, tmp_path, leak_free):
    folder = publish_comparison([metz / "measures.csv", SAMPLES / "littoral-2024"], out=tmp_path)
    assert {"comparaison.html", "comparaison.pdf", "comparaison.ipynb"} <= {
        path.name for path in folder.iterdir()
    }
    leak_free(SAMPLES / "littoral-2024", folder)
    leak_free(SAMPLES / "metz-2023", folder)
