"""The frames that travel through necbilan, each column written down once.

A frame is plain pandas; what makes it *ours* is the list of columns here: name, dtype and
meaning.  Nothing identifying stands in any of these tables: a person is a pseudonym, and
free text is scrubbed before it enters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from necbilan.errors import UsageError, misused

__all__ = [
    "ACTIVITIES",
    "BUDGET",
    "MEASURES",
    "REGISTRATIONS",
    "RESPONSES",
    "SPEAKERS",
    "Column",
    "Table",
]


@dataclass(frozen=True)
class Column:
    """One column: its dtype is a pandas dtype name; missing is always NA (NaT for dates)."""

    name: str
    dtype: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A named list of columns, able to make and to check a frame of its shape."""

    name: str
    columns: tuple[Column, ...]

    def names(self) -> list[str]:
        """Column names, in order."""
        return [column.name for column in self.columns]

    def frame(self, rows: Any = None) -> pd.DataFrame:
        """A new frame of this shape from records or a frame; columns not given are NA.

        Raises ValueError on a column that the table does not have.
        """
        given = pd.DataFrame(rows) if rows is not None else pd.DataFrame()
        unknown = [name for name in given.columns if name not in self.names()]
        if unknown:
            raise ValueError(f"{self.name} has no column {', '.join(map(str, unknown))}")
        shaped = given.reindex(columns=self.names())
        return shaped.astype({column.name: column.dtype for column in self.columns})

    def checked(self, given: object, verb: str) -> pd.DataFrame:
        """``given``, when it is a frame that has these columns.

        Raises UsageError saying what ``verb`` takes and what it got.
        """
        if not isinstance(given, pd.DataFrame):
            raise misused(verb, f"le DataFrame {self.name}", given)
        absent = [name for name in self.names() if name not in given.columns]
        if absent:
            raise UsageError(
                f"{verb}() attend le DataFrame {self.name}\u202f; colonnes absentes\u00a0: "
                f"{', '.join(absent)}."
            )
        return given


REGISTRATIONS = Table(
    "registrations",
    (
        Column("person", "string", "pseudonym; one row a distinct person"),
        Column("role", "string", "public | speaker | team | press | provider"),
        Column(
            "status",
            "string",
            "registered | pending | waiting_list | cancelled | walk_in (came without registering); "
            "NA = lists of those present only",
        ),
        Column("registered_on", "datetime64[us]", "day of registration"),
        Column("entries", "Int64", "her registrations in the files, before joining"),
        Column("present", "boolean", "seen at the event; NA = not measured"),
        Column(
            "half_days",
            "object",
            "tuple of the half-days seen in: morning | afternoon | evening, of several days "
            "'2:morning' or '2'; NA = presence not kept by half-day",
        ),
        Column("audience", "string", "professional | general_public"),
        Column("profile", "string", "id of vocabulary/profiles.toml"),
        Column("profile_label", "string", "the profile in the file's words"),
        Column("organisation", "string", "displayed name after merging"),
        Column("organisation_type", "string", "id of one of the eight types"),
        Column(
            "place_status",
            "string",
            "commune | departement | epci | region | pays | ambiguous | unresolved | not_given",
        ),
        Column("insee", "string", "INSEE code of the commune"),
        Column("commune", "string", "name of the commune"),
        Column("epci", "string", "SIREN of the EPCI"),
        Column("department", "string", "INSEE code of the departement"),
        Column("region", "string", "INSEE code of the region"),
        Column("country", "string", "ISO 3166 alpha-2"),
        Column("distance_km", "Float64", "great circle to the venue's commune"),
        Column("activities", "object", "tuple of chosen activities, or NA"),
        Column("first_time", "boolean", "first NEC; NA = not asked"),
    ),
)

RESPONSES = Table(
    "responses",
    (
        Column("respondent", "string", "r0001…; numbered within the survey"),
        Column("question", "string", "id of a Question of Facts; '' on submission rows"),
        Column(
            "role",
            "string",
            "'submission' (one row a respondent, whatever was answered) or a role of "
            "vocabulary/roles.toml: overall_satisfaction, liked_most, word_association, …",
        ),
        Column("item", "string", "row of a grid or activity rated; NA when none"),
        Column(
            "answer",
            "string",
            "the label answered, as the report shows it (a level of the scale, an activity's "
            "title, a word's group, a scrubbed remark); NA = asked and left blank",
        ),
        Column("level", "Int64", "rank of the answer on the scale, 1 = worst"),
        Column("theme", "string", "theme of a remark; NA elsewhere"),
        Column("answered_on", "datetime64[us]", "day of the submission"),
    ),
)

ACTIVITIES = Table(
    "activities",
    (
        Column("activity", "string", "title, unique"),
        Column("kind", "string", "kind in the file's words: 'Atelier professionnel'"),
        Column("theme", "string", "theme, or NA"),
        Column("capacity", "Int64", "seats, or NA"),
        Column("registered", "Int64", "people registered for it, or NA"),
        Column("waiting", "Int64", "people on its waiting list, or NA"),
        Column("attended", "Int64", "people counted, or NA"),
    ),
)

SPEAKERS = Table(
    "speakers",
    (
        Column("speaker", "string", "pseudonym; one row a speaker × activity"),
        Column("activity", "string", "title of ACTIVITIES"),
        Column("gender", "string", "woman | man | other, declared; NA"),
        Column("on_stage", "boolean", "spoke on the day; NA = not recorded"),
    ),
)

BUDGET = Table(
    "budget",
    (
        Column("line", "string", "the line in the organiser's words"),
        Column("nature", "string", "expense | income | in_kind"),
        Column("grant", "boolean", "True when an income line is a grant"),
        Column("planned", "Float64", "euros, or NA"),
        Column("actual", "Float64", "euros, or NA"),
        Column("explanation", "string", "why actual departs from planned, or NA"),
    ),
)

MEASURES = Table(
    "measures",
    (
        Column("event", "string", "slug of the event"),
        Column("metric", "string", "id of METRICS"),
        Column("group", "string", "what the metric is taken within; '' when nothing"),
        Column("level", "string", "level of the metric; '' when it has none"),
        Column("value", "Float64", "the number, in the unit; NA unless status is ok"),
        Column("low", "Float64", "lower bound of the 95 % interval"),
        Column("high", "Float64", "upper bound; low = high = value for a full count"),
        Column("unit", "string", "people | organisations | share | points | euros | …"),
        Column("n", "Int64", "answers or people the value rests on"),
        Column("base", "Int64", "those it could have rested on; NA = unknown"),
        Column(
            "method",
            "string",
            "count | hypergeometric | wilson | bonett_price | student | square_and_add",
        ),
        Column("evidence", "string", "microdata | count | declared"),
        Column(
            "status",
            "string",
            "ok | to_review (waits for a human's yes) | not_collected | suppressed | "
            "not_comparable",
        ),
    ),
)
