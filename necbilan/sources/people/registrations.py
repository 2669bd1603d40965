"""From distinct people to REGISTRATIONS: where they came from, for whom, as what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.reference import tables
from necbilan.sources.folding import fold_label
from necbilan.sources.organisations import counted_organisations, names_nothing
from necbilan.sources.people.distinct import pseudonyms
from necbilan.sources.people.moments import activity_seen, half_day_seen
from necbilan.sources.people.profiles import classify_profiles
from necbilan.sources.people.tickets import PLACE_FIELDS
from necbilan.sources.places import locate
from necbilan.tables import REGISTRATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from necbilan.model import Event, Merge
    from necbilan.sources.decisions import Decisions
    from necbilan.sources.people.distinct import Person

__all__ = ["Registered", "registered_frame"]


@dataclass(frozen=True)
class Registered:
    """REGISTRATIONS, the organisations counted as one, and the doubtful pairs.

    ``attended`` counts the people seen in the activities that have a list of their own.
    """

    frame: pd.DataFrame
    merges: tuple[Merge, ...]
    pairs: pd.DataFrame
    attended: Mapping[str, int] = field(default_factory=dict)


def registered_frame(
    people: Sequence[Person],
    event: Event,
    decisions: Decisions,
    *,
    titles: Sequence[str],
    key: bytes | None,
) -> Registered:
    """One row a person; no name, no e-mail.

    ``titles`` name the activities that people chose; ``key`` makes the pseudonyms.
    """
    communes = tables.communes()
    home = communes.row.get(event.insee)
    labels = pd.Series([person.organisation for person in people], dtype="string")
    counted = counted_organisations(
        labels,
        commune=(event.commune if home is None else communes.name[home]) or None,
        department=None if home is None else communes.department[home],
        decided=_organisations(decisions),
    )
    organisations = counted.clusters(labels)
    profiles, shown = _profiles(people, decisions.answers("profile"))
    places = locate(_written_places(people), event_commune=event.insee or event.commune or None)
    registration = any(ticket.listed for person in people for ticket in person.tickets)
    named = {fold_label(title): title for title in titles}
    rows = pd.DataFrame(
        {
            "person": pseudonyms(people, key),
            "role": [person.role for person in people],
            "status": [person.status if registration else None for person in people],
            "registered_on": [person.registered_on for person in people],
            "entries": [person.entries for person in people],
            "present": [person.present for person in people],
            "half_days": _half_days(people, event.dates),
            "audience": [
                person.audience or (None if pd.isna(found) else found)
                for person, found in zip(people, profiles["audience"], strict=True)
            ],
            "profile": profiles["profile"].array,
            "profile_label": [label or None for label in shown],
            "organisation": organisations["organisation"].array,
            "organisation_type": organisations["type"]
            .where(organisations["organisation"].notna())
            .array,
            "activities": [_chosen(person.activities, named) for person in people],
            "first_time": [person.first_time for person in people],
        }
    )
    for name in places.columns:
        rows[name] = places[name].array
    return Registered(
        frame=REGISTRATIONS.frame(rows),
        merges=counted.merges(),
        pairs=counted.pairs(),
        attended=_attended(people, titles),
    )


def _organisations(decisions: Decisions) -> dict[str, str]:
    """Label → organisation; a refused pair keeps its label apart."""
    refused = {label: label for label in decisions.refused("organisation")}
    return refused | decisions.answers("organisation")


def _half_days(people: Sequence[Person], dates: Sequence[date]) -> list[tuple[str, ...] | None]:
    """The half-days each person was seen in; None for all when no mark says one."""
    known = {place: half_day_seen(place, dates) for place in _places_seen(people)}
    if not any(known.values()):
        return [None] * len(people)
    return [
        tuple(sorted({known[place] for place in person.seen_at if known[place]}))
        for person in people
    ]


def _places_seen(people: Sequence[Person]) -> set[tuple[str, ...]]:
    """Where marks of presence stand; a whole list shares one, so that each is read once."""
    return {place for person in people for place in person.seen_at}


def _attended(people: Sequence[Person], titles: Sequence[str]) -> dict[str, int]:
    """People seen in each activity that a sheet or a file of signatures is named after."""
    if not titles:
        return {}
    known = {place: activity_seen(place[1:], titles) for place in _places_seen(people)}
    return dict(
        Counter(
            title
            for person in people
            for title in {known[place] for place in person.seen_at if known[place]}
        )
    )


def _written_places(people: Sequence[Person]) -> pd.DataFrame:
    """What each person wrote, as ``locate`` reads it; the widest areas only when alone."""
    said = pd.DataFrame([person.places for person in people], columns=list(PLACE_FIELDS))
    text = said["place"]
    for wider in ("department", "epci", "region"):
        text = text.where(text != "", said[wider])
    exact = ["insee", "postal_code", "commune", "department", "country"]
    return said[exact].assign(text=text)


def _chosen(options: Sequence[str] | None, named: Mapping[str, str]) -> Any:
    """The activities chosen, under their title of the programme when they have one."""
    if options is None:
        return None
    return tuple(dict.fromkeys(named.get(fold_label(option), option) for option in options))


def _profiles(
    people: Sequence[Person], decided: Mapping[str, str]
) -> tuple[pd.DataFrame, list[str]]:
    """profile and audience of each person, from her profile, else from her job; and the words.

    A way of saying nothing («néant») is no word; «retraité» names no organisation but is one.
    """
    said = pd.Series([person.profile for person in people], dtype="string")
    jobs = pd.Series([person.job for person in people], dtype="string")
    by_profile, by_job = (classify_profiles(words, decided) for words in (said, jobs))
    found = pd.DataFrame(
        {
            "profile": by_profile["profile"].fillna(by_job["profile"]),
            "audience": by_profile["audience"].fillna(by_job["audience"]),
        }
    )
    words = [text or job for text, job in zip(said, jobs, strict=True)]
    untold = found["profile"].isna() & pd.Series([names_nothing(word) for word in words])
    return found, ["" if blank else word for word, blank in zip(words, untold, strict=True)]
