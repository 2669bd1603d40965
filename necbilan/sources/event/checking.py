"""event.toml held against its schema, key by key: the first fault is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from necbilan.sources.event.mistakes import known_as, meant_day
from necbilan.sources.event.schema import AMOUNT, COUNT, DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.sources.event.schema import Kind
    from necbilan.sources.event.written import KeyPath, Written

__all__ = ["check_table"]

_TYPES = (
    (bool, "un oui/non (true/false)"),
    (str, "un texte entre guillemets"),
    (int, "un nombre entier"),
    (float, "un nombre"),
    (datetime, "une date avec une heure"),
    (date, "une date"),
    (list, "une liste entre crochets"),
    (dict, "un groupe de clés"),
)
"""the types of TOML as an organiser knows them, the narrower first"""


def check_table(
    content: Mapping[str, Any], kind: Kind, written: Written, path: KeyPath = ()
) -> None:
    """Raises ConfigError on an unknown key, a value of another kind, a key that is missing."""
    for key, value in content.items():
        known = kind.keys.get(key) or kind.any_key
        if known is None:
            ours = known_as(key)
            near = ours if ours in kind.keys else kind.nearest(key)
            hint = f"« {near} » peut-être" if near else "une des clés du guide"
            raise written.refused("cette clé est inconnue", hint, (*path, key))
        _check_value(value, known, written, (*path, key))
    missing = [key for key in kind.compulsory if key not in content]
    if not path and not content.keys() & {"date", "dates"}:
        missing.append("date")
    if missing:
        raise written.lacking(missing, path)


def _check_value(value: Any, kind: Kind, written: Written, path: KeyPath) -> None:
    if not kind.accepts(value):
        raise written.refused(
            f"on y trouve {_called(value, kind)}", _expected(value, kind, path), path
        )
    if isinstance(value, dict):
        check_table(value, kind, written, path)
    elif isinstance(value, list) and kind.of is not None:
        for index, element in enumerate(value):
            _check_value(element, kind.of, written, (*path, index))


def _called(value: Any, kind: Kind) -> str:
    """The type of a value, or of one of the right type what is wrong with it."""
    if kind is DAY and isinstance(value, date) and not isinstance(value, datetime):
        return f"une date de l’an {value.year}"
    if kind is AMOUNT and isinstance(value, (int, float)) and not isinstance(value, bool):
        return "un nombre négatif, infini ou démesuré"
    if kind is COUNT and isinstance(value, int) and not isinstance(value, bool):
        return "un nombre négatif ou démesuré"
    return next((name for type_, name in _TYPES if isinstance(value, type_)), "autre chose")


def _expected(value: Any, kind: Kind, path: KeyPath) -> str:
    """What to write: of a day written in French or of several days, the line itself."""
    if kind is DAY and isinstance(value, str) and (day := meant_day(value)) is not None:
        return f"{path[-1]} = {day}, sans guillemets"
    if path == ("date",) and isinstance(value, list):
        return "dates = [2025-10-12, 2025-10-13] pour plusieurs jours"
    return kind.expected
