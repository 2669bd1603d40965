"""The frames that travel through necbilan, each column written down once.

A frame is plain pandas; what makes it *ours* is the list of columns here: name, dtype, what
privacy asks of it (a test compares frames with it) and meaning.  Nothing identifying stands
in any of these tables: a person is a pseudonym, and free text is scrubbed before it enters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

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
    "Privacy",
    "Table",
]


Privacy = Literal["pseudonymise", "quasi_identifier", "measure", "verbatim"]
"""What is dropped stands in no frame: ``kept = false`` in vocabulary/fields.toml."""


@dataclass(frozen=True)
class Column:
    """One column: its dtype is a pandas dtype name; missing is always NA (NaT for dates)."""

    name: str
    dtype: str
    privacy: Privacy
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
        Column("person", "string", "pseudonymise", "pseudonym; one row a distinct person"),
        Column("role", "string", "quasi_identifier", "public | speaker | team | press | provider"),
        Column(
            "status",
            "string",
            "quasi_identifier",
            "registered | pending | waiting_list | cancelled | walk_in (came without registering); "
            "NA = lists of those present only",
        ),
        Column("registered_on", "datetime64[us]", "quasi_identifier", "day of registration"),
        Column("entries", "Int64", "measure", "her registrations in the files, before joining"),
        Column("present", "boolean", "quasi_identifier", "seen at the event; NA = not measured"),
        Column(
            "half_days",
            "object",
            "quasi_identifier",
            "tuple of the half-days seen in: morning | afternoon | evening, of several days "
            "'2:morning' or '2'; NA = presence not kept by half-day",
        ),
        Column("audience", "string", "quasi_identifier", "professional | general_public"),
        Column("profile", "string", "quasi_identifier", "id of vocabulary/profiles.toml"),
        Column("profile_label", "string", "quasi_identifier", "the profile in the file's words"),
        Column("organisation", "string", "quasi_identifier", "displayed name after merging"),
        Column("organisation_type", "string", "quasi_identifier", "id of one of the eight types"),
        Column(
            "place_status",
            "string",
            "quasi_identifier",
            "commune | departement | epci | region | pays | ambiguous | unresolved | not_given",
        ),
        Column("insee", "string", "quasi_identifier", "INSEE code of the commune"),
        Column("commune", "string", "quasi_identifier", "name of the commune"),
        Column("epci", "string", "quasi_identifier", "SIREN of the EPCI"),
        Column("department", "string", "quasi_identifier", "INSEE code of the departement"),
        Column("region", "string", "quasi_identifier", "INSEE code of the region"),
        Column("country", "string", "quasi_identifier", "ISO 3166 alpha-2"),
        Column("distance_km", "Float64", "quasi_identifier", "great circle to the venue's commune"),
        Column("activities", "object", "quasi_identifier", "tuple of chosen activities, or NA"),
        Column("first_time", "boolean", "quasi_identifier", "first NEC; NA = not asked"),
    ),
)

RESPONSES = Table(
    "responses",
    (
        Column("respondent", "string", "pseudonymise", "r0001…; numbered within the survey"),
        Column("question", "string", "measure", "id of a Question of Facts; '' on submission rows"),
        Column(
            "role",
            "string",
            "measure",
            "'submission' (one row a respondent, whatever was answered) or a role of "
            "vocabulary/roles.toml: overall_satisfaction, liked_most, word_association, …",
        ),
        Column("item", "string", "measure", "row of a grid or activity rated; NA when none"),
        Column(
            "answer",
            "string",
            "verbatim",
            "the label answered, as the report shows it (a level of the scale, an activity's "
            "title, a word's group, a scrubbed remark); NA = asked and left blank",
        ),
        Column("level", "Int64", "measure", "rank of the answer on the scale, 1 = worst"),
        Column("theme", "string", "measure", "theme of a remark; NA elsewhere"),
        Column("answered_on", "datetime64[us]", "quasi_identifier", "day of the submission"),
    ),
)

ACTIVITIES = Table(
    "activities",
    (
        Column("activity", "string", "measure", "title, unique"),
        Column("kind", "string", "measure", "kind in the file's words: 'Atelier professionnel'"),
        Column("theme", "string", "measure", "theme, or NA"),
        Column("capacity", "Int64", "measure", "seats, or NA"),
        Column("registered", "Int64", "measure", "people registered for it, or NA"),
        Column("waiting", "Int64", "measure", "people on its waiting list, or NA"),
        Column("attended", "Int64", "measure", "people counted, or NA"),
    ),
)

SPEAKERS = Table(
    "speakers",
    (
        Column("speaker", "string", "pseudonymise", "pseudonym; one row a speaker × activity"),
        Column("activity", "string", "measure", "title of ACTIVITIES"),
        Column("gender", "string", "quasi_identifier", "woman | man | other, declared; NA"),
        Column("on_stage", "boolean", "measure", "spoke on the day; NA = not recorded"),
    ),
)

BUDGET = Table(
    "budget",
    (
        Column("line", "string", "measure", "the line in the organiser's words"),
        Column("nature", "string", "measure", "expense | income | in_kind"),
        Column("grant", "boolean", "measure", "True when an income line is a grant"),
        Column("planned", "Float64", "measure", "euros, or NA"),
        Column("actual", "Float64", "measure", "euros, or NA"),
        Column("explanation", "string", "measure", "why actual departs from planned, or NA"),
    ),
)

MEASURES = Table(
    "measures",
    (
        Column("event", "string", "measure", "slug of the event"),
        Column("metric", "string", "measure", "id of METRICS"),
        Column("group", "string", "measure", "what the metric is taken within; '' when nothing"),
        Column("level", "string", "measure", "level of the metric; '' when it has none"),
        Column("value", "Float64", "measure", "the number, in the unit; NA unless status is ok"),
        Column("low", "Float64", "measure", "lower bound of the 95 % interval"),
        Column("high", "Float64", "measure", "upper bound; low = high = value for a full count"),
        Column("unit", "string", "measure", "people | organisations | share | points | euros | …"),
        Column("n", "Int64", "measure", "answers or people the value rests on"),
        Column("base", "Int64", "measure", "those it could have rested on; NA = unknown"),
        Column(
            "method",
            "string",
            "measure",
            "count | hypergeometric | wilson | bonett_price | student | square_and_add",
        ),
        Column("evidence", "string", "measure", "microdata | count | declared"),
        Column(
            "status",
            "string",
            "measure",
            "ok | to_review (waits for a human's yes) | not_collected | suppressed | "
            "not_comparable",
        ),
    ),
)
