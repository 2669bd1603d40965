"""registre.md: what a data protection officer reads, with nobody in it."""

from __future__ import annotations

from datetime import date

from necbilan.model import Dossier, Event, Facts, Source
from necbilan.publishing.register import register


def sheet(**changes: object) -> str:
    facts = {"name": "NEC d’essai", "organiser": "Ville", "retention": date(2027, 1, 2), **changes}
    event = Event(slug="essai", dates=(date(2025, 10, 1),), place="Ici", **facts)
    source = Source("liste de Nadia.xlsx", "", "registrations", "pretix", "ab12", 44, 43)
    return register(Dossier(event, Facts(event, sources=(source,), waiting={"word": 3}))).decode()


def test_it_says_event_retention_and_counts_of_lines():
    text = sheet()
    assert "NEC d’essai, 01/10/2025, Ici" in text
    assert "jusqu’au 02/01/2027" in text
    assert "| inscriptions | pretix | 44 | 43 |" in text
    assert "3 ligne(s)" in text


def test_it_names_no_file():
    assert "Nadia" not in sheet()


def test_a_missing_date_of_retention_is_asked_for():
    assert "retention" in sheet(retention=None)


def test_text_of_the_organiser_brings_no_markup_and_no_cell():
    text = sheet(name="<script>x</script> | [a](javascript:b)\n# titre")
    assert "<script>" not in text and "\n# titre" not in text
    assert "\\| \\[a\\](javascript:b)" in text
