"""The two files as others send them, whatever a spreadsheet program made of them."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.errors import InputMissing, UnreadableFile
from necbilan.exchange.writing import MEASURES_FILE, PACKAGE_FILE, SCHEMA_VERSION, STATUSES
from necbilan.model import Problem
from necbilan.safe_cells import original, visible
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from necbilan.tables import Column

__all__ = ["Exchange", "read_measures"]

LARGEST = 20_000_000
"""bytes: an event has some hundred rows of about 100 bytes"""
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
"""the space between thousands"""
_OURS = "Donnez le fichier measures.csv écrit par necbilan"


_SHAPE: Mapping[str, Any] = {
    "event": {
        **dict.fromkeys(("slug", "name", "place", "commune", "insee", "fictional"), str),
        **dict.fromkeys(("organiser", "organiser_kind", "edition"), str),
        "dates": [str],
        "themes": [str],
    },
    "questions": [
        {
            **dict.fromkeys(("id", "wording", "role", "kind"), str),
            "scale": [str],
            "no_opinion": [str],
            "items": [str],
            "positive": int,
        }
    ],
    "presence": str,
    "survey_mode": str,
}
"""what is read of the ``necbilan`` part of a datapackage.json, and of which kind"""


@dataclass(frozen=True)
class Exchange:
    """An event as it was sent: MEASURES, and the ``necbilan`` part of its datapackage.

    ``attributes`` is empty when the measures came alone: its rates are not comparable.
    """

    measures: pd.DataFrame
    attributes: Mapping[str, Any] = field(default_factory=dict)


class _Fault(Exception):
    """What is wrong, what to do, and the line where it stands."""

    def __init__(self, found: str, remedy: str, line: int | None = None) -> None:
        super().__init__(found)
        self.found, self.remedy, self.line = found, remedy, line


def read_measures(path: str | Path) -> Exchange:
    """The measures of an event from its measures.csv, its datapackage.json or their folder.

    Tolerant of what spreadsheets do to a CSV: a BOM, semicolons, decimal commas, columns
    in another order or left out.  Raises InputMissing, or UnreadableFile naming file,
    line and column.
    """
    path = Path(path)
    table = path / MEASURES_FILE if path.is_dir() else path
    if path.name == PACKAGE_FILE:
        table = path.with_name(MEASURES_FILE)
    if not table.is_file():
        raise InputMissing(f"{table}\u00a0: ce fichier de mesures n’existe pas.")
    with _refused_in(table):
        measures = MEASURES.frame(list(_records(_text(table))))
    package = table.with_name(PACKAGE_FILE)
    attributes: dict[str, Any] = {}
    if package.is_file():
        with _refused_in(package):
            attributes = _attributes(_text(package))
    return Exchange(measures.assign(event=measures["event"].fillna(table.parent.name)), attributes)


@contextmanager
def _refused_in(path: Path) -> Iterator[None]:
    """Raises UnreadableFile for a fault found in the content of that file."""
    try:
        yield
    except _Fault as fault:
        cell = "" if fault.line is None else f"ligne {fault.line}"
        raise UnreadableFile(
            Problem("E_MEASURES", fault.found, fault.remedy, file=path.name, cell=cell)
        ) from None


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        most = LARGEST // 1_000_000
        raise _Fault(f"plus de {most} Mo, ce n’est pas un fichier de mesures", f"{_OURS}.")
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return visible(text)
    raise _Fault("ce n’est pas un fichier de texte", "Donnez le fichier measures.csv de necbilan.")


def _records(text: str) -> Iterator[dict[str, object]]:
    """One record of MEASURES a line that holds something."""
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in ("metric", "value") if name not in header]
    if missing:
        raise _Fault(
            f"colonne absente\u00a0: {', '.join(missing)}", f"{_OURS}, première ligne comprise.", 1
        )
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise _Fault(
                f"{len(row)} cases pour {len(header)} colonnes",
                "Une case contient sans doute le séparateur sans être entre guillemets.",
                reader.line_num,
            )
        try:
            record = _record(dict(zip(header, row, strict=False)))
        except _Fault as fault:
            fault.line = reader.line_num
            raise
        yield record


def _record(cells: Mapping[str, str]) -> dict[str, object]:
    record: dict[str, object] = {}
    for column in MEASURES.columns:
        text = cells.get(column.name, "")
        if column.dtype == "string":
            empty = pd.NA if column.name in {"event", "metric", "status"} else ""
            record[column.name] = original(text) or empty
        else:
            record[column.name] = _number(text, column)
    if record["metric"] is pd.NA:
        raise _Fault("metric est vide", "Complétez ou ôtez cette ligne.")
    if record["status"] is pd.NA:
        record["status"] = "not_collected" if record["value"] is pd.NA else "ok"
    if impossible := _impossible(record):
        raise _Fault(
            impossible, "Redonnez le fichier measures.csv écrit par necbilan, sans l’avoir changé."
        )
    if record["status"] not in STATUSES:
        raise _Fault("status inconnu", f"Il vaut l’un de\u00a0: {', '.join(STATUSES)}.")
    return record


def _impossible(record: Mapping[str, Any]) -> str:
    """What no measure can say: a share written out of 100, bounds crossed, fewer than nobody."""
    value, low, high = (
        None if record[name] is pd.NA else float(record[name]) for name in ("value", "low", "high")
    )
    shares = [number for number in (value, low, high) if number is not None]
    if record["unit"] == "share" and any(abs(number) > 1 for number in shares):
        return "une part dépasse 1 (elle s’écrit de 0 à 1, jamais sur 100)"
    if low is not None and high is not None and low > high:
        return "la borne basse dépasse la haute"
    if any(record[name] is not pd.NA and int(record[name]) < 0 for name in ("n", "base")):
        return "un effectif est négatif"
    return ""


def _number(text: str, column: Column) -> object:
    plain = _GROUPED.sub("", text.strip()).replace(",", ".")
    if not plain:
        return pd.NA
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    whole = column.dtype == "Int64"
    if not math.isfinite(number) or (whole and not number.is_integer()):
        raise _Fault(
            f"la colonne {column.name} ne contient pas un nombre{' entier' if whole else ''}",
            "Écrivez le nombre sans unité, ou laissez la case vide.",
        )
    return int(number) if whole else number


def _attributes(text: str) -> dict[str, Any]:
    try:
        package = json.loads(text)
    except ValueError as error:
        raise _Fault(
            "ce n’est pas du JSON",
            "Redonnez le fichier datapackage.json écrit par necbilan, ou ôtez-le.",
            error.lineno if isinstance(error, json.JSONDecodeError) else None,
        ) from None
    attributes = package.get("necbilan", {}) if isinstance(package, dict) else {}
    version = (
        attributes.get("schema_version", SCHEMA_VERSION) if isinstance(attributes, dict) else 0
    )
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        raise _Fault(
            "schema_version n’est pas de celles que cette version de necbilan sait lire",
            "Mettez necbilan à jour.",
        )
    return {name: _shaped(attributes[name], _SHAPE.get(name), name) for name in attributes}


def _shaped(value: Any, shape: Any, where: str) -> Any:
    """The value as ``shape`` draws it, its texts as they read; parts it knows nothing of stay.

    Someone else wrote it: a number where a list is read would stop a comparison half-way.
    """
    if isinstance(value, str):
        value = visible(value)
    if isinstance(shape, dict) and isinstance(value, dict):
        return {
            str(name): _shaped(inner, shape.get(name), f"{where}.{name}")
            for name, inner in value.items()
        }
    if isinstance(shape, list) and isinstance(value, list):
        return [_shaped(inner, shape[0], where) for inner in value]
    if shape is not None and (isinstance(value, bool) or not isinstance(value, _type_of(shape))):
        raise _Fault(
            f"«\u00a0{where}\u00a0» n’est pas écrit comme necbilan l’écrit",
            "Redonnez le fichier datapackage.json écrit par necbilan, ou ôtez-le.",
        )
    return value


def _type_of(shape: Any) -> type:
    """What a part must be: itself a type, or the type of what draws it."""
    return shape if isinstance(shape, type) else type(shape)
