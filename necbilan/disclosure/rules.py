"""Which rule of protect() each metric falls under: data, to be read and argued about."""

from __future__ import annotations

__all__ = [
    "ANSWERED",
    "BANDS",
    "CHANGES",
    "COMPARED",
    "CUMULATED",
    "FLOOR",
    "HOLDERS",
    "LABELS",
    "MEANS_OF_MOMENTS",
    "MOMENTS",
    "OPEN",
    "PLACED",
    "PLACES",
    "RESIDUAL",
    "RESPONDENTS",
    "SHARES_OF_A_PLACE",
    "TELLING",
    "WHO",
]

FLOOR = 5
"""k: the smallest group of people that is printed"""

PLACES = ("origin_department", "origin_country", "origin_commune", "origin_epci", "origin_region")

BANDS = "distance_band"
"""within a venue (group = its INSEE code): protected with the places, as a commune tells its own"""

WHO = frozenset(
    {"audience", "profile", "first_time", "organisation", BANDS}
    | {"respondent_profile", "respondent_origin", "respondent_first_time"}
    | set(PLACES)
)
"""Levels are groups of people; a group of them within something (a cross) is suppressed."""

LABELS = frozenset({"profile_label"})
"""Levels are people's own words for what they are, within a profile: a label is printed when k
share it, its profile is printed, and what it leaves unprinted in that profile is 0 or ≥ k."""

MOMENTS = frozenset({"half_day"})
"""How many were there at a moment: printed like who came, but never so that 1 to k − 1 people were
seen then, came without being seen then, or came to several moments."""

MEANS_OF_MOMENTS = {"half_day_mean": "half_day"}
"""A mean that gives back the one moment that is not printed: printed when all of them are."""

RESPONDENTS = {
    "respondent_profile": ("profile", "audience"),
    "respondent_origin": ("origin_department",),
    "respondent_first_time": ("first_time",),
}
"""Respondents by level, and the metrics of those present by the same levels: protected together."""

COMPARED = {
    "representativeness": "respondent_profile",
    "representativeness_origin": "respondent_origin",
}
"""Differences that give back counts of respondents and of present: printed when both are."""

CUMULATED = frozenset({"registration_timeline"})
"""Levels are dates and values add up: each published step must hold 0 or ≥ k people.  Dates between
two steps are not told: as many dates as people would say one a day."""

SHARES_OF_A_PLACE = frozenset({"local_share"})
"""A share whose value and n count who lives in the venue's EPCI, elsewhere in France, and neither:
printed when these three, beside the places, cut no group below k."""

PLACED = {"located_share": "origin_department"}
"""A share that counts who gave no place: printed when the metric of places prints them."""

HOLDERS = {"organisation_type": "organisation"}
"""Counts of what people hold, and the people by it: where nearly every one is held by one person, a
count of types is a count of people.  Small types are regrouped unless the people of what is not
named outnumber what is not named by at least k; nor are names listed then (``holders``)."""

ANSWERED = frozenset(
    {
        "overall_impression",
        "no_opinion",
        "satisfied_share",
        "satisfied_bound",
        "rating",
        "rating_satisfied",
        *("format_rating", "theme_rating", "scale_mean", "recommendation_score"),
        "liked_most",
        "liked_least",
        "differential",
        "differential_pair",
        *("format_differential", "theme_differential"),
        "word",
        "words_distinct",
    }
)
"""What the whole public answered: in full when n ≥ k."""

CHANGES = frozenset({"change", "previous"})
"""Levels are metric ids: an answer, its change or what it was, is printed as the answer is."""

OPEN = frozenset(
    {
        # how many came, whoever they are
        *("received", "received_entries", "registered_by_role", "unconfirmed_present"),
        *("registered", "cancelled", "pending", "waiting_list", "walk_in", "no_show", "present"),
        "registered_present",
        *("attendance_rate", "present_per_registered", "target", "capacity", "present_by_role"),
        *("without_organisation", "responses", "response_rate"),
        # organisations are no persons
        *("organisations", "people_per_organisation"),
        # what was on offer; speakers stand by name in the public programme, and parity by
        # panel (charter, engagement 3) counts small panels on purpose
        *(
            "activities",
            "activity_theme",
            "activity_attended",
            "activity_capacity",
            "activity_chosen",
        ),
        *("activity_waiting", "activity_fill"),
        *("speakers", "speaker_gender", "speakers_on_stage", "speaker_gender_on_stage"),
        # money and work
        *("budget_planned", "budget_actual", "in_kind", "grants", "grant_share"),
        *("budget_line", "budget_line_planned", "budget_gap", "budget_total"),
        *("cost_per_participant", "cost_per_place", "mobilised", "meetings"),
        # themes are a closed list: a count of them quotes nobody
        *("remarks", "remark_theme"),
    }
)
"""Says nothing of who a person is: printed as measured."""

TELLING = OPEN | ANSWERED | CHANGES
"""Levels say nothing of who a person is, so a suppressed row keeps its own.  Elsewhere all
suppressed rows of a metric are one, the last, without level or group: to name a level is to say
that somebody stands in it, to rank it is to say between how many."""

RESIDUAL = frozenset({"not_given", "ambiguous", "unclassified"})
"""Levels that tell nothing about a person: printed whatever their size."""
