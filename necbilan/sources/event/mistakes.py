"""What was meant by a line of event.toml that is no TOML, and the line to write in its place."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from necbilan import vocabulary
from necbilan.sources.cells import days
from necbilan.sources.folding import fold

__all__ = ["known_as", "meant", "meant_day"]

_CURLY = re.compile(r"[“”„«»]\s?|\s?»")
_LINE = re.compile(r"\s*([\w-]+)\s*[=:]\s*(.*?)\s*")
_QUOTES = ' \u00a0"“”«»'
_SAID_DAY = re.compile(
    r"(?:[^\W\d]+ )?\d{1,2}(?:[/.\- ]\d{1,2}[/.\- ]|(?:er)? [^\W\d]{3,9}\.? )\d{4}", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_SHOWN = frozenset({"name", "place", "commune", "date", "dates", "edition", "target", "capacity"})
"""keys whose line may be shown again: they hold no person"""


def known_as(key: str) -> str:
    """Our key for a French or other one, "" when it is none.

    >>> known_as("Lieu"), known_as("date_debut"), known_as("zzz")
    ('place', 'date', '')
    """
    return _ours().get(fold(key), "")


@cache
def _ours() -> dict[str, str]:
    said = vocabulary.read("event_keys")["keys"]
    return {fold(other): key for key, others in reversed(said.items()) for other in others}


def meant_day(value: str) -> str | None:
    """The day that a French writing of it means, as TOML writes it; None when it is none.

    >>> meant_day('"3 octobre 2025"'), meant_day("03/10/2025"), meant_day("bientôt")
    ('2025-10-03', '2025-10-03', None)
    """
    said = value.strip(_QUOTES)
    if not (_SAID_DAY.fullmatch(said) or _ISO_DAY.fullmatch(said)):
        return None
    (day,) = days([re.sub(r"(?<=\d) (?=\d)", "/", said)])
    return day.date().isoformat() if day else None


def meant(line: str, *, alone: bool) -> tuple[str, str] | None:
    """What is wrong with a line, and the line to copy; None when nothing better is known.

    ``alone``: the line stands above every [group], where no key names a person; elsewhere,
    and for keys that might, the words written are left out of the line to copy.
    """
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    written, value = found[1], found[2]
    key = known_as(written) or written
    if (day := meant_day(value)) is not None:
        return ("une date s’écrit année-mois-jour, sans guillemets", f"{key} = {day}")
    if _ISO_DAY.fullmatch(value):
        return ("ce jour n’existe pas dans le calendrier", "un jour du calendrier")
    if "\\" in value:
        return (
            "une barre oblique inverse (\\) ne peut pas être écrite ainsi",
            "le nom seul d’un fichier placé dans le dossier, ou des barres obliques (/)",
        )
    if _CURLY.search(value):
        what = "les guillemets sont courbes ou français : TOML ne lit que les guillemets droits"
        inside = _CURLY.sub("", value).strip(' "')
    elif re.fullmatch(rf"\s*{re.escape(written)}\s*:.*", line):
        what, inside = "la clé est suivie de deux-points au lieu du signe égal", value.strip(' "')
    elif value and value[0] not in "[{\"'" and not re.match(r"[\d+-]", value):
        what, inside = "le texte n’est pas entre guillemets", value.strip(' "')
    elif value.startswith('"') and value.count('"') % 2:
        what, inside = "un guillemet n’est pas fermé", value.strip(' "')
    else:
        return None
    shown = f'{key} = "{inside}"' if alone and key in _SHOWN else f'{key} = "…"'
    if re.fullmatch(r"\d+|\d{4}-\d{2}-\d{2}", inside):
        shown = f"{key} = {inside}"
    return (what, shown) if _is_toml(shown) else None


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True
