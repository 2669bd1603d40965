"""The keys of event.toml, as one tree: name, type, and what to say when it is wrong."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["DAY", "OPTIONS", "SCHEMA", "Kind"]

OPTIONS = ("means", "recommendation_score")
"""what a report holds only when it was asked for"""


@dataclass(frozen=True)
class Kind:
    """What a value must be; ``keys`` and ``any_key`` for tables, ``of`` for lists."""

    expected: str
    accepts: Callable[[Any], bool]
    of: Kind | None = None
    keys: Mapping[str, Kind] = field(default_factory=dict)
    any_key: Kind | None = None
    compulsory: tuple[str, ...] = ()

    def nearest(self, key: str) -> str | None:
        """The known key that looks most like ``key``, if one does."""
        near = difflib.get_close_matches(key, list(self.keys), n=1, cutoff=0.6)
        return near[0] if near else None


_MOST = 10**12
"""people or euros that no event has; beyond, and infinity, is a slip of the hand"""
_YEARS = range(1990, 2101)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def _is_amount(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < _MOST


def _is_day(value: Any) -> bool:
    if not isinstance(value, date) or isinstance(value, datetime):
        return False
    return value.year in _YEARS


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _one_of(*choices: str) -> Kind:
    return Kind("l’un de : " + ", ".join(choices), lambda value: value in choices)


TEXT = Kind("un texte entre guillemets", _is_text)
FILLED = Kind("un texte non vide entre guillemets", lambda value: _is_text(value) and value.strip())
COUNT = Kind("un nombre entier, 0 ou plus", _is_count)
AMOUNT = Kind("un nombre, 0 ou plus, sans guillemets ni unité", _is_amount)
DAY = Kind("une date sans guillemets : 2025-10-12", _is_day)
YES_NO = Kind("true ou false", lambda value: isinstance(value, bool))
TEXTS = Kind('une liste de textes : ["…", "…"]', _is_list, of=TEXT)
COLOUR = Kind(
    "une couleur comme « #1E1651 »",
    lambda value: (
        isinstance(value, str)
        and len(value) == 7
        and value[0] == "#"
        and all(character in "0123456789abcdefABCDEF" for character in value[1:])
    ),
)


def _table(keys: Mapping[str, Kind], *compulsory: str, expected: str = "un groupe de clés") -> Kind:
    return Kind(expected, _is_table, keys=keys, compulsory=compulsory)


def _tables(of: Kind) -> Kind:
    return Kind("une suite de groupes entre doubles crochets : [[…]]", _is_list, of=of)


def _mapping(of: Kind, expected: str) -> Kind:
    return Kind(expected, _is_table, any_key=of)


_POINT = _table(
    {
        "text": FILLED,
        "theme": TEXT,
        "decision": TEXT,
        "owner": TEXT,
        "due": TEXT,
        "voice": _one_of("public", "organisers"),
    },
    "text",
)
_FILE = Kind(
    'un nom de fichier : "inscriptions.xlsx", ou { file = "…", sheet = "…" }',
    lambda value: _is_text(value) or _is_table(value),
    keys={
        "file": FILLED,
        "sheet": FILLED,
        "audience": _one_of("professional", "general_public"),
        "role": _one_of("public", "speaker", "team", "press", "provider"),
    },
    compulsory=("file",),
)
_FILES = Kind(
    _FILE.expected + ", ou une liste de ceux-ci",
    lambda value: _FILE.accepts(value) or _is_list(value),
    of=_FILE,
    keys=_FILE.keys,
    compulsory=_FILE.compulsory,
)
_ACTIVITY = _table(
    {
        "title": FILLED,
        "kind": TEXT,
        "theme": TEXT,
        "capacity": COUNT,
        "registered": COUNT,
        "waiting": COUNT,
        "attended": COUNT,
        "speakers": TEXTS,
    },
    "title",
)
_SPEAKER = _table(
    {
        "name": FILLED,
        "gender": _one_of("woman", "man", "other"),
        "activities": TEXTS,
        "on_stage": YES_NO,
    },
    "name",
)
_LINE = _table(
    {
        "line": FILLED,
        "nature": _one_of("expense", "income", "in_kind"),
        "grant": YES_NO,
        "planned": AMOUNT,
        "actual": AMOUNT,
        "explanation": TEXT,
    },
    "line",
)
_DECLARED = (
    "received",
    "registered",
    "cancelled",
    "waiting_list",
    "walk_in",
    "present",
    "no_show",
    "morning",
    "afternoon",
    "evening",
    "professionals",
    "organisations",
    "speakers",
    "activities",
    "responses",
    "satisfied",
    "budget_planned",
    "budget_actual",
    "in_kind",
    "grants",
)

SCHEMA = _table(
    {
        "id": TEXT,
        "name": FILLED,
        "date": DAY,
        "dates": Kind(
            "une liste de dates : [2025-10-12, 2025-10-13]",
            lambda value: _is_list(value) and len(value) > 0,
            of=DAY,
        ),
        "place": FILLED,
        "commune": TEXT,
        "organiser": TEXT,
        "organiser_kind": _one_of("collectivité", "association", "État", "entreprise", "autre"),
        "edition": TEXT,
        "description": TEXT,
        "context": TEXT,
        "themes": TEXTS,
        "target": Kind(
            "un nombre, ou deux : target = [150, 250]",
            lambda value: (
                _is_count(value)
                or (_is_list(value) and all(_is_count(element) for element in value))
            ),
        ),
        "capacity": COUNT,
        "partners": TEXTS,
        "informed": TEXTS,
        "presence": _one_of("scan", "roll", "count", "not_measured"),
        "survey_mode": TEXT,
        "fictional": TEXT,
        "retention": DAY,
        "median_point": YES_NO,
        "options": _table(dict.fromkeys(OPTIONS, YES_NO)),
        "previous": FILLED,
        "files": _table(
            {
                "registrations": _FILES,
                "attendance": _FILES,
                "survey": _FILES,
                "programme": _FILES,
                "speakers": _FILES,
                "budget": _FILES,
            }
        ),
        "activities": _tables(_ACTIVITY),
        "speakers": _tables(_SPEAKER),
        "budget": _tables(_LINE),
        "preparation": _table(
            {
                "calendar": _tables(_table({"when": FILLED, "what": FILLED}, "when", "what")),
                "meetings": _mapping(COUNT, "des réunions comptées : « comités de pilotage » = 3"),
            }
        ),
        "mobilised": _mapping(COUNT, "des personnes par tâche : accueil = 3"),
        "improvements": _tables(_POINT),
        "lessons": _tables(_POINT),
        "decisions": _tables(_POINT),
        "previous_points": _tables(_POINT),
        "declared": _table(dict.fromkeys(_DECLARED, AMOUNT)),
        "charter": _table(
            dict.fromkeys(
                (
                    "general_interest",
                    "open_to_all",
                    "diversity",
                    "free_licences",
                    "free_tools",
                    "eco_responsible",
                ),
                TEXT,
            )
        ),
        "brand": _table({"primary": COLOUR, "secondary": COLOUR, "logo": FILLED}),
        "photos": _tables(
            _table({"file": FILLED, "alternative": FILLED, "credit": TEXT}, "file", "alternative")
        ),
    },
    "name",
    "place",
)
