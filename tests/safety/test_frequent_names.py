"""Five hundred frequent names as registrants: each is found whole, none raises an alarm alone."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from small_event import write_event

from necbilan.publishing.leaks import search
from necbilan.publishing.report import publish
from necbilan.sources import load_with_identifiers

LIST = Path(__file__).parent.parent / "data/privacy/frequent_names.csv"
SAMPLES = Path(__file__).parents[2] / "data_samples"


@cache
def frequent() -> dict[str, list[str]]:
    lines = [line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["kind"]: list(dict.fromkeys(row["names"].split())) for row in csv.DictReader(lines)}


def people() -> list[tuple[str, str]]:
    """Each first name and each family name once at least, never a first name twice over."""
    first, last = frequent()["first"], frequent()["last"]
    pairs = ((first[rank % len(first)], last[rank % len(last)]) for rank in range(300))
    return [(one, other) for one, other in pairs if one != other]


def registered(event: Path) -> Path:
    """The event, its list longer by all of them."""
    lines = (event / "inscriptions.csv").read_text(encoding="utf-8").splitlines()
    for rank, (first, last) in enumerate(people()):
        mail = f"{first}.{last}{rank}@exemple.invalid".lower()
        lines.append(f"{first};{last};{mail};Mairie de Metz;Élu;57000;Metz;oui")
    (event / "inscriptions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return event


@pytest.fixture(scope="module")
def event(tmp_path_factory) -> Path:
    return registered(write_event(tmp_path_factory.mktemp("frequent") / "essai"))


def test_the_list_holds_five_hundred_names():
    assert sum(map(len, frequent().values())) >= 450
    assert len(people()) >= 290


def test_a_report_about_three_hundred_of_them_raises_no_alarm(event, tmp_path):
    formats = ("html", "pdf", "synthese", "measures", "tables", "les-bases", "finance")
    assert (publish(event, out=tmp_path, formats=formats) / "bilan.html").is_file()


@pytest.mark.parametrize("sample", ["metz-2023", "littoral-2024"])
def test_no_text_of_a_sample_is_taken_for_one_of_them(event, tmp_path, sample):
    """The words of a real report, with its public organisations and towns."""
    folder = publish(SAMPLES / sample, out=tmp_path, formats=("html", "measures"))
    identifiers = load_with_identifiers(event)[1]
    organisations = [path for path in folder.rglob("*") if path.suffix in {".html", ".md"}]
    alarms = [leak for leak in search(organisations, identifiers) if leak.kind.startswith("nom")]
    assert alarms == []


def test_each_of_them_is_found_whole_in_both_orders(event):
    identifiers = load_with_identifiers(event)[1]
    for first, last in people():
        for said in (f"merci à {first} {last}.", f"{last.upper()} {first}", f"{first}-{last}"):
            assert "nom d’une personne" in identifiers.kinds_in(said), said


def test_a_family_name_alone_tells_on_nobody_when_it_is_a_word_or_a_town(event):
    identifiers = load_with_identifiers(event)[1]
    for word in ("petit", "rose", "Paris", "Orange", "Lens", "public", "maison", "avril", "fort"):
        assert identifiers.kinds_in(f"un {word} ici") == frozenset(), word
