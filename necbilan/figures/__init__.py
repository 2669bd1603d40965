"""Charts: each a function of Spelled, None when there is nothing true to draw.

A chart counts nothing: numbers and words come from the spelled measures, geometry is
all that is computed here.  Maps stand in ``necbilan.figures.maps``.
"""

from __future__ import annotations

from necbilan.figures.attendance_funnel import attendance
from necbilan.figures.counts import (
    communes,
    distance,
    first_time,
    organisation_types,
    origin,
    remark_themes,
)
from necbilan.figures.differential_panels import differential
from necbilan.figures.impression_bar import impression
from necbilan.figures.registration_curve import timeline
from necbilan.figures.represented import audience, profiles
from necbilan.figures.target_line import target
from necbilan.figures.word_strata import words

__all__ = [
    "attendance",
    "audience",
    "communes",
    "differential",
    "distance",
    "first_time",
    "impression",
    "organisation_types",
    "origin",
    "profiles",
    "remark_themes",
    "target",
    "timeline",
    "words",
]
