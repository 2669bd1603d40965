"""Columns typed by the evidence of their values: text, number or date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from necbilan.sources.workbook import dates, numbers
from necbilan.sources.workbook.grid import ErrorCell
from necbilan.sources.workbook.words import holds_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.workbook.grid import Cell

__all__ = ["Fault", "TypedColumn", "type_column"]

FaultKind = Literal[
    "not_a_number", "not_a_date", "cell_error", "date_serial", "phone", "date_order",
    "date_conflict", "date_swapped", "number_mark", "utc",
]  # fmt: skip

# Share of the filled cells that must be numbers (dates) for the column to be one: below,
# it stays text; above, the cells that are none are named, one by one.
_ENOUGH = 0.8
# Excel's day numbers of 1970-01-01 and 2100-01-01.
_SERIALS = (25569.0, 73051.0)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_UNIVERSAL = frozenset({"Z", "UTC", "GMT", "+00:00", "+0000", "+00"})
_MISSING_WORDS = frozenset({"na", "n/a", "none", "null", "nsp", "-", "–", "—", "sans objet"})


@dataclass(frozen=True)
class Fault:
    """Cells of one column that did not follow it: ``rows`` are positions in the table."""

    kind: FaultKind
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class TypedColumn:
    """One column's values (string, Int64, Float64 or datetime64[us]) and its faults."""

    values: pd.api.extensions.ExtensionArray | np.ndarray[tuple[int], np.dtype[np.datetime64]]
    faults: tuple[Fault, ...] = ()


def type_column(
    label: str,
    cells: Sequence[Cell],
    texts: Sequence[str],
    *,
    file_order: dates.Order | None = None,
) -> TypedColumn:
    """Type one column; ``file_order`` is the order other columns of the file proved."""
    errors = tuple(row for row, cell in enumerate(cells) if isinstance(cell, ErrorCell))
    faults = [Fault("cell_error", errors)] if errors else []
    filled = [row for row, text in enumerate(texts) if text.strip() and row not in set(errors)] \
        if errors else [row for row, text in enumerate(texts) if text.strip()]  # fmt: skip
    if not filled:
        return TypedColumn(_text(texts, errors), tuple(faults))
    typed = _as_dates(label, cells, texts, filled, file_order) or _as_numbers(
        label, cells, texts, filled
    )
    if typed is None:
        phone = _lost_zero(label, cells, texts, filled)
        if phone:
            faults.append(Fault("phone", phone))
        return TypedColumn(_text(texts, errors), tuple(faults))
    return TypedColumn(typed.values, (*faults, *typed.faults))


def _text(texts: Sequence[str], errors: tuple[int, ...]) -> pd.api.extensions.ExtensionArray:
    missing = set(errors)
    values = [
        text if text.strip() and row not in missing else None for row, text in enumerate(texts)
    ]
    return pd.array(values, dtype="string")


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _as_dates(
    label: str,
    cells: Sequence[Cell],
    texts: Sequence[str],
    filled: Sequence[int],
    file_order: dates.Order | None,
) -> TypedColumn | None:
    real = [row for row in filled if isinstance(cells[row], date)]
    spoken = [row for row in filled if isinstance(cells[row], str) and dates.parts(texts[row])]
    serials = _serials(label, cells, texts, filled)
    if len(real) + len(spoken) + len(serials) < _ENOUGH * len(filled):
        return None
    faults = []
    order, conflict = dates.day_order(texts[row] for row in spoken)
    open_to_both = order is None and any(
        found.order is None for row in spoken if (found := dates.parts(texts[row]))
    )
    if conflict:
        faults.append(Fault("date_conflict", tuple(spoken)))
    elif open_to_both and file_order is None:
        faults.append(Fault("date_order", tuple(spoken)))
    elif order == "day_first" and _swapped(cells, texts, real, spoken):
        faults.append(Fault("date_swapped", tuple(real)))
    universal = tuple(
        row
        for row in spoken
        if (found := dates.parts(texts[row])) and found.zone.upper() in _UNIVERSAL
    )
    if universal:
        faults.append(Fault("utc", universal))
    values: list[datetime | None] = [None] * len(texts)
    for row in real:
        cell = cells[row]
        if isinstance(cell, datetime):
            values[row] = cell.replace(tzinfo=None)
        elif isinstance(cell, date):
            values[row] = datetime(cell.year, cell.month, cell.day)
    for row in spoken:
        values[row] = dates.moment(texts[row], order or file_order or "day_first")
    for row in serials:
        values[row] = dates.from_serial(float(texts[row].replace(",", ".")))
    if serials:
        faults.append(Fault("date_serial", tuple(serials)))
    wrong = tuple(row for row in filled if values[row] is None)
    if wrong:
        faults.append(Fault("not_a_date", wrong))
    return TypedColumn(np.array(values, dtype="datetime64[us]"), tuple(faults))


def _serials(
    label: str, cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]
) -> list[int]:
    if not holds_word("date_headers", label):
        return []
    return [
        row
        for row in filled
        if not isinstance(cells[row], date)
        and (value := numbers.number(texts[row], ",")) is not None
        and _SERIALS[0] <= value < _SERIALS[1]
    ]


def _swapped(
    cells: Sequence[Cell], texts: Sequence[str], real: Sequence[int], spoken: Sequence[int]
) -> bool:
    """Real dates all with a day up to 12 beside texts all with a day over 12: a spreadsheet
    program in the other order turned what it could and left the rest."""
    if len(real) < 3 or len(spoken) < 3:
        return False
    days = [cell.day for row in real if isinstance(cell := cells[row], date)]
    firsts = [found.first for row in spoken if (found := dates.parts(texts[row]))]
    return max(days) <= 12 < min(firsts)


def _as_numbers(
    label: str, cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]
) -> TypedColumn | None:
    if holds_word("code_headers", label):
        return None
    spoken = [row for row in filled if isinstance(cells[row], str)]
    understood = [row for row in spoken if numbers.looks_numeric(texts[row])]
    real = len(filled) - len(spoken) if len(spoken) < len(filled) else 0
    real = sum(1 for row in filled if _is_number(cells[row])) if real else 0
    kept = len(understood) + real
    if kept < _ENOUGH * len(filled) or _are_codes(cells, texts, filled):
        return None
    faults = []
    mark = numbers.decimal_mark(texts[row] for row in understood)
    ambiguous = tuple(row for row in understood if numbers.is_ambiguous(texts[row]))
    if mark is None and ambiguous:
        faults.append(Fault("number_mark", ambiguous))
    values: list[float | None] = [None] * len(texts)
    for row in filled:
        cell = cells[row]
        if _is_number(cell):
            values[row] = float(cell)  # type: ignore[arg-type]  # _is_number says so
    for row in understood:
        values[row] = numbers.number(texts[row], mark or ",")
    wrong = tuple(
        row
        for row in filled
        if values[row] is None and texts[row].strip().casefold() not in _MISSING_WORDS
    )
    if wrong:
        faults.append(Fault("not_a_number", wrong))
    whole = all(value is None or value.is_integer() for value in values)
    array = pd.array(values, dtype="Float64")
    return TypedColumn(array.astype("Int64") if whole else array, tuple(faults))


def _are_codes(cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]) -> bool:
    """A leading zero anywhere, or digits of one length of nine or more (phones, SIREN)."""
    if any(numbers.is_code(texts[row]) for row in filled if isinstance(cells[row], str)):
        return True
    lengths = {len(texts[row].strip()) for row in filled}
    return (
        len(lengths) == 1
        and min(lengths) >= 9
        and all(texts[row].strip().isdigit() for row in filled)
    )


def _lost_zero(
    label: str, cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[int]
) -> tuple[int, ...]:
    """Telephone numbers stored as numbers («639980012») or written «6,3998E+08»."""
    if not holds_word("phone_headers", label):
        return ()
    return tuple(
        row
        for row in filled
        if (_is_number(cells[row]) and len(texts[row]) == 9) or _SCIENTIFIC.fullmatch(texts[row])
    )
