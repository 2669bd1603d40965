"""measures.csv and datapackage.json: the two small files that leave an event.

They hold protected measures and what explains them, and no person; a folder of them is
all that ``compare`` needs.  The description follows Frictionless Data's Table Schema
(https://specs.frictionlessdata.io/table-schema/).
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import asdict, dataclass, field
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.disclosure import protect
from necbilan.errors import DataError, InputMissing, UnreadableFile
from necbilan.model import Problem
from necbilan.safe_cells import csv_text, original
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.model import Facts

__all__ = [
    "Exchange",
    "datapackage",
    "measures_csv",
    "read_measures",
    "unfolded",
    "write_measures",
]

SCHEMA_VERSION = 1
MEASURES_FILE, PACKAGE_FILE = "measures.csv", "datapackage.json"
LARGEST = 20_000_000
"""bytes: an event has some hundred rows of about 100 bytes"""
STATUSES = ("ok", "to_review", "not_collected", "suppressed", "not_comparable")
TYPES = {"string": "string", "Float64": "number", "Int64": "integer"}


@dataclass(frozen=True)
class Exchange:
    """An event as it was sent: MEASURES, and the ``necbilan`` part of its datapackage.

    ``attributes`` is empty when the measures came alone: its rates are not comparable.
    """

    measures: pd.DataFrame
    attributes: Mapping[str, Any] = field(default_factory=dict)


def measures_csv(measures: pd.DataFrame) -> str:
    """MEASURES as CSV after ``protect``: numbers as 1234.5, NA empty, the same bytes each time."""
    rows = protect(measures).astype(object).where(lambda frame: frame.notna(), None)
    return csv_text([MEASURES.names(), *rows.to_numpy().tolist()])


def datapackage(measures: pd.DataFrame, facts: Facts) -> dict[str, Any]:
    """The description of measures.csv: its columns, the event, the questions, where from."""
    event = facts.event
    return {
        "profile": "tabular-data-package",
        "name": event.slug,
        "title": event.name,
        "licenses": [
            {
                "name": "etalab-2.0",
                "title": "Licence Ouverte 2.0",
                "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            }
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "measures",
                "path": MEASURES_FILE,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(column.name, measures) for column in MEASURES.columns],
                    "missingValues": [""],
                    "primaryKey": ["event", "metric", "group", "level"],
                },
            }
        ],
        "necbilan": _attributes(facts),
    }


def _field(name: str, measures: pd.DataFrame) -> dict[str, Any]:
    column = next(column for column in MEASURES.columns if column.name == name)
    described: dict[str, Any] = {
        "name": name,
        "type": TYPES[column.dtype],
        "description": column.meaning,
    }
    if name == "status":
        described["constraints"] = {"enum": list(STATUSES)}
    elif name in {"event", "metric"}:
        described["constraints"] = {"required": True}
    elif name == "unit":
        units = sorted({str(unit) for unit in measures["unit"].dropna()})
        described["constraints"] = {"enum": units}
    return described


def _attributes(facts: Facts) -> dict[str, Any]:
    """What explains the measures; a file is told by its content's hash, never by its name."""
    event = facts.event
    return {
        "schema_version": SCHEMA_VERSION,
        "event": {
            "slug": event.slug,
            "name": event.name,
            "dates": [day.isoformat() for day in event.dates],
            "place": event.place,
            "commune": event.commune,
            "insee": event.insee,
            "organiser": event.organiser,
            "organiser_kind": event.organiser_kind,
            "edition": event.edition,
            "themes": list(event.themes),
            "fictional": event.fictional,
        },
        "questions": [
            {name: value for name, value in asdict(question).items() if name != "file"}
            for question in facts.questions
        ],
        "presence": facts.presence,
        "survey_mode": facts.survey_mode,
        "provenance": [
            {
                "kind": source.kind,
                "tool": source.tool,
                "sha256": source.sha256,
                "lines": source.lines,
                "kept": source.kept,
                "dropped": dict(source.dropped),
            }
            for source in facts.sources
        ],
    }


def package_json(measures: pd.DataFrame, facts: Facts) -> str:
    """``datapackage`` as JSON text, the same bytes each time."""
    return json.dumps(datapackage(measures, facts), ensure_ascii=False, indent=2) + "\n"


def write_measures(measures: pd.DataFrame, facts: Facts, folder: str | Path) -> None:
    """measures.csv and datapackage.json in ``folder``, which exists; measures are protected."""
    safe = protect(measures)
    folder = Path(folder)
    (folder / MEASURES_FILE).write_text(measures_csv(safe), encoding="utf-8", newline="")
    (folder / PACKAGE_FILE).write_text(package_json(safe, facts), encoding="utf-8", newline="")


# --- reading what others sent ----------------------------------------------------------


def unfolded(paths: Sequence[str | Path]) -> list[Path]:
    """The events meant by ``paths``, in order.

    A pattern (Windows leaves the star of ``reports/*/measures.csv`` to us) gives the files
    that match it; a folder that is no event gives the events and outputs directly below it.
    What names nothing is kept as it is, for its absence to be told.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        pattern = not path.exists() and set("*?") & set(str(path))
        matching = sorted(map(Path, glob(str(path)))) if pattern else []  # noqa: PTH207  # may be absolute
        for one in matching or [path]:
            found += _events_below(one) or [one]
    return found


def _events_below(folder: Path) -> list[Path]:
    if not folder.is_dir() or _is_event(folder):
        return []
    return [below for below in sorted(folder.iterdir()) if _is_event(below)]


def _is_event(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("event.toml", MEASURES_FILE))


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
    measures = _table(table, _text(table))
    package = table.with_name(PACKAGE_FILE)
    attributes = _read_attributes(package) if package.is_file() else {}
    return Exchange(measures, attributes)


def _refused(path: Path, found: str, remedy: str, *, cell: str = "") -> DataError:
    problem = Problem("E_MEASURES", found, remedy, file=path.name, cell=cell)
    return UnreadableFile(problem)


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise _refused(
            path,
            f"plus de {LARGEST // 1_000_000} Mo, ce n’est pas un fichier de mesures",
            "Donnez le fichier measures.csv écrit par necbilan.",
        )
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _refused(
        path, "ce n’est pas un fichier de texte", "Donnez le fichier measures.csv de necbilan."
    )


def _table(path: Path, text: str) -> pd.DataFrame:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in ("metric", "value") if name not in header]
    if missing:
        raise _refused(
            path,
            f"colonne absente\u00a0: {', '.join(missing)}",
            "Donnez le fichier measures.csv écrit par necbilan, première ligne comprise.",
            cell="ligne 1",
        )
    records = []
    for row in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise _refused(
                path,
                f"{len(row)} cases pour {len(header)} colonnes",
                "Une case contient sans doute le séparateur sans être entre guillemets.",
                cell=f"ligne {line}",
            )
        records.append(_record(path, line, dict(zip(header, row, strict=False))))
    frame = MEASURES.frame(records)
    return frame.assign(event=frame["event"].fillna(path.parent.name))


def _record(path: Path, line: int, cells: Mapping[str, str]) -> dict[str, object]:
    record: dict[str, object] = {}
    for column in MEASURES.columns:
        text = cells.get(column.name, "")
        if column.dtype == "string":
            empty = pd.NA if column.name in {"event", "metric", "status"} else ""
            record[column.name] = original(text) or empty
        else:
            whole = column.dtype == "Int64"
            record[column.name] = _number(path, line, column.name, text, whole=whole)
    if record["metric"] is pd.NA:
        raise _refused(
            path, "metric est vide", "Complétez ou ôtez cette ligne.", cell=f"ligne {line}"
        )
    if record["status"] is pd.NA:
        record["status"] = "not_collected" if record["value"] is pd.NA else "ok"
    impossible = _impossible(record)
    if impossible:
        raise _refused(
            path,
            impossible,
            "Redonnez le fichier measures.csv écrit par necbilan, sans l’avoir changé.",
            cell=f"ligne {line}",
        )
    if record["status"] not in STATUSES:
        raise _refused(
            path,
            "status inconnu",
            f"Il vaut l’un de\u00a0: {', '.join(STATUSES)}.",
            cell=f"ligne {line}",
        )
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


_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")


def _number(path: Path, line: int, name: str, text: str, *, whole: bool) -> object:
    plain = _GROUPED.sub("", text.strip()).replace(",", ".")
    if not plain:
        return pd.NA
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or (whole and not number.is_integer()):
        raise _refused(
            path,
            f"la colonne {name} ne contient pas un nombre{' entier' if whole else ''}",
            "Écrivez le nombre sans unité, ou laissez la case vide.",
            cell=f"ligne {line}",
        )
    return int(number) if whole else number


def _read_attributes(path: Path) -> dict[str, Any]:
    try:
        package = json.loads(_text(path))
    except ValueError as error:
        raise _refused(
            path,
            "ce n’est pas du JSON",
            "Redonnez le fichier datapackage.json écrit par necbilan, ou ôtez-le.",
            cell=f"ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else "",
        ) from None
    attributes = package.get("necbilan", {}) if isinstance(package, dict) else {}
    version = (
        attributes.get("schema_version", SCHEMA_VERSION) if isinstance(attributes, dict) else 0
    )
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        raise _refused(
            path,
            "schema_version n’est pas de celles que cette version de necbilan sait lire",
            "Mettez necbilan à jour.",
        )
    return dict(attributes)
