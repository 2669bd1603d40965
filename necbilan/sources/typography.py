"""French spaces in what the loader says (Lexique des règles typographiques, 2002)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.model import Problem

__all__ = ["typeset", "typeset_problem"]


def typeset(text: str) -> str:
    """No-break spaces before : and inside « », narrow ones before ; ! ? % and €.

    >>> typeset("« Pros » : 2 %") == "«\\u00a0Pros\\u00a0»\\u00a0: 2\\u202f%"
    True
    """
    narrow = re.sub(r" ([;!?%€])", "\u202f\\1", text)
    return narrow.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def typeset_problem(problem: Problem) -> Problem:
    """The same problem, its texts typeset; names of files and sheets are left as they are."""
    found, expected, remedy = (
        typeset(text.replace("'", "’"))
        for text in (problem.found, problem.expected, problem.remedy)
    )
    return replace(problem, found=found, expected=expected, remedy=remedy)
