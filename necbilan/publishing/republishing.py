"""What a report that takes the place of another tells beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.disclosure.versions import told_apart
from necbilan.errors import DataError, InputMissing
from necbilan.exchange import read_measures

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from necbilan.words.language import Language

__all__ = ["what_both_would_tell"]


def what_both_would_tell(replaced: Path, measures: pd.DataFrame, words: Language) -> str:
    """A sentence when the folder to be replaced and ``measures`` together tell on few people.

    '' when they do not, or when nothing of the folder can be read.
    """
    try:
        before = read_measures(replaced).measures
    except (DataError, InputMissing):
        return ""
    metrics = told_apart(before, measures)
    names = words.join([words.say(f"metric.{metric}") for metric in metrics])
    return words.say("report.told_apart", count=len(metrics), names=names) if metrics else ""
