"""Texts that would do harm if anything ran them, and a report made of them."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from typing import TYPE_CHECKING, get_args

from hostile_event import write_hostile_event
from small_event import write_event

from necbilan.publishing.report import WRITERS, publish
from necbilan.sources.account import check
from necbilan.sources.decisions import COLUMNS, Kind

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = (
    "<script>window.CANARY=1;alert(1)</script>",
    '"><img src=x onerror="alert(`CANARY`)">',
    "<svg/onload=alert(1)><a href='javascript:alert(1)'>CANARY</a></svg>",
    "</style><style>@import url(http://127.0.0.1:9/CANARY)</style>",
    "</title></head><body onload=alert(1)>CANARY",
    "{{7*7}}CANARY{% raw %}{{ config }}${7*7}",
)
TYPESET = (
    '#read("/etc/passwd") #eval("1") $ CANARY ] } \\ #import "@preview/x:1.0.0": *',
    "\\write18{id} \\input{/etc/passwd} CANARY",
    "[CANARY](javascript:alert(1)) ![x](http://127.0.0.1:9/x.png) `#` |",
    "\u202egnp.exe\u202c CANARY\u200b\u2066",
    "CANARY 😀 漢字 \U0001f468\u200d\U0001f469",
)
PAYLOADS = {
    "markup": " ".join(MARKUP),
    "typeset": " ".join(TYPESET),
    "formula": '=HYPERLINK("http://127.0.0.1:9/CANARY")',
    "command": "+cmd|' /C calc'!A0 CANARY",
    "controls": "CANARY\x01\x08\x1b[31m",
    "long": "CANARY " + "é" * 1_000,
    "run": "CANARY",
}
CELLS = {"controls": "CANARY"}
"""a CSV with control characters is refused as no text: see below"""
LONGEST = {"long": "CANARY " + "é été " * 5_456, "run": "CANARY " + "é" * 32_760}
"""the most that a cell can hold, in words and in one that never breaks"""
EVERYTHING = tuple(name for name, _ in WRITERS)


EDITION = "MotVenuDailleurs"
"""stands beside the payload in what another event sent"""


@cache
def sent(root: Path) -> Path:
    """The measures of a small event."""
    return publish(write_event(root / "sent/event"), root / "sent/out", ("measures",))


@cache
def made(name: str, root: Path) -> Path:
    payload = PAYLOADS[name]
    event = write_hostile_event(
        root / name / "event",
        payload,
        cells=CELLS.get(name, payload),
        longest=LONGEST.get(name, ""),
    )
    hostile_measures(sent(root), event / "avant", payload[:300])
    approve_everything(event, payload[:300])
    return publish(event, out=root / name / "out", formats=EVERYTHING)


def hostile_measures(source: Path, folder: Path, payload: str) -> None:
    """What an event sent, with the payload in every text that is its own."""
    folder.mkdir()
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    told = package["necbilan"]
    hostile = f"{payload} {EDITION}"
    told["event"] |= dict.fromkeys(("name", "place", "commune", "organiser", "edition"), hostile)
    told["event"] |= {"slug": "autre", "themes": [hostile], "fictional": hostile}
    for question in told["questions"]:
        question |= {"wording": hostile, "items": [hostile], "no_opinion": [hostile]}
    told["survey_mode"] = hostile
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    text = (source / "measures.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        row["event"] = "autre"
        if row["metric"] not in {"satisfaction", "satisfied_share"}:
            row |= {name: f"{row[name]} {hostile}" for name in ("group", "level") if row[name]}
    rows.append(rows[0] | dict.fromkeys(("metric", "group", "level", "unit", "method"), hostile))
    with (folder / "measures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def approve_everything(event: Path, payload: str) -> None:
    """Say yes to every question or put the payload in its place, so that all is printed.

    Each kind of decision has a row of which every cell is hostile too.
    """
    check(event)
    path = event / "decisions.csv"
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    for number, row in enumerate(rows):
        replaced = number % 2 and row["kind"] in {"word", "remark", "organisation", "typing_error"}
        row["decision"] = f"{payload} MotDecision" if replaced else "oui"
    for kind in get_args(Kind):
        hostile = dict.fromkeys(COLUMNS, f"{payload} Mot{kind}")
        rows.append(hostile | {"kind": kind})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
