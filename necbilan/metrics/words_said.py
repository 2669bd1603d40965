"""The words that a word-association question brought up.

Words reach the responses already grouped; each waits for a human's yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.metrics.answered import answers_of, questions_of
from necbilan.metrics.rows import frame, full_count, not_collected

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["word", "words_distinct"]

ROLE = "word_association"


def word(dossier: Dossier) -> pd.DataFrame:
    """People who said each word, the most said first, then in the order of the answers.

    "to_review" until a human says yes; a refused word has no row.
    """
    rows = []
    for group, said, asked in _said(dossier):
        counts = said.groupby("answer", sort=False)["respondent"].nunique()
        gave = int(said["respondent"].nunique())
        for form, count in counts.sort_values(ascending=False, kind="stable").items():
            if form not in dossier.facts.refused_words:
                status = "ok" if form in dossier.facts.words else "to_review"
                rows.append(
                    full_count(
                        int(count),
                        unit="answers",
                        group=group,
                        level=str(form),
                        n=gave,
                        base=asked,
                        status=status,
                    )
                )
    return frame(rows or [not_collected("answers")])


def words_distinct(dossier: Dossier) -> pd.DataFrame:
    """Different words or expressions said, refused ones aside."""
    rows = []
    for group, said, asked in _said(dossier):
        kept = set(said["answer"]) - dossier.facts.refused_words
        gave = int(said["respondent"].nunique())
        rows.append(full_count(len(kept), unit="forms", group=group, n=gave, base=asked))
    return frame(rows or [not_collected("forms")])


def _said(dossier: Dossier) -> list[tuple[str, pd.DataFrame, int]]:
    """Each question: its id, its answers that say something, the people who were asked."""
    if dossier.responses is None:
        return []
    found = []
    for question in questions_of(dossier, ROLE):
        rows = answers_of(dossier.responses, question)
        if len(rows):
            said = rows.dropna(subset=["answer"])
            found.append((question.id, said, int(rows["respondent"].nunique())))
    return found
