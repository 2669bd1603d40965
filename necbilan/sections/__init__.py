"""The report's sections: Spelled -> Section, one notebook line each.

A section says only what is true: it is None when there is nothing to say, and a block
that has nothing to show is left out.  Every number comes from the measures.
"""

from __future__ import annotations

from necbilan.sections.closing import charter, data_quality, previous_edition
from necbilan.sections.event import organisation, programme
from necbilan.sections.opening import cover, summary
from necbilan.sections.opinions import improvements, satisfaction, words_said
from necbilan.sections.public import audience, origin

__all__ = [
    "audience",
    "charter",
    "cover",
    "data_quality",
    "improvements",
    "organisation",
    "origin",
    "previous_edition",
    "programme",
    "satisfaction",
    "summary",
    "words_said",
]
