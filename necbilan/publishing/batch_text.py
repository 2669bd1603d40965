"""The account of a batch as its user reads it, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.exchange import MEASURES_FILE
from necbilan.publishing.outputs import ACCOUNT
from necbilan.words.language import language as words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.publishing.batch import Outcome

__all__ = ["account_text", "line_of"]

WIDTH = 14
"""of the longest state"""


def line_of(outcome: Outcome, language: str) -> str:
    """One event: its state, its name, how long it took, and what stopped it."""
    words = words_of(language)
    state = words.say(f"batch.state.{outcome.state}")
    seconds = words.number(outcome.seconds, 1)
    said = "".join(f"\n{' ' * WIDTH}  {line}" for line in outcome.said.splitlines())
    name = " ".join(outcome.event.split())  # a folder's, where a line end could tell of another
    return f"{state:<{WIDTH}}  {name} ({seconds}\u202fs){said}"


def account_text(outcomes: Sequence[Outcome], out: str | Path, language: str) -> str:
    """How many are well, where the account is, and what to do next."""
    words = words_of(language)
    well = sum(outcome.well for outcome in outcomes)
    lines = [words.say("batch.summary", count=well, n=well, all=len(outcomes))]
    lines.append(words.say("batch.account", path=str(Path(out) / ACCOUNT)))
    if well < len(outcomes):
        lines.append(words.say("batch.resume"))
    if well > 1:
        lines.append(words.say("batch.compare", paths=str(Path(out) / "*" / MEASURES_FILE)))
    return "\n".join(lines)
