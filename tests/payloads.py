"""Texts that would do harm if anything ran them, and a report made of them."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

from small_event import write_event

from necbilan.publishing.report import WRITERS, publish

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


@cache
def made(name: str, root: Path) -> Path:
    payload = PAYLOADS[name]
    event = write_event(
        root / name / "event",
        title=f"{payload[:200]} Essai",
        text=payload,
        cells=CELLS.get(name),
        longest=LONGEST.get(name, ""),
    )
    approve_everything(event)
    return publish(event, out=root / name / "out", formats=EVERYTHING)


def approve_everything(event: Path) -> None:
    """Say yes to every question, so that words and remarks are printed too."""
    from necbilan.sources.account import check

    check(event)
    path = event / "decisions.csv"
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    for row in rows:
        row["decision"] = "oui"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
