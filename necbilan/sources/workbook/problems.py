"""The reader's problems: a code and its values make the sentence of problems.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from necbilan.errors import UnreadableFile
from necbilan.model import Problem
from necbilan.sources.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["listed", "problem", "refused"]


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("problems.toml").read_text(encoding="utf-8"))


def _filled(text: str, values: Mapping[str, object]) -> str:
    """The sentence with its values; «[one|several]» agrees with ``count``."""
    form = r"\2" if values.get("count", 1) != 1 else r"\1"
    agreed = re.sub(r"\[([^|\]]*)\|([^\]]*)\]", form, text)
    return agreed.replace("'", "’").format_map(values)


def problem(code: str, *, file: str, sheet: str = "", cell: str = "", **values: object) -> Problem:
    """The Problem of that code; ``values`` fill its sentence and never quote a cell."""
    texts = {
        name: typeset(_filled(text, values) if name != "remedy" else text.replace("'", "’"))
        for name, text in _texts()[code].items()
    }
    return Problem(
        code=code,
        found=texts["found"],
        expected=texts.get("expected", ""),
        remedy=texts["remedy"],
        file=file,
        sheet=sheet,
        cell=cell,
    )


def refused(
    code: str, *, file: str, sheet: str = "", cell: str = "", **values: object
) -> UnreadableFile:
    """The error to raise for that code."""
    return UnreadableFile(problem(code, file=file, sheet=sheet, cell=cell, **values))


def listed(items: Iterable[object], most: int = 8) -> str:
    """«3, 5, 9», cut after ``most`` with the number of those not shown."""
    names = [str(item) for item in items]
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} et {len(names) - most} autres"
