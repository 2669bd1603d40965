"""registre.md: what a data protection officer needs to record the treatment."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from necbilan import __version__
from necbilan.disclosure import FLOOR
from necbilan.safe_cells import printable

if TYPE_CHECKING:
    from datetime import date

    from necbilan.model import Dossier

__all__ = ["register"]

TEMPLATES = Path(__file__).parent / "templates"
KINDS = {
    "registrations": "inscriptions",
    "attendance": "liste d’émargement",
    "survey": "questionnaire",
    "programme": "programme",
    "speakers": "intervenantes et intervenants",
    "budget": "budget",
}
WAITING = {
    "column": "colonne à confirmer",
    "question": "question à confirmer",
    "scale": "échelle à confirmer",
    "organisation": "organisation à rapprocher",
    "activity": "activité à rapprocher",
    "profile": "profil à préciser",
    "remark": "remarque à relire",
    "theme": "remarque à classer",
    "word": "mot à relire",
    "typing_error": "faute de frappe à confirmer",
}
"""kinds of decisions.csv, for one line"""


def register(dossier: Dossier) -> bytes:
    """The sheet as Markdown, in French: counts and categories, nobody's data.

    Text of event.toml is escaped: it can bring neither markup nor a table's bar.
    """
    event = dossier.event
    sheet = (
        _environment()
        .get_template("registre.md.j2")
        .render(
            event=event,
            days=", ".join(f"{day:%d/%m/%Y}" for day in event.dates),
            retention=_retention(event.retention),
            sources=dossier.facts.sources,
            kinds=KINDS,
            k=FLOOR,
            waiting=[(WAITING[kind], n) for kind, n in sorted(dossier.facts.waiting.items())],
            made=f"necbilan {__version__}",
        )
    )
    return sheet.encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701  # Markdown, not HTML: _inert escapes every value
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        finalize=_inert,
    )


def _inert(value: object) -> object:
    """A value on one line, with nothing that Markdown or HTML would take for markup."""
    if not isinstance(value, str):
        return value
    line = html.escape(" ".join(printable(value).split()), quote=False)
    return re.sub(r"([|\[\]`*\\])", r"\\\1", line)


def _retention(day: date | None) -> str:
    if day is None:
        return "[date à fixer dans event.toml, clé retention]"
    return f"jusqu’au {day:%d/%m/%Y}"
