"""The answers of all the surveys of an event as RESPONSES, and what a human approved of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.model import Question, Remark
from necbilan.sources.folding import fold
from necbilan.sources.free_text.activities import match_activities
from necbilan.sources.free_text.french_words import lemma_of, listed, words_of
from necbilan.sources.free_text.word_groups import group_words
from necbilan.sources.survey.answers import REMARK_ROLES, answer_rows
from necbilan.sources.survey.found import Context
from necbilan.sources.survey.pooling import on_pooled_scales, pooled_scales
from necbilan.tables import RESPONSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from necbilan.model import Problem
    from necbilan.sources.decisions import Decisions
    from necbilan.sources.gathered import Gathered
    from necbilan.sources.survey.reading import Survey

__all__ = ["Answered", "approved_remarks", "survey_responses"]

OVERALL, PER_ACTIVITY = "overall_satisfaction", "activity_rating"
_ABOUT_ONE = frozenset({"activity_rating", "other"})
"""roles of a question of its own that may be about one activity"""


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
    pooled = pooled_scales([file.survey for file in surveys if file.survey])
    decisions = gathered.decisions
    context = Context(
        scrubbed=scrubbed,
        titles=titles,
        spellings=decisions.answers("typing_error"),
        activities=decisions.answers("activity"),
        themes=decisions.answers("theme"),
        profiles=decisions.answers("profile"),
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
        named, sure = _with_titles(on_pooled_scales(file.survey, pooled), titles)
        matches += sure
        survey = _with_shared_questions(named, questions)
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


def _with_titles(
    survey: Survey, titles: Sequence[str]
) -> tuple[Survey, list[tuple[str, str, str]]]:
    """What a grid rates, under the title of the programme that it surely names.

    A question of its own about one activity («Qu’avez-vous pensé de l’atelier Cartes ?»)
    becomes the row of a grid too.  Also the matches, when the words differ.
    """
    matches: list[tuple[str, str, str]] = []
    asked = []
    for one in survey.asked:
        alone = one.form != "grid"
        rated = one.question.role in _ABOUT_ONE if alone else one.question.role != OVERALL
        if one.scale is None or one.doubt or not rated:
            asked.append(one)
            continue
        labels = (one.question.wording,) if alone else one.items
        sure = _sure_titles(labels, titles)
        items = tuple(sure[label][0] if label in sure else label for label in labels)
        if len(set(items)) < len(items) or (alone and not sure):
            asked.append(one)
            continue
        matches += [
            (label, title, reason)
            for label, (title, reason) in sure.items()
            if fold(label) != fold(title)
        ]
        role = _rating_role(one.question, labels, named=len(sure))
        question = replace(one.question, items=items, role=role)
        asked.append(replace(one, items=items, form="grid", question=question))
    return replace(survey, asked=tuple(asked)), matches


def _rating_role(question: Question, labels: Sequence[str], *, named: int) -> str:
    """Whether a grid rates activities: half of its rows are titles, or its words say so.

    «Êtes-vous satisfait de [Accueil] [Lieu] [Durée]» rates the day, not its activities.
    """
    if named and 2 * named >= len(labels):
        return PER_ACTIVITY
    if question.role != PER_ACTIVITY:
        return question.role
    said = {fold(lemma_of(word)) for word in words_of(f"{question.wording} {' '.join(labels)}")}
    return PER_ACTIVITY if said & listed("kinds") else "other"


def _sure_titles(labels: Sequence[str], titles: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Label → the one title that it surely names, and why."""
    found = match_activities(pd.Series(labels, dtype="string"), titles)
    sure = found[found["status"].eq("sure")]
    once = sure[~sure["answer"].duplicated(keep=False)]
    return {
        str(label): (str(title), str(reason))
        for label, title, reason in once[["answer", "activity", "reason"]].itertuples(index=False)
    }


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
