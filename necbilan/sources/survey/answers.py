"""The answers of a survey as rows of RESPONSES.

Labels are written as the report shows them, words are grouped, remarks are scrubbed and
sorted by theme, the activities that people liked are named as in the programme.  An
answer outside its scale becomes a Problem with its address, never a silent gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.sources.cells import first_time, is_blank
from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import is_empty_answer
from necbilan.sources.free_text.remarks import theme_of
from necbilan.sources.free_text.word_groups import group_words, split_words
from necbilan.sources.people.profiles import classify_profiles
from necbilan.sources.places import locate
from necbilan.sources.survey import choices
from necbilan.sources.survey.found import Found, cells_of, item_of, options_of, rows_of
from necbilan.sources.survey.levels import levels_of
from necbilan.sources.survey.liked import activities_named

if TYPE_CHECKING:
    from necbilan.model import Problem
    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.survey.found import Context
    from necbilan.sources.survey.reading import Survey

__all__ = ["REMARK_ROLES", "Rows", "answer_rows"]

REMARK_ROLES = frozenset({"improvement", "free_comment", "next_topics"})
_NAMING = frozenset({"liked_most", "liked_least", "attended_activities"})
"""roles whose answers are activities of the programme"""


@dataclass(frozen=True)
class Rows:
    """Rows of RESPONSES, what was not understood, and the activities told apart by hand."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...] = ()
    matches: tuple[tuple[str, str, str], ...] = ()
    doubtful: tuple[tuple[str, str, str], ...] = ()
    """(scrubbed answer, likeliest title, reason): to be asked"""


def answer_rows(survey: Survey, context: Context, *, first: int, tool_choices: str = "") -> Rows:
    """Every submission, then its answers, question by question.

    ``first`` is the number of the first respondent; ``tool_choices`` how the tool joins
    several options.
    """
    names = [f"r{first + row:04d}" for row in range(len(survey.text))]
    rows: list[dict[str, Any]] = [
        {"respondent": name, "question": "", "role": "submission", "answered_on": day}
        for name, day in zip(names, survey.submitted, strict=True)
    ]
    problems: list[Problem] = []
    matches: list[tuple[str, str, str]] = []
    doubtful: list[tuple[str, str, str]] = []
    for asked in survey.asked:
        if not asked.kept:
            continue
        found = _rows(asked, survey, context, tool_choices)
        rows += [
            {
                "respondent": names[row],
                "question": asked.question.id,
                "role": asked.question.role,
                "answered_on": survey.submitted[row],
                **answer,
            }
            for row, answer in found.rows
        ]
        problems += found.problems
        matches += found.matches
        doubtful += found.doubtful
    return Rows(
        tuple(rows),
        tuple(problems),
        tuple(dict.fromkeys(matches)),
        tuple(dict.fromkeys(doubtful)),
    )


def _rows(asked: Asked, survey: Survey, context: Context, tool_choices: str) -> Found:
    role = asked.question.role
    if role in _NAMING:
        return activities_named(asked, survey, context, tool_choices)
    if role == "word_association":
        return _words(asked, survey, context)
    if role == "profile" and asked.form == "cell":
        return _profiles(asked, survey, context)
    if role == "home":
        return _homes(asked, survey)
    if role == "first_time" and asked.form == "cell":
        return _first_times(asked, survey)
    if role in REMARK_ROLES or (asked.question.kind == "text" and asked.form == "cell"):
        return _remarks(asked, survey, context)
    if asked.scale is not None and not asked.doubt:
        return levels_of(asked, survey)
    label = cache(context.scrubbed)
    if asked.form == "ranks":
        ordered = choices.split_choices(cells_of(asked, survey), separator=tool_choices)
        return Found(
            [
                (row, {"answer": label(option), "item": str(rank)})
                for row, options in enumerate(ordered)
                for rank, option in enumerate(options or [], start=1)
            ]
        )
    if asked.form in ("choices", "ticks"):
        options = options_of(asked, survey, tool_choices)
        return Found(
            [
                answer
                for row, chosen in enumerate(options)
                for answer in rows_of(row, [label(option) for option in chosen])
            ]
        )
    return Found(
        [
            (row, {"answer": None if is_blank(cell) else label(cell.strip())} | item_of(asked, at))
            for at, column in enumerate(asked.columns)
            for row, cell in enumerate(survey.text.iloc[:, column])
        ]
    )


def _words(asked: Asked, survey: Survey, context: Context) -> Found:
    """One row a word or expression, in the form that stands for its group."""
    said = pd.concat(
        [
            pd.Series([context.scrubbed(cell) for cell in survey.text.iloc[:, column]])
            for column in asked.columns
        ]
    ).astype("string")
    parts = _once_a_row(split_words(said))
    shown = group_words(parts, decided=context.spellings)
    return Found(
        [
            (int(row), {"answer": None if pd.isna(form) else form})
            for row, form in zip(parts.index, shown, strict=True)
        ]
    )


def _once_a_row(parts: pd.Series) -> pd.Series:
    """Blank columns of someone who filled another one are no blank answer."""
    blank = parts.isna()
    spoke = parts.index.isin(parts.index[~blank])
    kept = ~blank.to_numpy() | ~(spoke | parts.index.duplicated())
    return parts.loc[kept]


def _remarks(asked: Asked, survey: Survey, context: Context) -> Found:
    texts = survey.text.iloc[:, asked.columns[0]]
    said = pd.Series(
        [None if is_empty_answer(text) else context.scrubbed(text.strip()) for text in texts],
        dtype="string",
    )
    themes = theme_of(said, context.themes)
    return Found(
        [
            (row, {"answer": None, "theme": None})
            if pd.isna(text)
            else (row, {"answer": text, "theme": theme})
            for row, (text, theme) in enumerate(zip(said, themes, strict=True))
        ]
    )


def _profiles(asked: Asked, survey: Survey, context: Context) -> Found:
    """The profile's id, else the audience's, else the option itself; free words are "other"."""
    free = asked.question.kind == "text"
    texts = survey.text.iloc[:, asked.columns[0]]
    known = classify_profiles(texts, context.profiles)
    ids = known["profile"].fillna(known["audience"])
    return Found(
        [
            (row, {"answer": _profile(cell, found, free=free)})
            for row, (cell, found) in enumerate(zip(texts, ids, strict=True))
        ]
    )


def _homes(asked: Asked, survey: Survey) -> Found:
    """The INSEE code of the département each respondent lives in, "abroad", or NA."""
    column = "department" if "departement" in fold(asked.question.wording) else "text"
    places = locate(pd.DataFrame({column: cells_of(asked, survey)}))
    abroad = places["country"].notna() & places["country"].ne("FR")
    said = places["department"].mask(places["department"].isna() & abroad, "abroad")
    return Found(
        [(row, {"answer": None if pd.isna(home) else str(home)}) for row, home in enumerate(said)]
    )


def _first_times(asked: Asked, survey: Survey) -> Found:
    """«yes» or «no» to a first time, whichever way it was asked; NA when not understood."""
    wording = asked.question.wording
    found = [first_time(cell, wording) for cell in cells_of(asked, survey)]
    return Found(
        [
            (row, {"answer": None if newcomer is None else "yes" if newcomer else "no"})
            for row, newcomer in enumerate(found)
        ]
    )


def _profile(cell: str, found: object, *, free: bool) -> str | None:
    if is_blank(cell):
        return None
    if isinstance(found, str):
        return found
    return "other" if free else cell.strip()
