"""Rows of measures made by hand, and the invented event and questions they belong to."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from necbilan.intervals import hypergeometric
from necbilan.model import Event, Facts, Question
from necbilan.tables import MEASURES
from necbilan.words.spelling import spell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from necbilan.words.spelled import Spelled

__all__ = [
    "ANSWERS",
    "FOUR",
    "IMPRESSION",
    "LIKED",
    "OVERALL",
    "PRESENT",
    "RATED",
    "WORD",
    "Liked",
    "Record",
    "counted",
    "differential_of",
    "genders_of",
    "impression_of",
    "judged",
    "rating_of",
    "spelled",
    "words_of",
]

PRESENT = 181
ANSWERS = 58
IMPRESSION = ("Très positive", "Plutôt positive", "Mitigée", "Plutôt négative", "Très négative")
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


def impression_of(counts: Sequence[int]) -> list[Record]:
    """Answers to the overall question, best first, and the share of the two best levels."""
    n = sum(counts)
    satisfied = sum(counts[:2])
    interval = hypergeometric(satisfied, n, PRESENT)
    return [
        *counted(
            "overall_impression",
            dict(zip(IMPRESSION, counts, strict=True)),
            unit="answers",
            group="impression",
            n=n,
            base=PRESENT,
        ),
        judged(
            "satisfied_share",
            "",
            satisfied / n,
            (interval.low, interval.high),
            group="impression",
            n=n,
        ),
    ]


Liked = tuple[str, int, int, float, float]


def differential_of(
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


def words_of(words: Mapping[str, int], n: int) -> list[Record]:
    return [
        *counted("word", words, unit="answers", group="mots", n=n, base=ANSWERS),
        *counted("words_distinct", {"": len(words)}, unit="forms", group="mots", n=n),
    ]


def rating_of(group: str, counts: Sequence[int], scale: Sequence[str]) -> list[Record]:
    """Answers on ``scale`` (worst first), best first, and the share of the better half."""
    n = sum(counts)
    base = max(n, PRESENT)
    satisfied = sum(counts[: len(counts) // 2])
    interval = hypergeometric(satisfied, n, base)
    return [
        *counted(
            "rating",
            dict(zip(reversed(scale), counts, strict=True)),
            unit="answers",
            group=group,
            n=n,
            base=base,
        ),
        judged(
            "rating_satisfied",
            "",
            satisfied / n,
            (interval.low, interval.high),
            group=group,
            n=n,
            base=base,
        ),
    ]


def genders_of(group: str, women: int, men: int, not_given: int) -> list[Record]:
    n = women + men + not_given
    levels = {"woman": women, "man": men, "not_given": not_given}
    return counted("speaker_gender", levels, group=group, n=n, base=n)
