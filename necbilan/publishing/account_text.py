"""The account of a folder for a reader: what ``necbilan check`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.words.language import language as words_of
from necbilan.words.retelling import problem_place, retold

if TYPE_CHECKING:
    from necbilan.model import Problem
    from necbilan.sources.account import Account, ColumnAccount, FileAccount
    from necbilan.words.language import Language

__all__ = ["account_text"]

SEVERITIES = ("blocks", "ask", "note")
WIDEST_HEADING = 50
"""characters of a column's heading that are shown"""


def account_text(account: Account, language: str = "fr") -> str:
    """Files and columns as they were understood, then problems, then what awaits an answer.

    Raises UsageError for an unknown language.
    """
    tongue = words_of(language)
    parts = [account.event, *(_file(file, tongue) for file in account.files)]
    parts += [_totals(account, tongue)]
    parts += [_problems(account, severity, tongue) for severity in SEVERITIES]
    parts += [_waiting(account, tongue)]
    return "\n\n".join(part for part in parts if part)


def _file(file: FileAccount, tongue: Language) -> str:
    sheet = tongue.say("problem.sheet", sheet=file.sheet) if file.sheet else ""
    head = tongue.say(
        "check.file",
        name=", ".join(part for part in (file.file, sheet) if part),
        kind=retold(file.kind, tongue),
        tool=retold(file.tool, tongue),
        how=", ".join(part for part in (file.format, file.encoding) if part),
        rows=", ".join(map(str, file.header_rows)),
    )
    counted = {"lines": file.lines, "kept": file.kept}
    lines = ", ".join(tongue.say(f"check.{name}", count=n, n=n) for name, n in counted.items())
    left = ", ".join(f"{retold(reason, tongue)} ({count})" for reason, count in file.dropped)
    aside = tongue.say("check.aside", left=left) if left else ""
    width = min(max((len(column.heading) for column in file.columns), default=0), WIDEST_HEADING)
    table = (_column(column, width, tongue) for column in file.columns)
    return "\n".join([head, f"  {lines}{aside}", *table])


def _column(column: ColumnAccount, width: int, tongue: Language) -> str:
    sure = tongue.percent(column.confidence)
    why = f"{sure}, {retold(column.reason, tongue)}" if column.reason else sure
    becomes = retold(column.becomes, tongue)
    return f"  {column.column:>3}  {_cut(column.heading, width):<{width}}  → {becomes}  ({why})"


def _cut(text: str, width: int) -> str:
    """Long headings lose their middle: the row of a grid stands at their end."""
    if len(text) <= width:
        return text
    head = (width - 1) // 2
    return f"{text[:head]}…{text[head + 1 - width :]}"


def _totals(account: Account, tongue: Language) -> str:
    counted = {"people": account.people, "present": account.present, "answers": account.answers}
    said = [
        tongue.say(f"check.{name}", count=count, n=count)
        for name, count in counted.items()
        if count is not None
    ]
    return f"{', '.join(said)}." if said else ""


def _problems(account: Account, severity: str, tongue: Language) -> str:
    """The problems of a severity, those of the same remedy together."""
    by_remedy: dict[str, list[Problem]] = {}
    for problem in account.problems:
        if problem.severity == severity:
            by_remedy.setdefault(problem.remedy, []).append(problem)
    if not by_remedy:
        return ""
    lines = [tongue.say(f"check.severity.{severity}")]
    for remedy, problems in by_remedy.items():
        lines += [f"  - {_found(problem, tongue)}" for problem in problems]
        lines += [f"    → {retold(remedy, tongue)}"] if remedy else []
    return "\n".join(lines)


def _found(problem: Problem, tongue: Language) -> str:
    where, found = problem_place(problem, tongue), retold(problem.found, tongue)
    return tongue.say("check.at", where=where, found=found) if where else found


def _waiting(account: Account, tongue: Language) -> str:
    if not account.waiting:
        return ""
    kinds = [
        tongue.say(f"check.kind.{kind}", count=count, n=count)
        for kind, count in account.waiting.items()
    ]
    added = tongue.say("check.added", count=account.added, n=account.added) if account.added else ""
    return tongue.say("check.waiting", kinds=", ".join(kinds), added=added)
