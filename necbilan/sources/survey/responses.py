"""The answers of all the surveys of an event as RESPONSES, and what a human approved of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.model import Question, Remark
from necbilan.sources.folding import fold
from necbilan.sources.free_text.word_groups import group_words
from necbilan.sources.survey.answers import REMARK_ROLES, Context, answer_rows
from necbilan.tables import RESPONSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from necbilan.model import Problem
    from necbilan.sources.decisions import Decisions
    from necbilan.sources.gathering import Gathered
    from necbilan.sources.survey.reading import Survey

__all__ = ["Answered", "approved_remarks", "survey_responses"]


@dataclass(frozen=True)
class Answered:
    """RESPONSES (None without a survey), its questions, and what is left to ask."""

    frame: pd.DataFrame | None
    questions: tuple[Question, ...] = ()
    matches: tuple[tuple[str, str, str], ...] = ()
    doubtful: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def survey_responses(
    gathered: Gathered,
    scrubbed: Callable[[str], str],
    titles: tuple[str, ...],
) -> Answered:
    """Every survey of the folder, one after the other: respondents are numbered on.

    A question asked with the same words in two files is one question.
    """
    surveys = gathered.of_kind("survey")
    if not surveys:
        return Answered(None)
    decisions = gathered.decisions
    context = Context(
        scrubbed=scrubbed,
        titles=titles,
        spellings=decisions.answers("typing_error"),
        activities=decisions.answers("activity"),
    )
    rows: list[dict[str, Any]] = []
    questions: dict[str, Question] = {}
    matches: list[tuple[str, str, str]] = []
    doubtful: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    first = 1
    for file in surveys:
        if file.survey is None:
            continue
        choices = file.tool.choices if file.tool else ""
        survey = _with_shared_questions(file.survey, questions)
        found = answer_rows(survey, context, first=first, tool_choices=choices)
        first += len(survey.text)
        rows += (_in_the_words_of(questions, row) for row in found.rows)
        problems += found.problems
        matches += found.matches
        doubtful += found.doubtful
        for asked in survey.asked:
            if asked.kept:
                questions.setdefault(asked.question.id, asked.question)
    frame = RESPONSES.frame(pd.DataFrame(rows, columns=RESPONSES.names()))
    return Answered(
        _with_shared_words(frame) if len(surveys) > 1 else frame,
        tuple(questions.values()),
        tuple(dict.fromkeys(matches)),
        tuple(dict.fromkeys(doubtful)),
        tuple(problems),
    )


def _with_shared_questions(survey: Survey, known: Mapping[str, Question]) -> Survey:
    """A question already asked by another file keeps its id; another of that id gets its own."""
    asked = []
    taken = set(known)
    for one in survey.asked:
        identity, number = one.question.id, 2
        while identity in taken and not _same(known.get(identity), one.question):
            identity, number = f"{one.question.id}-{number}", number + 1
        taken.add(identity)
        asked.append(replace(one, question=replace(one.question, id=identity)))
    return replace(survey, asked=tuple(asked))


def _with_shared_words(responses: pd.DataFrame) -> pd.DataFrame:
    """Words grouped again over all the files, so that each group has one written form."""
    said = responses["role"].eq("word_association")
    together = group_words(responses.loc[said, "answer"])
    return responses.assign(answer=responses["answer"].where(~said, together))


def _same(first: Question | None, second: Question) -> bool:
    """The same words, rows and number of levels: answers can be counted together."""
    return first is not None and (
        (fold(first.wording), first.items, len(first.scale))
        == (fold(second.wording), second.items, len(second.scale))
    )


def _in_the_words_of(questions: Mapping[str, Question], row: dict[str, Any]) -> dict[str, Any]:
    """An answer on a scale that another file labels, under the labels of that file."""
    known, level = questions.get(row["question"]), row.get("level")
    return row | {"answer": known.scale[level - 1]} if known and level else row


def approved_remarks(responses: pd.DataFrame | None, decisions: Decisions) -> tuple[Remark, ...]:
    """The remarks a human approved, word for word, in the order they were written."""
    approved = decisions.answers("remark")
    if responses is None or not approved:
        return ()
    said = responses[responses["role"].isin(REMARK_ROLES) & responses["answer"].notna()]
    return tuple(
        Remark(text=approved[text], theme=theme, question=role)
        for text, theme, role in dict.fromkeys(
            (str(text), "" if pd.isna(theme) else str(theme), str(role))
            for text, theme, role in zip(said["answer"], said["theme"], said["role"], strict=True)
        )
        if text in approved
    )
