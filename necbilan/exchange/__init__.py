"""measures.csv and datapackage.json: the two small files that leave an event.

They hold protected measures and what explains them, and no person; a folder of them is
all that ``compare`` needs.
"""

from __future__ import annotations

from necbilan.exchange.finding import unfolded
from necbilan.exchange.reading import Exchange, read_measures
from necbilan.exchange.writing import (
    MEASURES_FILE,
    PACKAGE_FILE,
    datapackage,
    measures_csv,
    package_json,
    write_measures,
)

__all__ = [
    "MEASURES_FILE",
    "PACKAGE_FILE",
    "Exchange",
    "datapackage",
    "measures_csv",
    "package_json",
    "read_measures",
    "unfolded",
    "write_measures",
]
