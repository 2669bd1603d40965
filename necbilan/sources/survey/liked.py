"""The activities that people name, matched with the programme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan import vocabulary
from necbilan.sources.folding import fold, fold_label
from necbilan.sources.free_text.activities import SAME, match_activities
from necbilan.sources.free_text.french_words import is_empty_answer
from necbilan.sources.survey.found import Found, cells_of, options_of, rows_of
from necbilan.sources.survey.wordings import is_other

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.survey.found import Context
    from necbilan.sources.survey.reading import Survey

__all__ = ["activities_named"]


def activities_named(asked: Asked, survey: Survey, context: Context, tool_choices: str) -> Found:
    """One row an activity named; NA when nobody is named («Rien», blank).

    Free text is matched with the titles of the programme.  So are the options of a closed
    question, or short answers that recur; one that names no title is an activity of its own.
    """
    if asked.question.kind == "text":
        return _liked_in_words(asked, survey, context)
    nobody = {fold(text) for text in vocabulary.read("roles")["liked_most"]["nobody"]}
    every = options_of(asked, survey, tool_choices, context.titles)
    said = [
        option
        for option in dict.fromkeys(option for options in every for option in options)
        if not is_empty_answer(option) and not is_other(option) and fold(option) not in nobody
    ]
    named, matches, doubtful = _titled(said, context)
    rows: list[tuple[int, dict[str, Any]]] = []
    for row, options in enumerate(every):
        rows += rows_of(row, [named[option] for option in options if option in named])
    return Found(rows, matches=tuple(matches), doubtful=tuple(doubtful))


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


def _liked_in_words(asked: Asked, survey: Survey, context: Context) -> Found:
    """What people wrote, matched with the programme: what is sure, and what is decided."""
    texts = pd.Series(
        [None if is_empty_answer(text) else text.strip() for text in cells_of(asked, survey)],
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
        rows += rows_of(row, titles)
    return Found(rows, matches=tuple(matches), doubtful=tuple(doubtful))
