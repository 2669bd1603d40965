"""The geographic pack: small, quick, keyed as the resolver asks, and right where we know."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from necbilan import reference
from necbilan.reference import contours, tables

FIRST_READ = """
import time
import numpy
began = time.process_time()
from necbilan.reference import tables
for name in ("communes", "departments", "countries", "foreign_places", "epcis", "regions",
             "former_names", "postal_codes"):
    getattr(tables, name)()
print(time.process_time() - began)
"""


def test_the_pack_is_small() -> None:
    size = sum(path.stat().st_size for path in tables.PACK.iterdir())
    assert size <= 3.2e6


def test_all_tables_are_read_in_well_under_a_second() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_READ], capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) <= 0.7  # 0.2 on an idle machine


def test_importing_the_door_reads_no_table() -> None:
    code = (
        "import necbilan.reference as r, necbilan.reference.tables as t;"
        "assert t.communes.cache_info().currsize == 0;"
        "assert r.place_name('insee:57463') == 'Metz'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_keys_of_the_pack_are_those_that_place_key_makes() -> None:
    table = tables.communes()
    assert table.key == tuple(map(reference.place_key, table.name))


def test_codes_of_the_tables_agree() -> None:
    table = tables.communes()
    assert set(table.epci) - {""} <= tables.epcis().keys()
    assert set(table.department) <= tables.departments().row.keys()
    assert set(table.region) <= tables.regions().keys()
    assert set(table.parent) - {""} == {"75056", "69123", "13055"}
    assert {code for found in tables.postal_codes().values() for code, _ in found} <= set(
        table.insee
    )


@pytest.mark.parametrize(
    ("key", "language", "name"),
    [
        ("insee:57463", "fr", "Metz"),
        ("epci:200039865", "fr", "Metz Métropole"),
        ("department:57", "fr", "Moselle"),
        ("region:44", "en", "Grand Est"),
        ("country:DE", "fr", "Allemagne"),
        ("country:DE", "en", "Germany"),
        ("country:XX", "fr", ""),
        ("planet:3", "fr", ""),
    ],
)
def test_places_have_names(key: str, language: str, name: str) -> None:
    assert reference.place_name(key, language) == name


def test_every_department_has_its_small_words() -> None:
    for code in tables.departments().code:
        name = reference.place_name(f"department:{code}")
        for words in (reference.of_department(code), reference.in_department(code)):
            before = words.removesuffix(name)
            assert before != words and before[-1] in " ’"
    assert reference.in_department("88") == "dans les Vosges"
    assert reference.of_department("01") == "de l’Ain"


def test_a_commune_is_found_by_its_names_of_today_and_before() -> None:
    assert reference.find_commune("ST AVOLD") == "57606"
    assert reference.find_commune("Merlebach") == "57240"
    assert reference.find_commune("75056") == "75056"
    assert reference.find_commune("75111") == "75056"
    assert reference.find_commune("Nulle part") is None


def test_distances_are_great_circles() -> None:
    # Paris to Lyon, city hall to city hall: 392 km
    away = reference.distance_km(pd.Series(["69123", "75056", pd.NA, "00000"]), "75056")
    assert away.dtype == "Float64"
    assert away.iloc[0] == pytest.approx(392, abs=2)
    assert away.iloc[1] == 0
    assert away.isna().tolist() == [False, False, True, True]
    assert reference.distance_km(pd.Series(["75056"]), "?").isna().all()


# --- contours -----------------------------------------------------------------------------

MOSELLE = (6.0, 48.8, 6.6, 49.4)


def area(ring: np.ndarray) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def test_rings_are_closed_and_hold_their_town_hall() -> None:
    from matplotlib.path import Path

    table = tables.communes()
    near = contours.communes_in(MOSELLE)
    for insee in ("57463", "57672", "57751", "54395"):
        row = table.row[insee]
        rings = contours.outline(near, row.__eq__)
        assert all((ring[0] == ring[-1]).all() for ring in rings)
        largest = max(rings, key=lambda ring: abs(area(ring)))
        assert Path(largest).contains_point((table.longitude[row], table.latitude[row]))


def test_a_union_is_as_large_as_its_parts() -> None:
    table = tables.communes()
    near = contours.communes_in(MOSELLE)
    members = {row for row, epci in enumerate(table.epci) if epci == "200039865"}
    whole = sum(map(area, contours.outline(near, members.__contains__)))
    parts = sum(area(ring) for row in members for ring in contours.outline(near, row.__eq__))
    assert whole == pytest.approx(parts, rel=1e-9)


def test_paris_covers_105_square_kilometres() -> None:
    row = tables.communes().row["75056"]
    rings = contours.outline(contours.communes_in((2.2, 48.8, 2.5, 48.9)), row.__eq__)
    # a degree is 111.2 km by 111.2 cos 48.86°
    square_kilometres = abs(sum(map(area, rings))) * 111.2**2 * np.cos(np.radians(48.86))
    assert square_kilometres == pytest.approx(105.4, rel=0.02)


def test_an_arc_between_two_departments_is_taken_once() -> None:
    near = contours.communes_in(MOSELLE)
    seen = {(arc.tobytes(), sides) for arc, sides in zip(near.arcs, near.owners, strict=True)}
    assert len(seen) == len(near.arcs)


def test_what_is_read_of_france_is_closed_where_reading_stopped() -> None:
    rings = contours.outline(contours.communes_in(MOSELLE), lambda owner: True)
    assert all((ring[0] == ring[-1]).all() for ring in rings)


def test_borders_of_one_group_are_its_coast() -> None:
    box = (55.0, -21.5, 56.0, -20.8)
    near = contours.communes_in(box)
    coast = sum(map(len, contours.borders(near, lambda owner: "La Réunion")))
    inland = sum(map(len, contours.borders(near, lambda owner: owner)))
    assert 0 < coast < inland


def test_contours_of_a_map_come_in_a_third_of_a_second() -> None:
    code = (
        "import time, numpy; from necbilan.reference import contours, tables; tables.communes();"
        "began = time.process_time(); contours.communes_in((5.0, 48.4, 7.6, 49.7));"
        "print(time.process_time() - began)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(ran.stdout) <= 0.7  # 0.2 on an idle machine


def test_every_commune_of_france_has_its_contour() -> None:
    table, owned = tables.communes(), set()
    for code, box in zip(tables.departments().code, tables.departments().box, strict=True):
        if box is not None:
            layer = contours.layer(f"department:{code}")
            owned |= {side for sides in layer.owners for side in sides}
    overseas = {"975", "977", "978", "984", "986", "987", "988", "989"}
    without = [
        table.insee[row]
        for row in range(len(table.insee))
        if not table.parent[row] and row not in owned and table.department[row] not in overseas
    ]
    assert without == []
