"""A verb that is given something else than it takes says what it takes and what it got."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import necbilan as nec
from necbilan.errors import InputMissing, UsageError
from necbilan.model import Dossier, Event, Facts, Problem
from necbilan.tables import MEASURES

EMPTY = MEASURES.frame()
EVENT = Event("essai", "Journée d’essai", (date(2025, 3, 4),), "Salle des fêtes")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: nec.measure("metz-2023"),
            "measure() attend le Dossier que rend load(), et non str",
        ),
        (lambda: nec.protect(None), "protect() attend le DataFrame measures, et non NoneType"),
        (lambda: nec.protect(EMPTY[["metric"]]), "colonnes absentes : event, group, level, value"),
        (lambda: nec.protect(EMPTY, k=4), "k vaut au moins 5"),
        (lambda: nec.spell(None, Facts(EVENT)), "spell() attend le DataFrame measures"),
        (lambda: nec.spell(EMPTY, EVENT), "(dossier.facts), et non Event"),
        (lambda: nec.compare(["a", None]), "measures.csv, et non NoneType"),
        (lambda: nec.cluster_organisations(["CCAS"]), "attend une Series de noms, et non list"),
        (lambda: nec.group_words("riche"), "attend une Series de réponses, et non str"),
        (lambda: nec.resolve_places(["57000"]), "attend un DataFrame (insee, postal_code"),
    ],
)
def test_what_a_verb_takes_and_what_it_got_are_told(call, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        call()
    assert told in str(refused.value).replace("\u00a0", " ")


def test_a_file_given_for_a_folder_and_a_folder_for_a_file_are_told(tmp_path) -> None:
    file = tmp_path / "event.toml"
    file.write_text("")
    with pytest.raises(InputMissing, match="ce n’est pas un dossier"):
        nec.load(file)
    with pytest.raises(InputMissing, match="c’est un dossier, pas un fichier"):
        nec.read(tmp_path)


def test_empty_frames_give_empty_frames() -> None:
    assert nec.protect(EMPTY).empty
    assert nec.cluster_organisations(pd.Series([], dtype="string")).empty
    assert nec.group_words(pd.Series([], dtype="string")).empty
    assert nec.resolve_places(pd.DataFrame({"commune": []})).empty


def test_what_jupyter_shows_of_a_value_fits_one_line() -> None:
    problem = Problem("W_TOTAL_ROW", "un total", "Rien à faire.", file="a.xlsx", cell="ligne 3")
    facts = Facts(EVENT, problems=(problem,))
    spelled = nec.spell(EMPTY, facts, "en")
    shown = (problem, EVENT, facts, Dossier(EVENT, facts), spelled)
    assert [repr(value) for value in shown] == [
        "Problem(W_TOTAL_ROW: a.xlsx, ligne 3\u00a0: un total. Rien à faire.)",
        "Event('essai', 'Journée d’essai', 2025-03-04)",
        "Facts('essai', questions=0, sources=0, problems=1)",
        "Dossier('essai', registrations=–, responses=–, problems=0)",
        "Spelled('essai', 'en', rows=0, sentences=0)",
    ]
