"""From what people wrote to a place: postal codes, names, free text, countries.

Each distinct line is decided once: the cost follows the distinct lines, not the rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from necbilan import reference
from necbilan.errors import UsageError, misused
from necbilan.reference import place_key, tables
from necbilan.sources.places import gazetteer, judging
from necbilan.sources.places.cells import NO_CODE, NOTHING, read_code, read_name
from necbilan.sources.places.deciding import decide
from necbilan.sources.places.judging import Context, Place
from necbilan.sources.places.similar_names import similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["COLUMNS", "locate", "resolve_places"]

COLUMNS = ("insee", "postal_code", "commune", "department", "text", "country")
"""columns that are read; any of them may be absent"""

_RESOLVED = ("status", "insee", "epci", "department", "region", "country")


def resolve_places(frame: pd.DataFrame, *, event_commune: str | None = None) -> pd.DataFrame:
    """The place of each row; same index, all columns "string", NA when unknown.

    ``frame`` has any of the columns insee, postal_code, commune, department, text, country; a
    known code in ``insee`` is the commune, whatever else is written.  ``department`` holds a
    département, by its code or its name: «Landes» is one there, a village elsewhere.
    ``event_commune`` (INSEE code or name) settles homonyms: the near and populous one is
    meant.  Out: status (commune | departement | epci | region | pays | ambiguous |
    unresolved), insee, epci, department, region, country (ISO alpha-2).  An ambiguous row
    keeps its département when that is sure.

    Raises UsageError when this is no frame, or has none of these columns.
    """
    if not isinstance(frame, pd.DataFrame):
        raise misused("resolve_places", f"un DataFrame ({', '.join(COLUMNS)})", frame)
    if len(frame.columns) and not any(name in frame.columns for name in COLUMNS):
        read = ", ".join(map(str, frame.columns))
        raise UsageError(
            "Aucune colonne de lieu dans ce tableau : il faut au moins une de "
            f"{', '.join(COLUMNS)}. Colonnes lues : {read}."
        )
    found = _decided(frame, _event_point(event_commune))
    return pd.DataFrame({name: _column(found, frame.index, name) for name in _RESOLVED})


def locate(frame: pd.DataFrame, *, event_commune: str | None = None) -> pd.DataFrame:
    """The place of each row as the columns of REGISTRATIONS, with its distance to the event.

    As ``resolve_places``; place_status is "not_given" where the row says nothing at all.
    distance_km (Float64) is the great circle to the event's commune, also from known towns
    abroad; NA without ``event_commune``.
    """
    event = _event_point(event_commune)
    found = _decided(frame, event)
    status = _column(found, frame.index, "status")
    silent = _says_nothing(frame) & status.eq("unresolved")
    columns = {
        "place_status": status.mask(silent, "not_given"),
        "insee": _column(found, frame.index, "insee"),
        "commune": _column(found, frame.index, "commune"),
    }
    for name in ("epci", "department", "region", "country"):
        columns[name] = _column(found, frame.index, name)
    columns["distance_km"] = _distances(found, event, frame.index)
    return pd.DataFrame(columns)


# --- reading the frame ------------------------------------------------------------------


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    """The cells as text, '' where empty; numbers without a useless «.0»."""
    if column not in frame.columns:
        return [""] * len(frame)
    cells = frame[column].astype("object").tolist()
    empty = frame[column].isna().tolist()
    return ["" if void else str(cell) for cell, void in zip(cells, empty, strict=True)]


def _decided(frame: pd.DataFrame, event: tuple[float, float] | None) -> list[Place]:
    codes = _texts(frame, "postal_code")
    context = _context(codes, event)
    insee, communes, departments, texts, countries = (
        _texts(frame, name) for name in ("insee", "commune", "department", "text", "country")
    )
    lines = zip(insee, codes, communes, departments, texts, countries, strict=True)
    known: dict[tuple[str, ...], Place] = {}
    found = []
    for line in lines:
        if line not in known:
            known[line] = _line(line, context)
        found.append(known[line])
    return found


def _line(line: Sequence[str], context: Context) -> Place:
    """The place of one line: its cells in the order insee, code, commune, département, text,
    country."""
    insee, postal, commune, department, text, country = line
    written = re.sub(r"\.0+$", "", insee.strip()).upper()
    row = gazetteer.parent_row(written.zfill(5)) if written else None
    if row is not None:
        return judging.commune(row)
    code, words = read_code(postal) if postal else (NO_CODE, "")
    said = read_name(commune) if commune else NOTHING
    if said == NOTHING and words:
        said = read_name(words)
    within = _department(department) if department else ""
    if said == NOTHING and not within and (text or department):
        said = read_name(text or department)
    if within and code.kind in ("none", "junk") and said.code.kind in ("none", "junk"):
        said = replace(said, departments=said.departments | {within})
    return decide(code, said, _iso(country) if country else "", context)


@cache
def _department(cell: str) -> str:
    """Code of the département that a cell of such a column names: «Landes», «40 - Landes»."""
    key = place_key(cell)
    if key.isdigit() and len(key) <= 3:
        code = f"{int(key):02d}"
        return code if code in tables.departments().row else ""
    found = decide(NO_CODE, read_name(cell), "", Context())
    return gazetteer.department_named(key) or found.department


@cache
def _iso(cell: str) -> str:
    """ISO code of a country's name or code, '' when not understood."""
    key = place_key(cell)
    code = gazetteer.country(key) or tables.usages()["prefixes"].get(key.upper())
    if code is None and re.fullmatch(r"[a-z]{2}", key) and key != "na":
        code = key.upper() if key.upper() in tables.countries().row else None
    if code is None and len(key) > 4:
        close = [entry for entry in similar(key) if entry.country and entry.distance <= 1]
        code = close[0].country if close else None
    return code or ""


def _context(codes: Iterable[str], event: tuple[float, float] | None) -> Context:
    """What the column of codes says as a whole: zeros lost, INSEE codes."""
    written = {re.sub(r"\.0+$", "", code.strip()) for code in codes} - {""}
    digits = {code for code in written if re.fullmatch(r"\d{4,5}", code)}
    lost = bool(digits) and digits == written and not any(code[0] == "0" for code in digits)
    postal, communes = tables.postal_codes(), tables.communes().row
    only_insee = sum(code in communes and code not in postal for code in written)
    only_postal = sum(code in postal and code not in communes for code in written)
    return Context(lost, only_insee >= 3 and only_insee > 9 * only_postal, event)


def _event_point(event_commune: str | None) -> tuple[float, float] | None:
    insee = reference.find_commune(event_commune) if event_commune else None
    if insee is None:
        return None
    table = tables.communes()
    row = table.row[insee]
    return float(table.latitude[row]), float(table.longitude[row])


def _says_nothing(frame: pd.DataFrame) -> pd.Series:
    columns = [_texts(frame, name) for name in COLUMNS]
    blank = [not any(cell.strip() for cell in cells) for cells in zip(*columns, strict=True)]
    return pd.Series(blank, index=frame.index, dtype=bool)


# --- writing the answer -----------------------------------------------------------------


def _column(found: list[Place], index: pd.Index, name: str) -> pd.Series:
    values = {place: _field(place, name) for place in set(found)}
    return pd.Series([values[place] for place in found], index=index, dtype="string")


def _field(place: Place, name: str) -> str | None:
    if name in ("insee", "commune"):
        table = tables.communes()
        column = table.insee if name == "insee" else table.name
        return None if place.row is None else column[place.row]
    return getattr(place, name) or None


def _distances(found: list[Place], event: tuple[float, float] | None, index: pd.Index) -> pd.Series:
    away = {
        place: float(reference.kilometres(*place.point, to=event))
        for place in set(found)
        if event and place.point
    }
    return pd.Series([away.get(place) for place in found], index=index, dtype="Float64")
