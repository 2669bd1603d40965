"""Second step: the tables and contours of the first, in the shape that necbilan reads.

    python necbilan/reference/rebuild/pack.py STAGE necbilan/reference/pack

STAGE holds what ``sources.py`` made.  Names get their keys here, and contours are cut by
département: arcs that two neighbours share are kept once, with the two who own them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tomllib
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from babel import Locale

from necbilan.reference.keys import place_key

NOBODY = 65535
"""owner of the outer side of an arc: the sea, or what the layer does not know"""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)

Rows = list[dict[str, str]]


def main(stage: Path, pack: Path) -> None:
    """Write the pack anew; the same stage gives the same bytes."""
    pack.mkdir(parents=True, exist_ok=True)
    communes = sorted(read(stage, "communes"), key=lambda row: row["insee"])
    departments = read(stage, "departements")
    countries = read(stage, "pays")
    layers = contours(stage, communes, departments, countries)
    boxes = {name[11:]: box for name, box in layers.boxes.items()}
    tables(stage, pack, communes, departments, countries, boxes)
    write_arrays(pack / "contours.npz", layers.arrays)
    for path in sorted(pack.iterdir()):
        print(f"{path.name:24} {path.stat().st_size / 1000:8.1f} kB")


def read(stage: Path, name: str) -> Rows:
    with gzip.open(stage / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


# --- tables -----------------------------------------------------------------------------


def tables(
    stage: Path,
    pack: Path,
    communes: Rows,
    departments: Rows,
    countries: Rows,
    boxes: dict[str, tuple[float, ...]],
) -> None:
    write(
        pack / "communes.csv.gz",
        (
            "insee",
            "name",
            "key",
            "parent",
            "epci",
            "department",
            "region",
            "population",
            "latitude",
            "longitude",
        ),
        [
            (
                row["insee"],
                row["nom"],
                place_key(row["nom"]),
                row["parent"],
                row["epci"],
                row["dep"],
                row["reg"],
                row["population"],
                f"{float(row['lat']):.3f}",
                f"{float(row['lon']):.3f}",
            )
            for row in communes
        ],
    )
    write(
        pack / "former_names.csv.gz",
        ("key", "insee"),
        sorted({(place_key(row["nom"]), row["insee"]) for row in read(stage, "alias_communes")}),
    )
    write(
        pack / "postal_codes.csv.gz",
        ("code", "insee", "source"),
        [(row["code_postal"], row["insee"], row["source"]) for row in read(stage, "codes_postaux")],
    )
    write(
        pack / "epci.csv.gz",
        ("epci", "name", "kind"),
        [(row["epci"], row["nom"], row["nature"]) for row in read(stage, "epci")],
    )
    words = tomllib.loads((Path(__file__).parent / "departments.toml").read_text("utf-8"))
    small = {code: group for group in words["group"] for code in group["codes"]}
    write(
        pack / "departments.csv.gz",
        ("department", "name", "region", "seat", "zone", "of", "in", "west", "south", "east",
         "north"),
        [
            (row["dep"], row["nom"], row["reg"], row["chef_lieu"], row["zone"],
             small[row["dep"]]["of"], small[row["dep"]]["in"],
             *edges(boxes.get(row["dep"])))
            for row in departments
        ],
    )  # fmt: skip
    write(
        pack / "regions.csv.gz",
        ("region", "name", "zone"),
        [(row["reg"], row["nom"], row["zone"]) for row in read(stage, "regions")],
    )
    english = Locale("en").territories
    write(
        pack / "countries.csv.gz",
        ("country", "name", "english", "keys"),
        [
            (row["iso2"], row["nom"], english[row["iso2"]],
             "|".join(dict.fromkeys(map(place_key, [row["nom"], english[row["iso2"]],
                                                    *row["autres_noms"].split("|")]))).strip("|"))
            for row in countries
        ],
    )  # fmt: skip
    write(
        pack / "foreign_places.csv.gz",
        ("name", "country", "latitude", "longitude", "population", "keys"),
        [
            (row["nom"], row["pays"], row["lat"], row["lon"], row["population"],
             "|".join(dict.fromkeys(map(place_key, filter(None, [row["nom"],
                                                    *row["autres_noms"].split("|")])))))
            for row in read(stage, "lieux_etrangers")
        ],
    )  # fmt: skip


def edges(box: tuple[float, ...] | None) -> tuple[str, ...]:
    """The four edges as text, empty without contours."""
    return tuple(f"{edge:.3f}" for edge in box) if box else ("",) * 4


# --- contours ---------------------------------------------------------------------------


class Layers:
    """Arrays of ``contours.npz`` as they are added, and the box of each layer in degrees.

    A layer is three arrays: ``<name>.grid`` (scale and origin of x, then of y),
    ``<name>.arcs`` (points, owner on the arc's way, owner on the way back) and
    ``<name>.points`` (grid cells, each less the one before it, modulo 65536).
    """

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        self.boxes: dict[str, tuple[float, ...]] = {}

    def add(
        self, name: str, topology: dict[str, Any], owners: dict[int, list[int]], arcs: list[int]
    ) -> None:
        scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
        lines = [np.cumsum(np.array(topology["arcs"][arc]), axis=0) for arc in arcs]
        points = np.concatenate(lines)
        if points.min() < 0 or points.max() >= 2**16:
            raise ValueError(f"layer {name}: the grid does not fit 16 bits")
        steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), points.dtype))
        self.arrays[f"{name}.grid"] = np.array([scale[0], origin[0], scale[1], origin[1]])
        self.arrays[f"{name}.arcs"] = np.array(
            [(len(line), *owners[arc]) for line, arc in zip(lines, arcs, strict=True)], np.uint16
        )
        self.arrays[f"{name}.points"] = (steps % 2**16).astype(np.uint16)
        degrees = points * scale + origin
        self.boxes[name] = (*degrees.min(axis=0), *degrees.max(axis=0))


def contours(stage: Path, communes: Rows, departments: Rows, countries: Rows) -> Layers:
    layers = Layers()
    topology = read_topology(stage, "communes")
    place = {row["insee"]: index for index, row in enumerate(communes)}
    owners = owners_of(topology, "communes", lambda shape: place[shape["properties"]["c"]])
    by_department: dict[str, list[int]] = defaultdict(list)
    for arc, sides in sorted(owners.items()):
        here = {communes[side]["dep"] for side in sides if side != NOBODY}
        for department in sorted(here):
            by_department[department].append(arc)
    for department, arcs in sorted(by_department.items()):
        layers.add(f"department:{department}", topology, owners, arcs)

    topology = read_topology(stage, "departements")
    place = {row["dep"]: index for index, row in enumerate(departments)}
    owners = owners_of(topology, "departements", lambda shape: place[shape["properties"]["d"]])
    layers.add("france", topology, owners, sorted(owners))

    number = {row["iso_num"]: index for index, row in enumerate(countries) if row["iso_num"]}
    for name, file in (("neighbours", "pays_voisins"), ("world", "pays_monde")):
        topology = read_topology(stage, file)
        owners = owners_of(topology, "pays", lambda shape: number.get(shape.get("id"), NOBODY - 1))
        layers.add(name, topology, owners, sorted(owners))
    return layers


def read_topology(stage: Path, name: str) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(
        gzip.decompress((stage / f"{name}.topojson.gz").read_bytes())
    )
    return topology


def owners_of(topology: dict[str, Any], layer: str, index_of: Any) -> dict[int, list[int]]:
    """Arc -> [owner whose ring runs along it, owner whose ring runs against it]."""
    owners: dict[int, list[int]] = defaultdict(lambda: [NOBODY, NOBODY])
    for shape in topology["objects"][layer]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for arc in (arc for polygon in polygons for ring in polygon for arc in ring):
            owners[arc if arc >= 0 else ~arc][0 if arc >= 0 else 1] = index_of(shape)
    return owners


def write_arrays(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """An .npz whose bytes depend on the arrays alone, packed by LZMA."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", FIRST_DAY)
            archive.writestr(entry, member.getvalue(), compress_type=zipfile.ZIP_LZMA)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
