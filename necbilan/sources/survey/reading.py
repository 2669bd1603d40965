"""One survey file → its questions and its answers, one row an answer.

Only finished submissions count: drafts, partial answers and empty lines are told.  What
would tell who answered (e-mail, structure, postal code) is left out here; free text is
scrubbed by ``answers`` before it enters a frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.model import Problem
from necbilan.sources.cells import days, is_blank
from necbilan.sources.folding import fold
from necbilan.sources.headings.columns import MappedColumn, map_columns
from necbilan.sources.headings.submissions import UNFINISHED, submitted_on, unfinished
from necbilan.sources.headings.tools import is_named, is_shortened
from necbilan.sources.survey.groups import spread_groups
from necbilan.sources.survey.questions import find_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    import pandas as pd

    from necbilan.model import Question
    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.survey.asked import Asked
    from necbilan.sources.workbook import Reading

__all__ = ["Survey", "read_survey"]

FEWEST_WORDS = 4
"""words from which a heading without a question mark may ask something"""

_CODES = r"A?O?\d{1,2}|A\d{1,3}"
_HEADING_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\[\w+\])*")
_GUARDED = r"^'(?=[=+\-@])"
"""the apostrophe that pretix and SurveyJS put before what a spreadsheet would run"""
_SILENT = "aucune réponse"
_SUBMISSION = frozenset({"details de la soumission", "submission details"})


@dataclass(frozen=True, repr=False)
class Survey:
    """``text`` holds the submissions that count, as written; ``numbers`` their lines.

    ``technical`` are the columns that ask nothing; ``dropped`` counts lines by reason.
    """

    asked: tuple[Asked, ...]
    text: pd.DataFrame
    numbers: tuple[int, ...]
    submitted: tuple[datetime | None, ...]
    technical: tuple[MappedColumn, ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


def read_survey(
    reading: Reading,
    columns: Sequence[Heading],
    *,
    tool: Tool | None,
    roles: Mapping[str, str],
    scales: Mapping[str, str],
    file: str,
) -> Survey:
    """The questions of a survey and the submissions that count; its problems name no file."""
    columns = spread_groups(columns, reading.text)
    mapped = map_columns(columns, reading.text, kind="survey", tool=tool)
    details = _submission_details(reading, mapped, tool)
    mapped = tuple(
        _told(column, tool)
        for column in mapped
        if column.heading.position in details or _is_technical(column, tool)
    )
    apart = {column.heading.position for column in mapped}
    asking = [heading for heading in columns if heading.position not in apart]
    kept, dropped = _finished(reading.text, columns, asking, tool)
    text = _as_answered(reading.text.iloc[kept].reset_index(drop=True), tool)
    little = _says_little(asking, tool)
    asked = find_questions(
        asking, text, tool=tool, roles=roles, scales=scales, file=file, coded=bool(little)
    )
    others = [column.heading.position for column in mapped if column.field == "submitted"]
    dates = submitted_on(text, columns, tool, others)
    problems = [*_doubts(asked), *_codes(asked, tool)]
    if little:
        problems.append(_heading_codes(little, asking[0].leaf, tool))
    if asking and len(reading.text) and not kept:
        problems.append(_nobody_finished(dropped))
    elif not little and not any(one.kept and _asks(one.question) for one in asked):
        answered = tool is not None and any(one.kept for one in asked)
        problems.append(_no_role() if answered else _no_question())
    return Survey(
        asked=asked,
        text=text,
        numbers=tuple(reading.account.row_numbers[row] for row in kept),
        submitted=tuple(dates),
        technical=mapped,
        problems=tuple(problems),
        dropped=tuple((reason, count) for reason, count in dropped.items() if count),
    )


def _as_answered(text: pd.DataFrame, tool: Tool | None) -> pd.DataFrame:
    """The answers without what their tool made of them."""
    text = text.replace(_GUARDED, "", regex=True)
    if tool is not None and tool.not_shown:
        text = text.replace(list(tool.not_shown), "")
    if tool is not None and tool.underscores:
        text = text.apply(lambda cells: cells.str.replace("_", " ", regex=False))
    if tool is not None and tool.other:
        text = text.replace(rf"(?<![^,]){re.escape(tool.other)}(?![^,])", "Autre", regex=True)
    return text


def _is_technical(column: MappedColumn, tool: Tool | None) -> bool:
    if fold(column.heading.group) in _SUBMISSION:
        return True
    return bool(column.field) or (tool is not None and is_named(column.heading.leaf, tool.meta))


def _submission_details(
    reading: Reading, columns: Sequence[MappedColumn], tool: Tool | None
) -> frozenset[int]:
    """The positions of what Drupal says of a submission, whatever their names in French.

    The group «Détails de la soumission» stands over its first column only, or alone on its
    line; its columns come first, and those of no known name hold days, or nothing.
    """
    groups = [column.heading.group for column in columns]
    if not any(fold(text) in _SUBMISSION for text in (*groups, *reading.origin.preamble)):
        return frozenset()
    known = [c.heading.position for c in columns if _is_technical(c, tool)]
    return frozenset(
        position
        for column in columns
        if (position := column.heading.position) < max(known, default=0)
        and None not in days([cell for cell in reading.text.iloc[:, position] if cell.strip()])
    )


def _told(column: MappedColumn, tool: Tool | None) -> MappedColumn:
    """A technical column that only its tool knows, said as such."""
    if column.field:
        return column
    reason = f"intitulé de l’outil {tool.label}" if tool else "détail de l’envoi"
    return replace(column, label="colonne technique", confidence=1.0, reason=reason)


def _finished(
    text: pd.DataFrame,
    columns: Sequence[Heading],
    asking: Sequence[Heading],
    tool: Tool | None,
) -> tuple[list[int], dict[str, int]]:
    """Rows that count, and how many lines do not, by reason."""
    answers = text.iloc[:, [heading.position for heading in asking]].to_numpy().tolist()
    reasons = [
        UNFINISHED if left else _SILENT if all(map(is_blank, cells)) else ""
        for left, cells in zip(unfinished(text, columns, tool), answers, strict=True)
    ]
    kept = [row for row, reason in enumerate(reasons) if not reason]
    return kept, {reason: reasons.count(reason) for reason in (UNFINISHED, _SILENT)}


def _doubts(asked: Sequence[Asked]) -> Iterator[Problem]:
    for question in asked:
        wording = question.question.wording
        if question.asks_scale:
            yield Problem(
                code="A_SCALE",
                found=f"l’échelle de la question « {wording} » n’est pas connue",
                expected="un ordre, du pire au meilleur",
                remedy="Répondez dans decisions.csv, à la ligne proposée par check.",
            )
        if question.doubt == "role":
            yield Problem(
                code="A_QUESTION",
                found=f"le sens de la question « {wording} » est supposé"
                if question.kept
                else f"la question libre « {wording} » n’a pas de rôle connu, ses réponses "
                "ne sont pas reprises",
                expected="une confirmation",
                remedy="Confirmez ou corrigez dans decisions.csv.",
            )


def _codes(asked: Sequence[Asked], tool: Tool | None) -> Iterator[Problem]:
    """LimeSurvey can export answer codes (A1, AO01): no report can be made of them."""
    if tool is None or not tool.answer_codes:
        return
    for question in asked:
        if question.labels and all(_is_code(label) for label in question.labels):
            yield Problem(
                code="E_ANSWER_CODES",
                found="les réponses sont des codes (A1, AO01…), par exemple à "
                f"« {question.question.wording} »",
                expected="les libellés des réponses",
                remedy=tool.remedy,
            )
            return


def _says_little(asking: Sequence[Heading], tool: Tool | None) -> str:
    """ "codes" (SAT, G01Q03[SQ001]) or "abrégés" («Quelle est votre..»), "" when in full."""
    if tool is None or not tool.answer_codes or not asking:
        return ""
    if sum(is_shortened(heading.leaf) for heading in asking) > len(asking) / 2:
        return "abrégés"
    return "codes" if all(_HEADING_CODE.fullmatch(heading.leaf) for heading in asking) else ""


def _heading_codes(little: str, leaf: str, tool: Tool | None) -> Problem:
    return Problem(
        code="A_HEADING_CODES",
        found=f"les intitulés sont {'des codes' if little == 'codes' else 'abrégés'} "
        f"(« {leaf} »…) : le sens des questions est supposé ou demandé",
        expected="le texte des questions",
        remedy=f"{tool.remedy if tool else ''} Sinon, dites le rôle de chaque question dans "
        "decisions.csv.".strip(),
    )


def _is_code(label: str) -> bool:
    return re.fullmatch(_CODES, label) is not None and not label.isdigit()


def _asks(question: Question) -> bool:
    """A known role, or the wording of a question: a question mark, or some words of it."""
    wording = question.wording
    return question.role != "other" or "?" in wording or len(wording.split()) >= FEWEST_WORDS


def _nobody_finished(dropped: Mapping[str, int]) -> Problem:
    why = ", ".join(f"{reason} ({count})" for reason, count in dropped.items() if count)
    return Problem(
        code="E_NO_ANSWER",
        found=f"aucune ligne n’est une réponse achevée : {why}",
        expected="au moins une réponse envoyée",
        remedy="Refaites l’export avec les réponses achevées, ou retirez ce fichier.",
    )


def _no_role() -> Problem:
    return Problem(
        code="A_NO_ROLE",
        found="aucune question de ce questionnaire n’a de rôle connu : ses réponses ne paraîtront "
        "pas dans le bilan",
        expected="au moins une question sur la journée : satisfaction, activités, mots, remarques",
        remedy="Vérifiez que le fichier est bien l’export des réponses, ou dites le rôle d’une "
        "question dans decisions.csv.",
    )


def _no_question() -> Problem:
    return Problem(
        code="E_NO_QUESTION",
        found="aucune question n’a été reconnue dans ce questionnaire",
        expected="au moins une question sur la journée : satisfaction, activités, mots, remarques",
        remedy="Vérifiez que le fichier est bien l’export des réponses, avec ses intitulés, ou "
        "dites le rôle d’une question dans decisions.csv.",
    )
