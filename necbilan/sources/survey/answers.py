"""The answers of a survey as rows of RESPONSES.

Labels are written as the report shows them, words are grouped, remarks are scrubbed and
sorted by theme, the activities that people liked are named as in the programme.  An
answer outside its scale becomes a Problem with its address, never a silent gap.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan import vocabulary
from necbilan.model import Problem
from necbilan.sources.cells import first_time, is_blank
from necbilan.sources.folding import fold, fold_label
from necbilan.sources.free_text.activities import SAME, match_activities
from necbilan.sources.free_text.french_words import is_empty_answer
from necbilan.sources.free_text.remarks import theme_of
from necbilan.sources.free_text.word_groups import group_words, split_words
from necbilan.sources.people.profiles import classify_profiles
from necbilan.sources.places import locate
from necbilan.sources.survey import choices
from necbilan.sources.survey.wordings import is_other

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.survey.reading import Survey

__all__ = ["Context", "Rows", "answer_rows"]

REMARK_ROLES = frozenset({"improvement", "free_comment", "next_topics"})
_HALF = re.compile(r"\s*\d{1,2}[.,]\d*[1-9]")
_NAMING = frozenset({"liked_most", "liked_least", "attended_activities"})
"""roles whose answers are activities of the programme"""


@dataclass(frozen=True)
class Context:
    """What answers are read against: the programme's titles, the decided spellings, and
    ``scrubbed``, which takes the names and addresses out of a remark."""

    scrubbed: Callable[[str], str]
    titles: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True)
class _Found:
    rows: list[tuple[int, dict[str, Any]]]
    problems: tuple[Problem, ...] = ()
    matches: tuple[tuple[str, str, str], ...] = ()
    doubtful: tuple[tuple[str, str, str], ...] = ()


def _rows(asked: Asked, survey: Survey, context: Context, tool_choices: str) -> _Found:
    role = asked.question.role
    if role in _NAMING:
        return _liked(asked, survey, context, tool_choices)
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
        return _levels(asked, survey)
    label = cache(context.scrubbed)
    if asked.form == "ranks":
        ordered = choices.split_choices(_cells(asked, survey), separator=tool_choices)
        return _Found(
            [
                (row, {"answer": label(option), "item": str(rank)})
                for row, options in enumerate(ordered)
                for rank, option in enumerate(options or [], start=1)
            ]
        )
    if asked.form in ("choices", "ticks"):
        options = _options(asked, survey, tool_choices)
        return _Found(
            [
                answer
                for row, chosen in enumerate(options)
                for answer in _named(row, [label(option) for option in chosen])
            ]
        )
    return _Found(
        [
            (row, {"answer": None if is_blank(cell) else label(cell.strip())} | _item(asked, at))
            for at, column in enumerate(asked.columns)
            for row, cell in enumerate(survey.text.iloc[:, column])
        ]
    )


def _item(asked: Asked, position: int) -> dict[str, str]:
    return {"item": asked.items[position]} if asked.form == "grid" else {}


def _options(
    asked: Asked, survey: Survey, tool_choices: str, titles: Sequence[str] = ()
) -> list[list[str]]:
    """The options each respondent took, in any encoding."""
    if asked.form == "ticks":
        found: list[list[str]] = [[] for _ in range(len(survey.text))]
        for column, option in zip(asked.columns, asked.items, strict=True):
            ticked = choices.ticks(list(survey.text.iloc[:, column]), option) or []
            for row, yes in enumerate(ticked):
                found[row] += [option] if yes else []
        return found
    cells = _cells(asked, survey)
    if asked.form == "choices":
        return choices.split_choices(cells, separator=tool_choices, options=titles)
    return [[] if is_blank(cell) else [cell.strip()] for cell in cells]


def _liked(asked: Asked, survey: Survey, context: Context, tool_choices: str) -> _Found:
    """One row an activity named; NA when nobody is named («Rien», blank).

    Free text is matched with the titles of the programme.  So are the options of a closed
    question, or short answers that recur; one that names no title is an activity of its own.
    """
    if asked.question.kind == "text":
        return _liked_in_words(asked, survey, context)
    nobody = {fold(text) for text in vocabulary.read("roles")["liked_most"]["nobody"]}
    every = _options(asked, survey, tool_choices, context.titles)
    said = [
        option
        for option in dict.fromkeys(option for options in every for option in options)
        if not is_empty_answer(option) and not is_other(option) and fold(option) not in nobody
    ]
    named, matches, doubtful = _titled(said, context)
    rows: list[tuple[int, dict[str, Any]]] = []
    for row, options in enumerate(every):
        rows += _named(row, [named[option] for option in options if option in named])
    return _Found(rows, matches=tuple(matches), doubtful=tuple(doubtful))


def _titled(
    options: Sequence[str], context: Context
) -> tuple[dict[str, str], list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Option → activity, what was matched though written otherwise, and what is doubtful.

    Options that never name one title twice are a closed list: they keep their own words,
    unless these are a title's written otherwise.  Else people wrote freely.
    """
    titles = {fold_label(title): title for title in context.titles}
    other = [option for option in options if fold_label(option) not in titles]
    found = match_activities(pd.Series(other, dtype="string"), context.titles)
    likely = {
        str(match["answer"]): match
        for match in found.drop_duplicates("answer", keep=False).to_dict("records")
        if match["status"] != "none"
    }
    meant = Counter(
        titles.get(fold_label(option)) or str(likely[option]["activity"])
        for option in options
        if fold_label(option) in titles or option in likely
    )
    if max(meant.values(), default=0) < 2:
        likely = {option: match for option, match in likely.items() if match["reason"] == SAME}
    named: dict[str, str] = {}
    matches: list[tuple[str, str, str]] = []
    doubtful: list[tuple[str, str, str]] = []
    spelt: dict[str, str] = {}
    for option in options:
        shown, match = context.scrubbed(option), likely.get(option)
        as_written = spelt.setdefault(fold_label(option), shown)
        named[option] = titles.get(fold_label(option)) or context.activities.get(shown, as_written)
        if match is None or shown in context.activities:
            continue
        told = (shown, str(match["activity"]), str(match["reason"]))
        if match["status"] == "sure":
            named[option] = told[1]
            matches.append(told)
        else:
            doubtful.append(told)
    return named, matches, doubtful


def _named(row: int, titles: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """One row a title, in order, none twice; NA when there is none."""
    nobody: list[tuple[int, dict[str, Any]]] = [(row, {"answer": None})]
    return [(row, {"answer": title}) for title in dict.fromkeys(titles)] or nobody


def _liked_in_words(asked: Asked, survey: Survey, context: Context) -> _Found:
    """What people wrote, matched with the programme: what is sure, and what is decided."""
    texts = pd.Series(
        [None if is_empty_answer(text) else text.strip() for text in _cells(asked, survey)],
        dtype="string",
    )
    named: dict[int, list[str]] = {row: [] for row in range(len(texts))}
    matches: list[tuple[str, str, str]] = []
    doubtful: list[tuple[str, str, str]] = []
    found = match_activities(texts, context.titles).dropna(subset=["answer"])
    for row, match in zip(found.index, found.to_dict("records"), strict=True):
        said, title = context.scrubbed(str(match["answer"])), str(match["activity"])
        if said in context.activities:
            named[row].append(context.activities[said])
        elif match["status"] == "sure":
            named[row].append(title)
            if fold_label(said) != fold_label(title):
                matches.append((said, title, str(match["reason"])))
        elif match["status"] == "proposed":
            doubtful.append((said, title, str(match["reason"])))
    rows: list[tuple[int, dict[str, Any]]] = []
    for row, titles in named.items():
        rows += _named(row, titles)
    return _Found(rows, matches=tuple(matches), doubtful=tuple(doubtful))


def _cells(asked: Asked, survey: Survey) -> list[str]:
    return list(survey.text.iloc[:, asked.columns[0]])


def _words(asked: Asked, survey: Survey, context: Context) -> _Found:
    """One row a word or expression, in the form that stands for its group."""
    said = pd.concat(
        [
            pd.Series([context.scrubbed(cell) for cell in survey.text.iloc[:, column]])
            for column in asked.columns
        ]
    ).astype("string")
    parts = _once_a_row(split_words(said))
    shown = group_words(parts, decided=context.spellings)
    return _Found(
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


def _remarks(asked: Asked, survey: Survey, context: Context) -> _Found:
    texts = survey.text.iloc[:, asked.columns[0]]
    said = pd.Series(
        [None if is_empty_answer(text) else context.scrubbed(text.strip()) for text in texts],
        dtype="string",
    )
    themes = theme_of(said, context.themes)
    return _Found(
        [
            (row, {"answer": None, "theme": None})
            if pd.isna(text)
            else (row, {"answer": text, "theme": theme})
            for row, (text, theme) in enumerate(zip(said, themes, strict=True))
        ]
    )


def _profiles(asked: Asked, survey: Survey, context: Context) -> _Found:
    """The profile's id, else the audience's, else the option itself; free words are "other"."""
    free = asked.question.kind == "text"
    texts = survey.text.iloc[:, asked.columns[0]]
    known = classify_profiles(texts, context.profiles)
    ids = known["profile"].fillna(known["audience"])
    return _Found(
        [
            (row, {"answer": _profile(cell, found, free=free)})
            for row, (cell, found) in enumerate(zip(texts, ids, strict=True))
        ]
    )


def _homes(asked: Asked, survey: Survey) -> _Found:
    """The INSEE code of the département each respondent lives in, "abroad", or NA."""
    places = locate(pd.DataFrame({"text": _cells(asked, survey)}))
    abroad = places["country"].notna() & places["country"].ne("FR")
    said = places["department"].mask(places["department"].isna() & abroad, "abroad")
    return _Found(
        [(row, {"answer": None if pd.isna(home) else str(home)}) for row, home in enumerate(said)]
    )


def _first_times(asked: Asked, survey: Survey) -> _Found:
    """«yes» or «no» to a first time, whichever way it was asked; NA when not understood."""
    wording = asked.question.wording
    found = [first_time(cell, wording) for cell in _cells(asked, survey)]
    return _Found(
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


def _levels(asked: Asked, survey: Survey) -> _Found:
    scale = asked.scale
    assert scale is not None
    rows: list[tuple[int, dict[str, Any]]] = []
    odd: list[tuple[int, int]] = []
    rounded: list[int] = []
    for position, column in enumerate(asked.columns):
        for row, cell in enumerate(survey.text.iloc[:, column]):
            shown, level = scale.shown(cell), scale.level(cell)
            if shown is None and cell.strip():
                odd.append((survey.numbers[row], column))
            elif shown is not None and _HALF.match(cell):
                rounded.append(survey.numbers[row])
            rows.append((row, {"answer": shown, "level": level, **_item(asked, position)}))
    return _Found(rows, (*_off_scale(asked, odd), *_rounded(asked, rounded)))


def _rounded(asked: Asked, lines: Sequence[int]) -> tuple[Problem, ...]:
    """Notes between two levels («7,5»), counted at the even one of the two."""
    if not lines:
        return ()
    shown = ", ".join(str(line) for line in lines[:5]) + ("…" if len(lines) > 5 else "")
    return (
        Problem(
            code="W_HALF_NOTES",
            severity="note",
            file=asked.question.file,
            cell=f"ligne {lines[0]}",
            found=f"à la question « {asked.question.wording} », {len(lines)} note"
            f"{'s' if len(lines) > 1 else ''} entre deux niveaux, comptée"
            f"{'s' if len(lines) > 1 else ''} au niveau pair le plus proche (ligne {shown})",
            remedy="Rien à faire.",
        ),
    )


def _off_scale(asked: Asked, odd: Sequence[tuple[int, int]]) -> tuple[Problem, ...]:
    if not odd:
        return ()
    question = asked.question
    lines = ", ".join(str(line) for line, _ in odd[:5]) + ("…" if len(odd) > 5 else "")
    return (
        Problem(
            code="A_OFF_SCALE",
            severity="ask",
            file=question.file,
            cell=f"ligne {odd[0][0]}",
            found=f"à la question « {question.wording} », {len(odd)} réponse"
            f"{'s' if len(odd) > 1 else ''} hors de l’échelle (ligne {lines})",
            expected=", ".join(question.scale),
            remedy="Corrigez la case ou laissez-la : elle n’est pas comptée.",
        ),
    )
