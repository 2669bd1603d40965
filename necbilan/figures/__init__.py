"""Charts: each a function of Spelled, None when there is nothing true to draw.

A chart counts nothing: numbers and words come from the spelled measures, geometry is
all that is computed here.  Maps stand in ``necbilan.figures.maps``.
"""

from __future__ import annotations

from necbilan.figures.attendance_funnel import attendance
from necbilan.figures.budget_bars import budget
from necbilan.figures.counts import (
    communes,
    distance,
    first_time,
    organisation_types,
    origin,
)
from necbilan.figures.differential_panels import differential
from necbilan.figures.impression_bar import impression
from necbilan.figures.programme_bars import activities
from necbilan.figures.rating_scales import activity_ratings, ratings
from necbilan.figures.registration_curve import timeline
from necbilan.figures.remark_bars import remark_themes
from necbilan.figures.represented import audience, profiles
from necbilan.figures.speakers_gender import speaker_gender
from necbilan.figures.target_line import target
from necbilan.figures.word_strata import words

__all__ = [
    "activities",
    "activity_ratings",
    "attendance",
    "audience",
    "budget",
    "communes",
    "differential",
    "distance",
    "first_time",
    "impression",
    "organisation_types",
    "origin",
    "profiles",
    "ratings",
    "remark_themes",
    "speaker_gender",
    "target",
    "timeline",
    "words",
]
