"""Charts: each a function of Spelled, None when there is nothing true to draw.

A chart counts nothing: numbers and words come from the spelled measures, geometry is
all that is computed here.  Maps stand in ``necbilan.figures.maps``.
"""

from __future__ import annotations

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
from necbilan.figures.word_strata import words

__all__ = [
    "communes",
    "differential",
    "distance",
    "first_time",
    "impression",
    "organisation_types",
    "origin",
    "remark_themes",
    "words",
]
