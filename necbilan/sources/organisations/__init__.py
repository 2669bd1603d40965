"""From the names that people gave to their organisation to distinct organisations.

Only what is surely the same is counted as one; what may be is proposed to a human,
whose answers (``decided``) come before everything.  Every merge is listed.
"""

from necbilan.sources.organisations.clustering import (
    cluster_organisations,
    counted_organisations,
)
from necbilan.sources.organisations.reading import names_nothing

__all__ = [
    "cluster_organisations",
    "counted_organisations",
    "names_nothing",
]
