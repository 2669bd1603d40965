"""Random events, person by person: the measures of who they are, raw, and the truth behind them.

Events are small and lopsided on purpose: sizes follow a Pareto law, some gave no place, no
profile, or an audience without a profile; organisations are many or few.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from necbilan import vocabulary
from necbilan.disclosure.places import kilometres_to
from necbilan.metrics import (
    attendance,
    audience,
    organisations,
    origin,
    representativeness,
    respondents,
    satisfaction,
)
from necbilan.model import Dossier, Event, Facts
from necbilan.reference import tables
from necbilan.tables import MEASURES, REGISTRATIONS, RESPONSES

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

K = 5
VENUE = "57463"
COMMUNES = (
    VENUE, "57751", "57672", "57447", "57227", "57606", "57480", "54395", "54431", "54323",
    "75056", "51454", "88160", "67482",
)  # fmt: skip
FOREIGN = ("LU", "DE", "BE")
ALONE = {"department_only:57": "44", "department_only:54": "44"}
"""a département without a commune, and its region"""
PLACES = (*COMMUNES, *ALONE, *FOREIGN, "ambiguous", "not_given")
AWAY = kilometres_to(VENUE, COMMUNES)
AUDIENCE = {entry["id"]: entry["audience"] for entry in vocabulary.read("profiles")["profile"]}
PROFILES = tuple(profile for profile, side in AUDIENCE.items() if side)
APART = (
    ("professional", "not_given"),
    ("general_public", "not_given"),
    ("not_given", "not_given"),
    ("not_given", "unclassified"),
)
"""audience and profile of whom no profile of the nomenclature is known"""
KINDS = (*((AUDIENCE[profile], profile) for profile in PROFILES), *APART)
FIRST = ("yes", "no", "not_given")
TYPES = ("local_authority", "association", "company", "health_social", "state")
METRICS = (
    *(attendance.present, satisfaction.responses),
    *(audience.audience, audience.profile, audience.first_time),
    *(organisations.organisations, organisations.organisation, organisations.organisation_type),
    *(origin.origin_commune, origin.origin_epci, origin.origin_department),
    *(origin.origin_region, origin.origin_country, origin.distance_band),
    *(origin.located_share, origin.local_share),
    *(respondents.respondent_profile, respondents.respondent_origin),
    respondents.respondent_first_time,
    *(representativeness.representativeness, representativeness.representativeness_origin),
)
Atom = tuple[str, "Hashable"]


@dataclass(frozen=True)
class Drawn:
    """``raw`` MEASURES; ``true``: people by atom of each family, empty atoms too.

    Families: place, kind (audience and profile), first, and of respondents "r:" + each.
    ``asked`` is how the survey sorted people: profile or audience.  ``sent``: type and people
    of each organisation.
    """

    raw: pd.DataFrame
    true: Counter[Atom]
    asked: str
    sent: dict[str, tuple[str, int]]


@cache
def located(place: str) -> dict[str, object]:
    """The columns of REGISTRATIONS that say where somebody lives."""
    if place in ALONE:
        department = {"department": place[-2:], "region": ALONE[place], "country": "FR"}
        return {"place_status": "ambiguous", **department}
    if place in FOREIGN:
        return {"place_status": "pays", "country": place}
    if place not in COMMUNES:
        return {"place_status": place}
    known = tables.communes()
    row = known.row[place]
    return {
        "place_status": "commune",
        "insee": place,
        "epci": known.epci[row] or None,
        "department": place[:2],
        "region": known.region[row],
        "country": "FR",
        "distance_km": AWAY[place],
    }


def drawn_event(seed: int) -> Drawn:
    """The event of a seed: at least k answered, and all or at least k fewer than came."""
    dice = random.Random(seed)  # draws events, not keys
    total = dice.choice((8, 14, 20, 40, 80, 150))

    def lopsided(values: Sequence[object], steep: float = 0.7) -> list[object]:
        return dice.choices(values, [dice.paretovariate(steep) for _ in values], k=total)

    places = lopsided(
        dice.sample(PLACES[:-1], dice.choice((3, 6, 12))) + dice.choice(([], ["not_given"]))
    )
    profiles = [(AUDIENCE[one], one) for one in dice.sample(PROFILES, dice.choice((2, 4, 7)))]
    kinds = lopsided(profiles + dice.choice(([], list(APART[:3]), [APART[2]], [APART[3]])))
    before = lopsided(FIRST)
    names = [f"o{rank}" for rank in range(int(total / dice.choice((1, 1.2, 2, 4))))]
    types = {name: dice.choice(TYPES) for name in names}
    sent = lopsided(names + [""] * dice.choice((0, 1, 3)), dice.choice((0.8, 2, 20)))
    answered = _answered(dice, total)
    asked = dice.choice(("profile", "audience"))
    people = [
        {
            "person": f"p{at}",
            "role": "public",
            "status": "registered",
            "present": True,
            "audience": _said(kinds[at][0]),
            "profile": _said(kinds[at][1], "unclassified"),
            "profile_label": _said(kinds[at][1]),
            "first_time": {"yes": True, "no": False}.get(str(before[at])),
            "organisation": sent[at] or None,
            "organisation_type": types.get(str(sent[at])),
            **located(str(places[at])),
        }
        for at in range(total)
    ]
    answers = [
        {"respondent": f"r{at}", "question": role, "role": role, "answer": answer}
        for at in answered
        for role, answer in (
            ("submission", None),
            ("profile", _sorted_as(kinds[at], asked)),
            ("home", _home(str(places[at]))),
            ("first_time", _said(before[at])),
        )
    ]
    true: Counter[Atom] = Counter()
    for family, atoms, found in (
        ("place", PLACES, places),
        ("kind", KINDS, kinds),
        ("first", FIRST, before),
    ):
        for prefix, chosen in (("", range(total)), ("r:", answered)):
            true.update({(prefix + family, atom): 0 for atom in atoms})
            true.update((prefix + family, found[at]) for at in chosen)
    held = Counter(name for name in sent if name)
    return Drawn(
        _measured(people, answers),
        true,
        asked,
        {str(name): (types[str(name)], n) for name, n in held.items()},
    )


def _answered(dice: random.Random, total: int) -> list[int]:
    while True:
        rate = dice.choice((0.3, 0.7, 0.95, 1))
        chosen = [at for at in range(total) if dice.random() < rate]
        if len(chosen) >= K and (len(chosen) == total or total - len(chosen) >= K):
            return chosen


def _said(value: object, *nothing: str) -> object:
    return None if value in ("not_given", *nothing) else value


def _sorted_as(kind: tuple[str, str], asked: str) -> object:
    """What somebody of that kind answers: free words are "other"."""
    answer = kind[0] if asked == "audience" else kind[1]
    return "other" if answer == "unclassified" else _said(answer)


def _home(place: str) -> object:
    where = located(place)
    return "abroad" if where.get("country") in FOREIGN else where.get("department")


def _measured(people: list[dict[str, object]], answers: list[dict[str, object]]) -> pd.DataFrame:
    event = Event(slug="e", name="E", dates=(date(2025, 1, 1),), place="Ici", insee=VENUE)
    dossier = Dossier(
        event=event,
        facts=Facts(event=event),
        registrations=REGISTRATIONS.frame(people),
        responses=RESPONSES.frame(answers),
    )
    rows: list[dict[str, object]] = []
    for metric in METRICS:
        named = {"event": "e", "metric": metric.__name__}
        rows += [named | row for row in metric(dossier).to_dict("records")]
    return MEASURES.frame(rows)
