"""The two files as they leave an event: the same bytes each time, after ``protect``.

The description follows Frictionless Data's Table Schema
(https://specs.frictionlessdata.io/table-schema/).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from necbilan import vocabulary
from necbilan.disclosure import protect
from necbilan.safe_cells import csv_text
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Facts

__all__ = [
    "MEASURES_FILE",
    "PACKAGE_FILE",
    "SCHEMA_VERSION",
    "STATUSES",
    "datapackage",
    "measures_csv",
    "package_json",
    "write_measures",
]

SCHEMA_VERSION = 1
MEASURES_FILE, PACKAGE_FILE = "measures.csv", "datapackage.json"
STATUSES = ("ok", "to_review", "not_collected", "suppressed", "not_comparable")
EVIDENCE = ("microdata", "count", "declared")
METHODS = ("count", "hypergeometric", "wilson", "bonett_price", "student", "square_and_add")
CODES = {"status": STATUSES, "evidence": EVIDENCE, "method": METHODS}
"""columns of few values, each of them known"""
TYPES = {"string": "string", "Float64": "number", "Int64": "integer"}


def measures_csv(measures: pd.DataFrame) -> str:
    """MEASURES as CSV after ``protect``: numbers as 1234.5, NA empty, the same bytes each time."""
    rows = protect(measures).astype(object).where(lambda frame: frame.notna(), None)
    return csv_text([MEASURES.names(), *rows.to_numpy().tolist()])


def datapackage(measures: pd.DataFrame, facts: Facts) -> dict[str, Any]:
    """The description of measures.csv: its columns, the event, the questions, where from."""
    event, written = facts.event, measures_csv(measures).encode()
    return {
        "profile": "tabular-data-package",
        "name": event.slug,
        "title": event.name,
        "description": (
            "Measures of a local event of Numérique en Commun[s], one row a number: no person, "
            "no group of fewer than 5 people. Columns are described in the schema, metrics in "
            "docs/measures.md of necbilan."
        ),
        "contributors": _contributors(facts),
        "sources": _sources(measures),
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
                "bytes": len(written),
                "hash": f"sha256:{hashlib.sha256(written).hexdigest()}",
                "dialect": {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\n"},
                "schema": {
                    "fields": [_field(column.name, measures) for column in MEASURES.columns],
                    "missingValues": [""],
                    "primaryKey": ["event", "metric", "group", "level"],
                },
            }
        ],
        "necbilan": _attributes(facts),
    }


def _contributors(facts: Facts) -> list[dict[str, str]]:
    """Who answers for the data; nobody when the event names no organiser."""
    organiser = facts.event.organiser
    return [{"title": organiser, "role": "publisher"}] if organiser else []


def _sources(measures: pd.DataFrame) -> list[dict[str, str]]:
    """The geography that the measures rest on; none when nobody was placed."""
    placed = measures["metric"].eq("located_share") & measures["status"].eq("ok")
    known: list[dict[str, str]] = vocabulary.read("geography_sources")["source"]
    return known if placed.any() else []


def _field(name: str, measures: pd.DataFrame) -> dict[str, Any]:
    column = next(column for column in MEASURES.columns if column.name == name)
    described: dict[str, Any] = {
        "name": name,
        "type": TYPES[column.dtype],
        "description": column.meaning,
    }
    if name in CODES:
        described["constraints"] = {"enum": list(CODES[name])}
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
