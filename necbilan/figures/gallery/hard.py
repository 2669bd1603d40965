"""The hard cases: long labels, one level, forty, zeros, nothing collected, three answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.gallery.records import (
    FOUR,
    LIKED,
    OVERALL,
    PRESENT,
    RATED,
    WORD,
    Liked,
    counted,
    differential_of,
    genders_of,
    impression_of,
    judged,
    rating_of,
    spelled,
    words_of,
)
from necbilan.intervals import hypergeometric
from necbilan.model import Question

if TYPE_CHECKING:
    from necbilan.words.spelled import Spelled

__all__ = [
    "forty_levels",
    "long_labels",
    "missing",
    "odd_scales",
    "one_level",
    "three_answers",
    "zeros",
]

LONG = (
    "Table ronde des élues et élus de l’Eurométropole, des intercommunalités voisines et du "
    "Land de Sarre sur l’accès aux droits à l’heure du tout-numérique"
)
AGREEMENT = (
    "Pas du tout d’accord",
    "Plutôt pas d’accord",
    "Ni d’accord ni pas d’accord",
    "Plutôt d’accord",
    "Tout à fait d’accord",
)


def long_labels() -> Spelled:
    """Labels of a hundred and fifty characters, large numbers, a gathered crowd."""
    names = [f"{LONG} ({letter})" for letter in "abcd"]
    liked: tuple[Liked, ...] = tuple(
        (name, 400 - 90 * rank, 40 + 110 * rank, 0.3 - 0.2 * rank, 0.4 - 0.2 * rank)
        for rank, name in enumerate(names)
    )
    scale = tuple(
        f"{word} pleinement en accord avec ce qui était annoncé"
        for word in ("Pas du tout", "Plutôt pas", "Plutôt", "Tout à fait")
    )
    questions = tuple(
        Question(
            id=f"q{rank}", wording=f"{name} ?", role="rating", kind="scale", scale=scale, positive=2
        )
        for rank, name in enumerate(names)
    )
    records = [
        *counted("received", {"": 15924}, n=15924, base=20244),
        *counted("registered", {"": 12345}, n=12345, base=12345),
        *counted("cancelled", {"": 1234}, n=1234, base=13579),
        *counted("waiting_list", {"": 2345}, n=2345, base=13579),
        *counted("registered_present", {"": 5556}, n=5556, base=12345),
        *counted("no_show", {"": 6789}, n=6789, base=12345),
        *counted("present", {"": 9876}, n=9876, base=9876),
        *counted("walk_in", {"": 4320}, n=4320, base=9876),
        *counted("attendance_rate", {"": 5556 / 12345}, unit="share", n=12345, base=12345),
        *counted(
            "profile",
            {name: 3000 - 500 * rank for rank, name in enumerate(names)},
            n=9876,
            base=9876,
        ),
        *counted(
            "organisation_type",
            {name: 40 - 9 * r for r, name in enumerate(names)},
            unit="organisations",
            n=120,
            base=120,
        ),
        *counted(
            "budget_line",
            {name: 1234567.89 / (r + 1) for r, name in enumerate(names)},
            unit="euros",
            group="expense",
        ),
        *differential_of(liked, lambda one, two: abs(one - two) == 1, n=1000),
        *words_of({LONG[:62]: 7, "anticonstitutionnellement": 5, "numérique": 3, "lien": 1}, 16),
        *(
            record
            for rank in range(4)
            for record in rating_of(f"q{rank}", (300, 200, 100 * rank, 40), scale)
        ),
        *genders_of(LONG, 12, 3, 2),
        *genders_of(names[0], 0, 1, 14),
    ]
    return spelled(records, questions=(*questions, *LIKED, WORD))


def one_level() -> Spelled:
    """One level of each, everybody of the same mind."""
    records = [
        *counted("registered", {"": 30}, n=30, base=30),
        *counted("registered_present", {"": 30}, n=30, base=30),
        *counted("no_show", {"": 0}, n=0, base=30),
        *counted("present", {"": 30}, n=30, base=30),
        *counted("walk_in", {"": 0}, n=0, base=30),
        *counted("attendance_rate", {"": 1.0}, unit="share", n=30, base=30),
        *counted("audience", {"professional": 30}, n=30, base=30),
        *counted("organisation_type", {"association": 1}, unit="organisations", n=1, base=1),
        *counted("origin_department", {"974": 30}, n=30, base=30),
        *impression_of((22, 0, 0, 0, 0)),
        *rating_of("accueil", (22, 0, 0, 0), FOUR),
        *differential_of((("Barcamp", 12, 0, 0.31, 0.72),), lambda _one, _two: False, n=22),
        *words_of({"Lien": 22}, 22),
        *counted("remark_theme", {"unsorted": 1}, unit="remarks", group="improvement", n=1),
        *genders_of("", 6, 0, 0),
        *counted("budget_line", {"Salle": 0.0}, unit="euros", group="expense"),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD))


def forty_levels() -> Spelled:
    """Forty levels, in every chart that can have them."""
    numbers = range(40)
    liked: tuple[Liked, ...] = tuple(
        (
            f"Activité numéro {rank + 1}",
            40 - rank,
            rank,
            (40 - 2 * rank) / 80 - 0.12,
            (40 - 2 * rank) / 80 + 0.12,
        )
        for rank in numbers
    )
    codes = [f"{rank:02d}" for rank in range(1, 42) if rank != 20]
    questions = tuple(
        Question(
            id=f"q{rank}",
            wording=f"Question {rank + 1}",
            role="rating",
            kind="scale",
            scale=FOUR,
            positive=2,
        )
        for rank in numbers
    )
    words = {f"expression {rank + 1}": max(1, 60 // (rank + 1)) for rank in range(150)}
    words = {"numérique": 90, "lien social": 44, "émancipation": 30} | words
    records = [
        *counted(
            "profile", {f"Profil {rank + 1}": 60 - rank for rank in numbers}, n=1620, base=1620
        ),
        *counted(
            "organisation_type",
            {f"Type {rank + 1}": 41 - rank for rank in numbers},
            unit="organisations",
            n=820,
            base=820,
        ),
        *counted(
            "origin_department",
            {code: 45 - rank for rank, code in enumerate(codes)} | {"not_given": 212},
            n=1020,
            base=1232,
        ),
        *differential_of(liked, lambda one, two: abs(one - two) <= 3, n=80),
        *words_of(words, 600),
        *(
            record
            for rank in numbers
            for record in rating_of(f"q{rank}", (40 - rank, 20, 10, rank), FOUR)
        ),
        *(
            record
            for rank in numbers
            for record in rating_of(
                f"act › Activité numéro {rank + 1}", (40 - rank, 20, 10, rank), FOUR
            )
        ),
        *counted(
            "registration_timeline",
            {str(200 - 5 * rank): 7 * (rank + 1) for rank in range(41)},
            n=287,
            base=300,
        ),
        *(
            record
            for rank in numbers
            for record in genders_of(f"Table ronde numéro {rank + 1}", rank % 4, 3, rank % 2)
        ),
        *counted(
            "budget_line",
            {f"Poste numéro {rank + 1}": 900 - 20 * rank for rank in numbers},
            unit="euros",
            group="expense",
        ),
    ]
    places = {code: f"Département {code}" for code in codes}
    return spelled(records, questions=(*questions, *LIKED, WORD), places=places)


def zeros() -> Spelled:
    """Nobody came, nobody answered what they could have."""
    records = [
        *counted("registered", {"": 12}, n=12, base=12),
        *counted("cancelled", {"": 0}, n=0, base=12),
        *counted("registered_present", {"": 0}, n=0, base=12),
        *counted("no_show", {"": 12}, n=12, base=12),
        *counted("present", {"": 0}, n=0, base=0),
        *counted("walk_in", {"": 0}, n=0, base=0),
        *counted("attendance_rate", {"": 0.0}, unit="share", n=12, base=12),
        *counted("target", {"low": 150, "high": 150}),
        *counted("registration_timeline", {"0": 0}, n=0, base=12),
        *counted(
            "organisation_type",
            {"association": 0, "unclassified": 0},
            unit="organisations",
            n=0,
            base=0,
        ),
        *impression_of((0, 0, 0, 12, 10)),
        *differential_of(
            (("Atelier A", 0, 0, -0.08, 0.08), ("Atelier B", 0, 0, -0.08, 0.08)),
            lambda _one, _two: True,
            n=22,
        ),
        *rating_of("accueil", (0, 0, 0, 22), FOUR),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD))


def missing() -> Spelled:
    """Nothing was collected: no chart at all."""
    record = counted("present", {"": 0})[0]
    gap = {"value": None, "low": None, "high": None, "status": "not_collected", "method": ""}
    return spelled([record | gap])


def three_answers() -> Spelled:
    """Three people, unprotected: counts without percentages."""
    records = [
        *counted("registered", {"": 4}, n=4, base=4),
        *counted("registered_present", {"": 2}, n=2, base=4),
        *counted("no_show", {"": 2}, n=2, base=4),
        *counted("present", {"": 3}, n=3, base=3),
        *counted("walk_in", {"": 1}, n=1, base=3),
        *counted("attendance_rate", {"": 0.5}, unit="share", n=4, base=4),
        *counted("audience", {"professional": 2, "general_public": 1}, n=3, base=3),
        *counted("origin_department", {"2A": 2, "not_given": 1}, n=2, base=3),
        *impression_of((1, 1, 0, 0, 1)),
        *differential_of(
            (("Atelier", 2, 0, -0.2, 0.9), ("Plénière", 0, 2, -0.9, 0.2)),
            lambda _one, _two: True,
            n=3,
        ),
        *words_of({"🎉": 1, "مرحبا": 1, "lien <b> & co": 1}, 3),
        *counted("registration_timeline", {"9": 1, "2": 3, "0": 3}, n=3, base=4),
        *rating_of("accueil", (2, 1, 0, 0), FOUR),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD))


def odd_scales() -> Spelled:
    """Scales of three, five and eleven levels side by side; long names of levels."""
    grades = tuple(str(grade) for grade in range(11))
    length = ("Trop courte", "Comme il faut, ni trop longue ni trop courte", "Trop longue")
    questions = (
        Question(
            id="impression",
            wording="Recommanderiez-vous cette journée, de 0 à 10 ?",
            role="overall_satisfaction",
            kind="scale",
            scale=grades,
            positive=2,
        ),
        Question(id="duree", wording="La durée", role="rating", scale=length, positive=1),
        Question(
            id="agreement",
            wording="J'ai appris quelque chose qui me servira",
            role="rating",
            scale=AGREEMENT,
            positive=2,
        ),
    )
    answers = (9, 12, 14, 6, 3, 4, 2, 1, 0, 0, 1)
    interval = hypergeometric(21, 52, PRESENT)
    records = [
        *counted(
            "overall_impression",
            dict(zip(reversed(grades), answers, strict=True)),
            unit="answers",
            group="impression",
            n=52,
            base=PRESENT,
        ),
        judged(
            "satisfied_share",
            "",
            21 / 52,
            (interval.low, interval.high),
            group="impression",
            n=52,
        ),
        *rating_of("duree", (4, 39, 9), length),
        *rating_of("agreement", (15, 20, 11, 4, 2), AGREEMENT),
    ]
    return spelled(records, questions=questions)
