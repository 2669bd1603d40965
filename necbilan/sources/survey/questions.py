"""Headings and answers → questions: what is asked, in which columns, on which scale.

Columns are first put together (a grid «Question [Ligne]», one column an option, a group
row above, a summary beside its ticks), then each question gets its kind from all its
answers, then its role from its wording and its kind.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.model import Question
from necbilan.sources.cells import is_blank
from necbilan.sources.folding import fold, fold_heading
from necbilan.sources.survey import choices
from necbilan.sources.survey.asked import Asked
from necbilan.sources.survey.roles import one_a_role, with_role, with_unknown_scale
from necbilan.sources.survey.scales import Scale, decided_scale, looks_numeric, recognise_scale
from necbilan.sources.survey.wordings import Part, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from necbilan.sources.headings.heading import Heading
    from necbilan.sources.headings.tools import Tool
    from necbilan.sources.survey.asked import Form, Kind

__all__ = ["find_questions"]

_RANKED = "classement\u00a0: une ligne par rang"

_SAME_OPTIONS = 0.8
"""share of the answers that are another question's options, for this one to be closed"""
_RANK = re.compile(r"(?:rang|rank|choix|choice|position)?\s*n?°?\s*(\d{1,2})")
_RANKING = re.compile(r"\b(?:classe[rz]|ordonne[rz]|hierarchise[rz]|par ordre de|rank)\b")
_FEWEST_LEVELS = 3
_ONCE_EACH = 0.9
"""share of the respondents who ticked one column only, for the columns to be levels"""
_SHORT = 60
"""characters under which an answer that recurs is an option, not a remark"""


@dataclass(frozen=True, repr=False)
class _Answers:
    """The answers as written, and what is known of the file they stand in."""

    text: pd.DataFrame
    separator: str
    scales: Mapping[str, str]
    file: str

    def of(self, columns: Sequence[int]) -> list[str]:
        return [str(cell).strip() for column in columns for cell in self.text.iloc[:, column]]

    def refused(self, wording: str) -> bool:
        """Whether a human said that these answers are no scale."""
        return fold(self.scales.get(wording, "")) in ("aucun", "aucune", "none")

    def scale(self, wording: str, answers: Sequence[str]) -> tuple[Scale | None, str]:
        """The scale, and "scale" when it must be asked."""
        if self.refused(wording):
            return None, ""
        if (decided := decided_scale(self.scales.get(wording, ""), answers)) is not None:
            return decided, ""
        scale = recognise_scale(answers, wording)
        return scale, "" if scale is None or scale.sure else "scale"


def find_questions(
    columns: Sequence[Heading],
    text: pd.DataFrame,
    *,
    tool: Tool | None = None,
    roles: Mapping[str, str] | None = None,
    scales: Mapping[str, str] | None = None,
    file: str = "",
    coded: bool = False,
) -> tuple[Asked, ...]:
    """The questions among ``columns`` (technical ones left out), in order.

    ``text`` holds the answers as written, of the submissions that count; without a single
    one, roles are told by the wordings alone.  ``roles`` maps a wording to a decided role,
    ``scales`` to a decided scale.  ``coded``: headings are codes, or cut after some letters.
    """
    answers = _Answers(text, tool.choices if tool else "", scales or {}, file)
    stems: dict[str, list[Part]] = {}
    for part in parts_of(columns, text):
        stems.setdefault(part.stem, []).append(part)
    shaped = [found for together in stems.values() for found in _questions(together, answers)]
    options = {label for one in shaped if one.question.kind == "single" for label in one.labels}
    asked: list[Asked] = []
    taken: set[str] = set()
    for shape in shaped:
        found = with_role(_with_known_options(shape, options), roles or {}, coded=coded)
        identity = _identity(found.question.wording, taken)
        taken.add(identity)
        asked.append(replace(found, question=replace(found.question, id=identity)))
    sorted_out = one_a_role([_with_sisters(question, asked) for question in asked])
    return tuple(
        one if answers.refused(one.question.wording) else with_unknown_scale(one)
        for one in sorted_out
    )


def _with_known_options(asked: Asked, options: set[str]) -> Asked:
    """A column of few answers is closed too when they are those of another closed question."""
    known = sum(label in options for label in asked.labels)
    if asked.question.kind != "text" or not known or known < _SAME_OPTIONS * len(asked.labels):
        return asked
    return replace(asked, question=replace(asked.question, kind="single"))


def _with_sisters(question: Asked, asked: Sequence[Asked]) -> Asked:
    """The scale again, from the labels of all the questions answered with the same ones.

    A column where nobody was dissatisfied does not show how many levels it has.
    """
    scale = question.scale
    if scale is None:
        return question
    whole = set(scale.ranks.values()) == set(range(1, len(scale.labels) + 1))
    if whole and not scale.cut:
        return question
    if scale.id == "decided" or scale.id.startswith("numbers"):
        return question
    labels = list(question.labels)
    for other in asked:
        shared = other.scale is not None and scale.ranks.keys() & other.scale.ranks.keys()
        labels += other.labels if shared else ()
    pooled = recognise_scale(list(dict.fromkeys(labels)))
    if pooled is None or not pooled.sure or not scale.ranks.keys() <= pooled.ranks.keys():
        return question
    return replace(
        question,
        scale=replace(pooled, no_opinion=scale.no_opinion),
        doubt="" if question.doubt == "scale" else question.doubt,
        question=replace(question.question, scale=pooled.labels, positive=pooled.positive),
    )


def _identity(wording: str, taken: set[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold_heading(wording)).strip("-")[:48].strip("-")
    slug = slug or "question"
    identity, number = slug, 2
    while identity in taken:
        identity, number = f"{slug}-{number}", number + 1
    return identity


def _questions(parts: Sequence[Part], answers: _Answers) -> list[Asked]:
    """The question of columns that share a stem: two when a column of that very name stands
    beside the rows of a grid."""
    options = [part for part in parts if part.item]
    plain = [part for part in parts if not part.item]
    if answers.text.empty:
        return [replace(_asked(parts, answers, form="cell", kind="text"), doubt="unanswered")]
    if options:
        ticks = {part: choices.ticks(answers.of([part.position]), part.item) for part in options}
        if any(ticked is not None for ticked in ticks.values()) and all(
            ticked is not None or not any(answers.of([part.position]))
            for part, ticked in ticks.items()
        ):
            untold = "untold" if options[0].untold else ""
            if not untold and (scale := _scale_ticked(options, ticks)) is not None:
                return [_asked(options, answers, form="levels", kind="scale", scale=scale)]
            return [_asked(options, answers, form="ticks", kind="multi", doubt=untold)]
    found = [_single(part, answers) for part in plain]
    if options and not (plain and _restates(plain[0], options, answers)):
        found.append(_grid(options, answers))
    return [one for one in found if one is not None]


def _scale_ticked(
    options: Sequence[Part], ticks: Mapping[Part, Sequence[bool | None] | None]
) -> Scale | None:
    """The scale of columns that are its levels, one ticked by each respondent.

    Paper questionnaires are typed so: a column for «Très satisfait», one for «Satisfait»…
    """
    columns = [ticked for part in options if (ticked := ticks[part]) is not None]
    chosen = [sum(bool(cell) for cell in row) for row in zip(*columns, strict=True)]
    once = sum(count == 1 for count in chosen)
    if len(options) < _FEWEST_LEVELS or once < _ONCE_EACH * sum(count > 0 for count in chosen):
        return None
    labels = [part.item for part in options]
    numbers = [int(label) for label in labels if re.fullmatch(r"\d{1,2}", label)]
    if len(numbers) == len(labels):
        low, high = min(numbers), max(numbers)
        if low > 1 or sorted(numbers) != list(range(low, high + 1)):
            return None
        return decided_scale(f"{low} à {high}", labels)
    scale = recognise_scale(labels)
    if scale is None or any(scale.shown(label) is None for label in labels):
        return None
    levels = {label: level for label in labels if (level := scale.level(label)) is not None}
    if len(set(levels.values())) < max(len(levels), _FEWEST_LEVELS):
        return None
    ordered = decided_scale(" < ".join(sorted(levels, key=levels.__getitem__)), labels)
    best = len(scale.labels) - scale.positive
    satisfied = sum(level > best for level in levels.values())
    return replace(ordered, id=scale.id, positive=satisfied) if ordered else None


def _restates(plain: Part, options: Sequence[Part], answers: _Answers) -> bool:
    """Whether a column sums up those of its options: theirs hold nothing of their own."""
    said = [cell for cell in answers.of([part.position for part in options]) if cell]
    return not said or set(said) <= set(answers.of([plain.position]))


def _asked(
    parts: Sequence[Part],
    answers: _Answers,
    *,
    form: Form,
    kind: Kind,
    scale: Scale | None = None,
    doubt: str = "",
) -> Asked:
    columns = tuple(part.position for part in parts)
    known = scale if doubt != "scale" else None
    question = Question(
        id="",
        wording=parts[0].wording,
        role="other",
        kind=kind,
        scale=known.labels if known else (),
        positive=known.positive if known else 0,
        no_opinion=tuple(scale.no_opinion.values()) if scale else (),
        items=tuple(part.item for part in parts) if form == "grid" else (),
        file=answers.file,
    )
    said = [] if form in ("ticks", "levels") else answers.of(columns)
    return Asked(
        question,
        columns=columns,
        items=tuple(part.item for part in parts),
        form=form,
        confidence=0.0,
        reason="",
        scale=scale,
        doubt=doubt,
        labels=tuple(dict.fromkeys(text for text in said if text)),
    )


def _grid(parts: Sequence[Part], answers: _Answers) -> Asked | None:
    """Rows that share one scale; labels are pooled over the rows."""
    said = [cell for cell in answers.of([part.position for part in parts]) if cell]
    if not said:
        return None
    ranks = [_RANK.fullmatch(fold(part.item)) for part in parts]
    if len(parts) > 1 and all(ranks) and _are_of_one_list(parts, answers):
        found = _asked(parts, answers, form="grid", kind="single", doubt="rank")
        return replace(found, items=tuple(rank[1] for rank in ranks if rank), reason=_RANKED)
    scale, doubt = answers.scale(parts[0].wording, said)
    if scale is None:
        unknown = "scale" if _recur(said) else ""
        return _asked(parts, answers, form="grid", kind="single", doubt=unknown)
    return _asked(parts, answers, form="grid", kind="scale", scale=scale, doubt=doubt)


def _are_of_one_list(parts: Sequence[Part], answers: _Answers) -> bool:
    """Whether the columns hold the same options, each at its rank: no notes, no free words."""
    columns = [{cell for cell in answers.of([part.position]) if cell} for part in parts]
    seen = Counter(label for labels in columns for label in labels)
    shared = sum(count > 1 for count in seen.values())
    return shared >= max(1, len(seen) / 2) and not looks_numeric(list(seen))


def _single(part: Part, answers: _Answers) -> Asked | None:
    said = [cell for cell in answers.of([part.position]) if cell]
    if not said:
        return None
    scale, doubt = answers.scale(part.wording, said)
    if scale is not None:
        return _asked([part], answers, form="cell", kind="scale", scale=scale, doubt=doubt)
    if looks_numeric(said):
        return _asked([part], answers, form="cell", kind="number", doubt="scale")
    ranked = choices.are_ranks(said, separator=answers.separator)
    if ranked or (_RANKING.search(fold(part.wording)) and choices.are_choices(said)):
        found = _asked([part], answers, form="ranks", kind="multi", doubt="rank")
        return replace(found, reason=_RANKED)
    if choices.are_choices(said) or _joined_by_tool(said, answers.separator):
        return _asked([part], answers, form="choices", kind="multi")
    return _asked([part], answers, form="cell", kind="single" if _recur(said) else "text")


def _joined_by_tool(said: Sequence[str], separator: str) -> bool:
    """Several options a cell in the tool's own way, options that recur."""
    if not separator:
        return False
    split = choices.split_choices(said, separator=separator)
    return any(len(cell) > 1 for cell in split) and _recur([o for cell in split for o in cell])


def _recur(answers: Sequence[str]) -> bool:
    """Options recur: few different answers, short, most of them given more than once."""
    filled = [text for text in answers if not is_blank(text)]
    if not filled:
        return False
    counts = Counter(filled)
    if not any(sign.isalnum() for text in counts for sign in text):  # smileys
        return True
    recurring = sum(count for count in counts.values() if count > 1)
    return (
        recurring >= 0.6 * len(filled)
        and len(counts) <= max(4, len(filled) / 2)
        and max(map(len, counts)) <= _SHORT
    ) or (len(filled) <= 4 and len(counts) <= 2 and max(map(len, counts)) <= _SHORT / 2)
