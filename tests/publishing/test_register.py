"""registre.md: what a data protection officer reads, with nobody in it."""

from __future__ import annotations

from datetime import date
from typing import get_args

from necbilan.model import Dossier, Event, Facts, Source
from necbilan.publishing.register import WAITING, register
from necbilan.sources.decisions import Kind


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
    assert "- mot à relire\u00a0: 3 lignes de decisions.csv sans réponse." in text


def test_it_holds_every_entry_that_article_30_asks_for():
    text = sheet()
    for entry in (
        *("Responsable du traitement", "Coordonnées du responsable", "Finalité", "Base légale"),
        *("Déléguée ou délégué à la protection", "Personnes concernées", "Catégories de données"),
        *("Destinataires", "Sous-traitants", "Transfert hors de l’Union", "Conservation"),
        *("Mesures de protection", "Information des personnes", "Exercice des droits"),
    ):
        assert entry in text, entry


def test_every_kind_of_question_that_waits_is_told_in_french():
    assert set(WAITING) == set(get_args(Kind))


def test_it_names_no_file():
    assert "Nadia" not in sheet()


def test_a_missing_date_of_retention_is_asked_for():
    assert "retention" in sheet(retention=None)


def test_text_of_the_organiser_brings_no_markup_and_no_cell():
    text = sheet(name="<script>x</script> | [a](javascript:b)\n# titre")
    assert "<script>" not in text and "\n# titre" not in text
    assert "\\| \\[a\\](javascript:b)" in text
