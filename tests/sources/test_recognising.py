"""A remark that tells who wrote it without a name is told to whoever decides; others are not."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from small_event import write_event

from necbilan.sources.decisions import Proposal, add_proposals
from necbilan.sources.open_questions import open_folder
from necbilan.sources.privacy import recognising
from necbilan.sources.privacy.recognising import recognised_by
from necbilan.sources.proposing import proposals

DATA = Path(__file__).parents[1] / "data" / "text"

TELLING = {
    "En tant que maire de Rosières, je regrette l'horaire": "fonction commune",
    "Moi qui suis la directrice du CCAS de Vigy, j'ai apprécié": "fonction commune structure",
    "la maire de Vigy a très bien parlé": "fonction commune",
    "je suis maire de rosselange et je reviendrai": "fonction commune",
    "en tant que dgs je trouve ça court": "fonction",
    "Notre commune de 400 habitants, dont je suis l'adjointe": "fonction commune",
    "Je suis la seule infirmière du village": "seule personne dans ce cas métier",
    "Seule femme du conseil, je me sens isolée": "seule personne dans ce cas",
    "J'ai 82 ans et j'habite Gorze, le train est trop tôt": "âge commune",
    "72 ans, ancienne institutrice à Ars-sur-Moselle : bravo": "âge commune",
    "Éleveur à Saint-Palais, j'ai mon ordinateur depuis hier": "métier commune",
    "Bibliothécaire à la médiathèque Verlaine, j'ai aimé": "métier structure",
    "Je suis malvoyante et j'habite Gorze": "situation personnelle commune",
}

ORDINARY = [
    "La directrice a fait un discours convenable",
    "Madame la maire a dit qu'elle reviendrait",
    "Le maire était absent",
    "Je suis médiatrice numérique, très utile",
    "Comme enseignante, j'ai trouvé le programme riche",
    "J'ai 76 ans et toutes mes dents",
    "Je viens de Metz en train",
    "Depuis 20 ans on attend la fibre à Gorze",
    "Le seul bémol : le café",
    "La seule chose à revoir est le parking",
    "Prévoir un atelier pour les agents de mairie",
    "Une personne en fauteuil ne peut pas entrer",
    "La mairie de Metz devrait recommencer",
    "",
]


def nameless() -> list[str]:
    files = ["nameless_remarks.txt", "nameless_remarks_fresh.txt"]
    files += [f"voices_nameless_{number}.txt" for number in (1, 2, 3)]
    lines = [line for name in files for line in (DATA / name).read_text("utf-8").splitlines()[1:]]
    return [line for line in lines if line and not line.startswith("## ")]


@pytest.mark.parametrize("remark", TELLING)
def test_what_singles_somebody_out_is_told(remark):
    assert " ".join(recognised_by(remark)) == TELLING[remark]


@pytest.mark.parametrize("remark", ORDINARY)
def test_one_trait_or_somebody_elses_office_without_a_town_singles_nobody_out(remark):
    assert recognised_by(remark) == ()


def test_one_remark_of_a_hundred_at_most_is_told_among_those_that_single_nobody_out():
    remarks = nameless()
    told = [remark for remark in remarks if recognised_by(remark)]
    assert len(remarks) >= 1_100
    assert len(told) / len(remarks) <= 0.01, told


def test_the_example_of_the_module_holds():
    assert doctest.testmod(recognising).failed == 0


def test_the_reason_of_a_proposed_remark_begins_with_what_makes_somebody_recognisable(tmp_path):
    event = write_event(tmp_path, longest=", je suis la directrice du CCAS de Vigy")
    reasons = [one.reason for one in proposals(event) if one.kind == "remark"]
    told = [reason for reason in reasons if "reconnaître" in reason]
    assert len(reasons) == 12
    assert told == [
        "peut faire reconnaître quelqu’un (fonction, commune et structure) ; "
        + next(reason for reason in reasons if reason not in told)
    ]


def test_a_row_that_waited_before_is_told_too(tmp_path):
    event = write_event(tmp_path, longest=", je suis maire de Vigy")
    remark = next(one.key for one in proposals(event) if one.kind == "remark" and "Vigy" in one.key)
    add_proposals(event, [Proposal("remark", remark, remark, "amélioration, thème : accueil")])
    waiting = [one for one in open_folder(event).waiting if one.key == remark]
    assert [one.line for one in waiting if one.kind == "remark"] == [2]
    assert "peut faire reconnaître quelqu’un (fonction et commune)" in waiting[0].reason
