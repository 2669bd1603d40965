"""Invented measures for the gallery: the easy case (Metz) and the hard ones.

The easy case follows the published figures of NEC Metz 2023 and an invented survey; the
others hold what breaks drawings: long labels, one level, forty levels, zeros, nothing
collected, three answers, words that the font cannot write.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from necbilan.model import Event, Facts, Question
from necbilan.tables import MEASURES
from necbilan.words.spelling import spell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from necbilan.words.spelled import Spelled

__all__ = ["CASES", "counted", "easy", "judged", "spelled"]

PRESENT = 181
ANSWERS = 58
IMPRESSION = ("Très positive", "Plutôt positive", "Mitigée", "Plutôt négative", "Très négative")
LONG = (
    "Table ronde des élues et élus de l’Eurométropole, des intercommunalités voisines et du "
    "Land de Sarre sur l’accès aux droits à l’heure du tout-numérique"
)
PLACES = {"57": "Moselle", "54": "Meurthe-et-Moselle", "974": "La Réunion", "2A": "Corse-du-Sud"}
Record = dict[str, Any]


def counted(
    metric: str,
    levels: Mapping[str, float],
    *,
    unit: str = "people",
    group: str = "",
    n: int | None = None,
    base: int | None = None,
) -> list[Record]:
    """Rows of full counts, one a level."""
    return [
        {
            "event": "gallery",
            "metric": metric,
            "group": group,
            "level": level,
            "value": value,
            "low": value,
            "high": value,
            "unit": unit,
            "n": n,
            "base": base,
            "method": "count",
            "evidence": "microdata",
            "status": "ok",
        }
        for level, value in levels.items()
    ]


def judged(
    metric: str,
    level: str,
    value: float,
    bounds: tuple[float, float],
    *,
    unit: str = "share",
    group: str = "",
    n: int = ANSWERS,
    base: int | None = PRESENT,
    method: str = "hypergeometric",
) -> Record:
    """A row with an interval."""
    return {
        "event": "gallery",
        "metric": metric,
        "group": group,
        "level": level,
        "value": value,
        "low": bounds[0],
        "high": bounds[1],
        "unit": unit,
        "n": n,
        "base": base,
        "method": method,
        "evidence": "microdata",
        "status": "ok",
    }


def spelled(
    records: Sequence[Record],
    *,
    questions: tuple[Question, ...] = (),
    language: str = "fr",
    places: Mapping[str, str] = PLACES,
) -> Spelled:
    """The records, spelled for an invented event."""
    event = Event(
        slug="gallery",
        name="Galerie",
        dates=(date(2023, 10, 12),),
        place="Bliida, Metz",
        fictional="données fictives",
    )
    names = {f"department:{code}": name for code, name in places.items()}
    facts = Facts(event=event, questions=questions, presence="roll", place_names=names)
    return spell(MEASURES.frame(records), facts, language)


# --- questions ---------------------------------------------------------------------------

OVERALL = Question(
    id="impression",
    wording="Quelle est votre impression générale sur cette journée ?",
    role="overall_satisfaction",
    kind="scale",
    scale=tuple(reversed(IMPRESSION)),
    positive=2,
)
WORD = Question(
    id="mots",
    wording="Qu'évoque pour vous l'inclusion numérique ?",
    role="word_association",
    kind="text",
)
FOUR = ("Pas du tout satisfait", "Plutôt pas satisfait", "Plutôt satisfait", "Très satisfait")
RATED = tuple(
    Question(id=name, wording=wording, role="rating", kind="scale", scale=FOUR, positive=2)
    for name, wording in (
        ("accueil", "L'accueil sur place"),
        ("contenu", "Le contenu des interventions"),
        ("lieu", "Le lieu et son accessibilité"),
        ("duree", "La durée de la journée"),
    )
)
LIKED = (
    Question(id="plus", wording="Qu'avez-vous le plus apprécié ?", role="liked_most"),
    Question(id="moins", wording="Qu'avez-vous le moins apprécié ?", role="liked_least"),
)

# --- pieces ------------------------------------------------------------------------------


def _impression(counts: Sequence[int], share: float, bounds: tuple[float, float]) -> list[Record]:
    n = sum(counts)
    return [
        *counted(
            "overall_impression",
            dict(zip(IMPRESSION, counts, strict=True)),
            unit="answers",
            group="impression",
            n=n,
            base=PRESENT,
        ),
        judged("satisfied_share", "", share, bounds, group="impression", n=n),
    ]


Liked = tuple[str, int, int, float, float]


def _differential(
    activities: Sequence[Liked], tied: Callable[[int, int], bool], n: int = ANSWERS
) -> list[Record]:
    names = [name for name, *_ in activities]
    most = {name: most for name, most, *_ in activities}
    least = {name: least for name, _, least, *_ in activities}
    return [
        *counted("liked_most", most, unit="answers", n=n, base=n),
        *counted("liked_least", least, unit="answers", n=n, base=n),
        *(
            judged(
                "differential",
                name,
                (liked - disliked) / n,
                (low, high),
                n=n,
                base=n,
                method="bonett_price",
            )
            for name, liked, disliked, low, high in activities
        ),
        *(
            judged(
                "differential_pair",
                two,
                0.4 if tied(first, second) else 0.01,
                (math.nan, math.nan),
                unit="p_value",
                group=one,
                n=n,
                method="holm",
            )
            for first, one in enumerate(names)
            for second, two in enumerate(names)
            if first != second
        ),
    ]


METZ_LIKED: tuple[Liked, ...] = (
    ("Stands découverte", 21, 1, 0.1973, 0.4693),
    ("Ateliers professionnels", 19, 1, 0.1669, 0.4331),
    ("Regard croisé Danemark, Luxembourg, France", 11, 4, -0.0147, 0.2481),
    ("Table ronde Moselle", 3, 12, -0.2792, -0.0208),
    ("Clôture", 1, 13, -0.3205, -0.0795),
    ("Plénière d’ouverture", 3, 17, -0.3747, -0.0919),
)
METZ_WORDS = {
    "Changement": 2,
    "Accessibilité": 1,
    "Ampleur du problème": 1,
    "Défi": 1,
    "Émancipation": 1,
    "Engagé": 1,
    "Enjeu essentiel": 1,
    "Évolution sociétale": 1,
    "Inclusion": 1,
    "Opportunité": 1,
    "Paradigme": 1,
    "Priorité": 1,
    "Rassuré": 1,
    "Solidarité": 1,
}


def _words(words: Mapping[str, int], n: int) -> list[Record]:
    return [
        *counted("word", words, unit="answers", group="mots", n=n, base=ANSWERS),
        *counted("words_distinct", {"": len(words)}, unit="forms", group="mots", n=n),
    ]


def _rating(
    group: str, counts: Sequence[int], scale: Sequence[str], bounds: tuple[float, float]
) -> list[Record]:
    n = sum(counts)
    share = sum(counts[: len(counts) // 2]) / n
    return [
        *counted(
            "rating",
            dict(zip(reversed(scale), counts, strict=True)),
            unit="answers",
            group=group,
            n=n,
            base=PRESENT,
        ),
        judged("rating_satisfied", "", share, bounds, group=group, n=n),
    ]


def _genders(group: str, women: int, men: int, not_given: int) -> list[Record]:
    n = women + men + not_given
    levels = {"woman": women, "man": men, "not_given": not_given}
    return counted("speaker_gender", levels, group=group, n=n, base=n)


# --- cases -------------------------------------------------------------------------------


def easy(language: str = "fr") -> Spelled:
    """NEC Metz 2023, and what its survey did not ask, invented."""
    steps = {"52": 3, "45": 18, "38": 46, "31": 67, "24": 88, "17": 106, "7": 131, "0": 131}
    departments = {"57": 143, "54": 11, "abroad": 7, "other": 11, "not_given": 9}
    kinds = {"association": 28, "local_government": 15, "state": 8, "education": 6}
    kinds |= {"company": 6, "health_social": 4, "third_place": 4}
    lines = {"Intervenants": 5200, "Restauration": 3900, "Location de la salle": 2600}
    lines |= {"Communication": 1500, "Captation vidéo": 800}
    records = [
        *counted("registered", {"": 188}, n=188, base=188),
        *counted("cancelled", {"": 14}, n=14, base=202),
        *counted("no_show", {"": 13}, n=13, base=188),
        *counted("present", {"": PRESENT}, n=PRESENT, base=PRESENT),
        *counted("walk_in", {"": 6}, n=6, base=PRESENT),
        *counted("attendance_rate", {"": 175 / 188}, unit="share", n=188, base=188),
        *counted("target", {"low": 150, "high": 250}),
        *counted("capacity", {"": 300}),
        *counted("registration_timeline", steps, n=131, base=188),
        *counted("audience", {"professional": 118, "general_public": 63}, n=PRESENT, base=PRESENT),
        *counted(
            "respondent_profile",
            {"professional": 39, "general_public": 19},
            unit="answers",
            n=ANSWERS,
            base=ANSWERS,
        ),
        *counted("organisations", {"": 71}, unit="organisations", n=172, base=PRESENT),
        *counted("organisation_type", kinds, unit="organisations", n=71, base=71),
        *counted("origin_department", departments, n=172, base=PRESENT),
        *counted(
            "distance_band",
            {"0-10": 98, "10-25": 31, "25-50": 23, "50-100": 12, "100-250": 3, "250+": 5},
            n=172,
            base=PRESENT,
        ),
        *counted("responses", {"": ANSWERS}, unit="answers", n=ANSWERS, base=PRESENT),
        *_impression((17, 33, 6, 2, 0), 50 / 58, (0.768, 0.9227)),
        *counted("no_opinion", {"": 2}, unit="answers", group="impression", n=2, base=PRESENT),
        *_rating("accueil", (31, 22, 4, 1), FOUR, (0.82, 0.96)),
        *_rating("contenu", (24, 25, 7, 2), FOUR, (0.74, 0.91)),
        *_rating("lieu", (12, 20, 17, 7), FOUR, (0.46, 0.68)),
        *_rating("duree", (9, 24, 20, 4), FOUR, (0.47, 0.69)),
        *_differential(METZ_LIKED, lambda one, two: one // 3 == two // 3),
        *_words(METZ_WORDS, 15),
        *counted(
            "remark_theme",
            {"logistics": 9, "catering": 7, "programme": 4, "communication": 2, "unsorted": 3},
            unit="remarks",
            group="improvement",
            n=25,
            base=25,
        ),
        *_genders("", 7, 8, 0),
        *_genders("Plénière d’ouverture", 2, 2, 0),
        *_genders("Table ronde Moselle", 0, 3, 0),
        *_genders("Regard croisé Danemark, Luxembourg, France", 3, 1, 1),
        *counted("budget_actual", {"": 14000}, unit="euros"),
        *counted("budget_line", lines, unit="euros", group="expense"),
        *counted(
            "budget_line",
            {"Subvention de l’ANCT": 5000, "Ville de Metz": 9000},
            unit="euros",
            group="income",
        ),
        *counted("activity_attended", {"Plénière d’ouverture": 160, "Atelier RGPD": 18}),
        *counted("activity_capacity", {"Plénière d’ouverture": 300, "Atelier RGPD": 20}),
        *(
            record
            for name, counts, bounds in (
                ("Plénière d’ouverture", (20, 18, 9, 3), (0.63, 0.86)),
                ("Atelier RGPD", (9, 5, 1, 0), (0.7, 0.99)),
                ("Table ronde Moselle", (8, 14, 15, 6), (0.37, 0.65)),
            )
            for record in _rating(f"activites › {name}", counts, FOUR, bounds)
        ),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD), language=language)


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
        *counted("registered", {"": 12345}, n=12345, base=12345),
        *counted("cancelled", {"": 1234}, n=1234, base=13579),
        *counted("waiting_list", {"": 2345}, n=2345, base=13579),
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
        *_differential(liked, lambda one, two: abs(one - two) == 1, n=1000),
        *_words({LONG[:62]: 7, "anticonstitutionnellement": 5, "numérique": 3, "lien": 1}, 16),
        *(
            record
            for rank in range(4)
            for record in _rating(f"q{rank}", (300, 200, 100 * rank, 40), scale, (0.5, 0.6))
        ),
        *_genders(LONG, 12, 3, 2),
        *_genders(names[0], 0, 1, 14),
    ]
    return spelled(records, questions=(*questions, *LIKED, WORD))


def one_level() -> Spelled:
    """One level of each, everybody of the same mind."""
    records = [
        *counted("registered", {"": 30}, n=30, base=30),
        *counted("no_show", {"": 0}, n=0, base=30),
        *counted("present", {"": 30}, n=30, base=30),
        *counted("walk_in", {"": 0}, n=0, base=30),
        *counted("attendance_rate", {"": 1.0}, unit="share", n=30, base=30),
        *counted("audience", {"professional": 30}, n=30, base=30),
        *counted("organisation_type", {"association": 1}, unit="organisations", n=1, base=1),
        *counted("origin_department", {"974": 30}, n=30, base=30),
        *_impression((22, 0, 0, 0, 0), 1.0, (0.91, 1.0)),
        *_rating("accueil", (22, 0, 0, 0), FOUR, (0.91, 1.0)),
        *_differential((("Barcamp", 12, 0, 0.31, 0.72),), lambda _one, _two: False, n=22),
        *_words({"Lien": 22}, 22),
        *counted("remark_theme", {"unsorted": 1}, unit="remarks", group="improvement", n=1),
        *_genders("", 6, 0, 0),
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
        *_differential(liked, lambda one, two: abs(one - two) <= 3, n=80),
        *_words(words, 600),
        *(
            record
            for rank in numbers
            for record in _rating(f"q{rank}", (40 - rank, 20, 10, rank), FOUR, (0.4, 0.7))
        ),
        *(
            record
            for rank in numbers
            for record in _rating(
                f"act › Activité numéro {rank + 1}", (40 - rank, 20, 10, rank), FOUR, (0.4, 0.7)
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
            for record in _genders(f"Table ronde numéro {rank + 1}", rank % 4, 3, rank % 2)
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
        *_impression((0, 0, 0, 12, 10), 0.0, (0.0, 0.11)),
        *_differential(
            (("Atelier A", 0, 0, -0.08, 0.08), ("Atelier B", 0, 0, -0.08, 0.08)),
            lambda _one, _two: True,
            n=22,
        ),
        *_rating("accueil", (0, 0, 0, 22), FOUR, (0.0, 0.09)),
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
        *counted("no_show", {"": 2}, n=2, base=4),
        *counted("present", {"": 3}, n=3, base=3),
        *counted("walk_in", {"": 1}, n=1, base=3),
        *counted("attendance_rate", {"": 0.5}, unit="share", n=4, base=4),
        *counted("audience", {"professional": 2, "general_public": 1}, n=3, base=3),
        *counted("origin_department", {"2A": 2, "not_given": 1}, n=2, base=3),
        *_impression((1, 1, 0, 0, 1), 2 / 3, (0.1, 0.98)),
        *_differential(
            (("Atelier", 2, 0, -0.2, 0.9), ("Plénière", 0, 2, -0.9, 0.2)),
            lambda _one, _two: True,
            n=3,
        ),
        *_words({"🎉": 1, "مرحبا": 1, "lien <b> & co": 1}, 3),
        *counted("registration_timeline", {"9": 1, "2": 3, "0": 3}, n=3, base=4),
        *_rating("accueil", (2, 1, 0, 0), FOUR, (0.3, 1.0)),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD))


CASES: Mapping[str, Callable[[], Spelled]] = {
    "metz": easy,
    "long": long_labels,
    "one": one_level,
    "forty": forty_levels,
    "zeros": zeros,
    "missing": missing,
    "three": three_answers,
}
