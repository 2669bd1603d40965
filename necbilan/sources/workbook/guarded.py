"""Old binary workbooks (xls, xlsb), read in a process of their own.

They cannot be surveyed before an engine opens them: python-calamine aborts on an
allocation it cannot have, xlrd may loop.  The process that asks only waits, for a time.
"""

from __future__ import annotations

import marshal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from necbilan.sources.workbook.dates import from_serial
from necbilan.sources.workbook.grid import ErrorCell, Grid
from necbilan.sources.workbook.problems import refused

if TYPE_CHECKING:
    from necbilan.sources.workbook.grid import Cell

__all__ = ["read_apart"]

CHILD = Path(__file__).with_name("child.py")
SECONDS = 25
_MEMORY = 600 * 2**20
_MOST_CELLS = 1_500_000  # a sheet of an old xls has 65,536 rows


def read_apart(path: Path, file: str, engines: tuple[str, ...]) -> tuple[list[Grid], str]:
    """The sheets by the first engine that reads them, and its name.

    Raises UnreadableFile: E_PASSWORD, E_LIMIT, E_TIME, or E_CORRUPT when none can.
    """
    details = []
    for engine in engines:
        answer = _answer(path, file, engine)
        reason = answer.get("refused")
        if reason == "password":
            raise refused("E_PASSWORD", file=file)
        if reason == "limit":
            detail, limit = f"{answer['detail']} cellules", f"{_MOST_CELLS} cellules"
            raise refused("E_LIMIT", file=file, detail=detail, limit=limit)
        if reason is None and _is_plausible(answer["sheets"]):
            return [_grid(sheet) for sheet in answer["sheets"]], answer["engine"]
        details.append(f"{engine} : {answer.get('detail', 'résultat douteux')}")
    raise refused("E_CORRUPT", file=file, detail=", ".join(details))


def _answer(path: Path, file: str, engine: str) -> dict[str, Any]:
    command = [sys.executable, "-P", str(CHILD), str(path.resolve()), engine]
    command += [str(_MOST_CELLS), str(_MEMORY)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 (our own script)
    except subprocess.TimeoutExpired as error:
        raise refused("E_TIME", file=file, seconds=SECONDS) from error
    if done.returncode < 0:
        return {"refused": "engine", "detail": f"lecture interrompue, signal {-done.returncode}"}
    if done.returncode != 0:
        return {"refused": "engine", "detail": f"arrêt {done.returncode}"}
    answer: dict[str, Any] = marshal.loads(done.stdout)  # noqa: S302 (written by our own script)
    return answer


def _is_plausible(sheets: list[dict[str, Any]]) -> bool:
    """Not one text in ten full of NULs: the sign of a width of character misread."""
    texts = [
        cell for sheet in sheets for row in sheet["rows"] for cell in row if isinstance(cell, str)
    ]
    filled = [text for text in texts if text]
    return sum("\0" in text for text in filled) <= 0.1 * len(filled)


def _grid(sheet: dict[str, Any]) -> Grid:
    rows = [[_cell(value) for value in row] for row in sheet["rows"]]
    return Grid(
        sheet["name"],
        rows,
        list(range(1, len(rows) + 1)),
        visible=sheet["visible"],
        hidden_rows=frozenset(sheet["hidden_rows"]),
        hidden_columns=frozenset(sheet["hidden_columns"]),
        merged=tuple(tuple(area) for area in sheet["merged"]),
    )


def _cell(value: Any) -> Cell:
    if not isinstance(value, tuple):
        return value if isinstance(value, (str, float, bool)) else str(value)
    kind, content = value
    if kind == "error":
        return ErrorCell(content)
    if not 0 <= content < 2_958_466:  # 31 December 9999
        return float(content)
    if content < 1:
        return timedelta(days=content)
    return from_serial(content)
