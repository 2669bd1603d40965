"""What a question asks, from its wording and the kind of its answers (vocabulary/roles.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.cells import yes_no
from necbilan.sources.folding import fold, fold_heading, fold_label
from necbilan.sources.survey.scales import asks_for_judgement, is_no_opinion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.survey.asked import Asked, Form, Kind

__all__ = [
    "asks_of_the_whole",
    "likely_role",
    "one_a_role",
    "role_label",
    "with_role",
    "with_unknown_scale",
]

SURE, LIKELY, DOUBTFUL = 1.0, 0.9, 0.5
_TEXT_ROLES = frozenset({"word_association", "improvement", "free_comment", "next_topics"})
_ONCE = frozenset({"overall_satisfaction", "nps"})
_RATED_ALONE = frozenset({"overall_satisfaction", "recommendation", "usefulness", "return_intent"})
"""roles that a choice of one may have, and that only an ordered scale can tell"""
_MOST_LEVELS = 11
_LONGEST = 1000
_OF_THE_WHOLE = frozenset({"overall_satisfaction", "nps", "recommendation", "return_intent"})
_CUT = re.compile(r"\.\.$")
_HINTS = re.compile(r"^sur (?:une echelle )?(?:de )?\d+ (?:a \d+)?\s*,?\s*|[,:]?\s*(?:sur|/) ?\d+$")
"""where the notes run from and to, before or after what is asked"""
_ENOUGH_LETTERS = 5
"""letters of a word that a shortened heading must still show for the word to be guessed"""


@dataclass(frozen=True)
class _Role:
    id: str
    label: str
    contains: tuple[str, ...]
    alone: frozenset[str]
    together: tuple[tuple[str, ...], ...]
    of_a_part: tuple[str, ...]
    weak: tuple[str, ...]
    excluded: tuple[str, ...]
    kinds: frozenset[str]
    kept: bool
    longest: int
    codes: tuple[str, ...]
    options: tuple[str, ...]


@cache
def _roles() -> tuple[_Role, ...]:
    return tuple(
        _Role(
            id=role,
            label=said["label"],
            contains=tuple(fold(text) for text in said.get("contains", ())),
            alone=frozenset(fold_label(text) for text in said.get("alone", ())),
            together=tuple(tuple(map(fold, parts)) for parts in said.get("together", ())),
            of_a_part=tuple(fold(text) for text in said.get("of_a_part", ())),
            weak=tuple(fold(text) for text in said.get("weak", ())),
            excluded=tuple(fold(text) for text in said.get("not", ())),
            kinds=frozenset(said["kinds"]),
            kept=said.get("kept", True),
            longest=said.get("longest", _LONGEST),
            codes=tuple(said.get("codes", ())),
            options=tuple(fold(text) for text in said.get("options", ())),
        )
        for role, said in vocabulary.read("roles").items()
    )


def role_label(role: str) -> str:
    """The role in French; «autre question» when it has none."""
    return next((known.label for known in _roles() if known.id == role), "autre question")


def asks_of_the_whole(wording: str) -> bool:
    """A wording about the day as a whole: satisfaction, recommendation, coming back."""
    said = fold(wording)
    return any(
        _joins(role, said) or any(part in said for part in role.contains)
        for role in _roles()
        if role.id in _OF_THE_WHOLE
    )


def likely_role(asked: Asked) -> str:
    """The role that a human is offered for a question whose words say nothing."""
    if asked.question.role != "other":
        return asked.question.role
    kinds = {
        "scale": "overall_satisfaction",
        "number": "overall_satisfaction",
        "multi": "attended_activities",
        "single": "profile",
        "text": "free_comment",
    }
    return "activity_rating" if asked.form == "grid" else kinds[asked.question.kind]


def with_role(asked: Asked, decided: Mapping[str, str], *, coded: bool) -> Asked:
    """The question with its role; ``coded`` when headings are codes or were cut short."""
    wording = asked.question.wording
    if wording in decided:
        wanted = fold(decided[wording])
        named = next((r for r in _roles() if wanted in (fold(r.id), fold(r.label))), None)
        return _in_role(asked, named, SURE, "décidé dans decisions.csv")
    if asked.doubt == "rank":
        return replace(asked, doubt="", confidence=LIKELY)
    if asked.doubt == "untold":
        return _untold(asked)
    said = fold(wording).replace("_", " ")
    fitting = [
        role
        for role in _roles()
        if _kind_fits(role, asked) and not any(part in said for part in role.excluded)
    ]
    bare = fold_label(_HINTS.sub("", fold_heading(wording)))
    strong = next((r for r in fitting if bare in r.alone), None)
    strong = strong or next((r for r in fitting if any(p in said for p in r.contains)), None)
    strong = strong or next((r for r in fitting if _joins(r, said)), None)
    both = all(
        any(part in said for part in role.contains)
        for role in _roles()
        if role.id in ("liked_most", "liked_least")
    )
    if both or _asks_both(said):
        comment = _role_of("free_comment")
        return _in_role(asked, comment, LIKELY, "le plus et le moins apprécié ensemble")
    if strong is not None:
        return _in_role(asked, strong, LIKELY, "mots de la question")
    if coded:
        return _from_code(asked, said, fitting)
    weak = next((r for r in fitting if any(part in said for part in r.weak)), None)
    if weak is not None:
        return _doubtful(asked, weak, "un mot de la question le suggère")
    if asked.form == "grid" and asked.question.kind == "scale":
        return _in_role(asked, _role_of("activity_rating"), LIKELY, "une grille de notes")
    if asked.question.kind == "text" and asked.doubt != "unanswered":
        return replace(
            asked, reason="question libre sans rôle reconnu, laissée", doubt="role", kept=False
        )
    return replace(asked, reason="aucun rôle reconnu")


def with_unknown_scale(asked: Asked) -> Asked:
    """A judgement answered by words of no known scale: its scale must be asked.

    «Carrément, plutôt, bof» says little by itself; what nobody knows how to order is never
    left out unsaid.  Answers by yes or no are no scale.
    """
    question = asked.question
    opinions = [label for label in asked.labels if not is_no_opinion(label)]
    if (
        question.kind != "single"
        or asked.form != "cell"
        or asked.doubt
        or not asked.kept
        or not 2 <= len(opinions) <= _MOST_LEVELS
        or all(yes_no(label) is not None for label in opinions)
    ):
        return asked
    if question.role in _RATED_ALONE:
        return replace(asked, doubt="scale")
    if question.role != "other" or not asks_for_judgement(question.wording):
        return asked
    rated = replace(asked, question=replace(question, kind="scale"))
    said = fold(question.wording).replace("_", " ")
    role = next((r for r in _roles() if _kind_fits(r, rated) and _says(r, said)), None)
    found = _in_role(asked, role, LIKELY, "mots de la question") if role else asked
    return replace(found, doubt="scale")


def _says(role: _Role, said: str) -> bool:
    return any(part in said for part in role.contains) and not any(
        part in said for part in role.excluded
    )


def _joins(role: _Role, said: str) -> bool:
    """Whether a wording holds one part of each list, and speaks of nothing narrower."""
    return (
        bool(role.together)
        and all(any(part in said for part in parts) for parts in role.together)
        and not any(part in said for part in role.of_a_part)
    )


def _role_of(identity: str) -> _Role:
    return next(role for role in _roles() if role.id == identity)


def _doubtful(asked: Asked, role: _Role, reason: str) -> Asked:
    """In a role that must be confirmed."""
    return replace(_in_role(asked, role, DOUBTFUL, reason), doubt=asked.doubt or "role")


def _untold(asked: Asked) -> Asked:
    """Options without their question: they may tell what it was about."""
    options = " ".join(fold(item) for item in asked.items)
    plain = replace(asked, doubt="")
    for role in _roles():
        if any(word in options for word in role.options):
            return _doubtful(plain, role, "les options le suggèrent, la question n’est pas écrite")
    return replace(asked, reason="options dont la question n’est pas écrite", doubt="role")


def _from_code(asked: Asked, said: str, fitting: Sequence[_Role]) -> Asked:
    """The role that a code (NPS, AMEL) or the end of a cut heading («globa..») suggests."""
    plain = replace(asked, doubt="" if asked.doubt == "role" else asked.doubt)
    letters = re.sub(r"[^a-z].*", "", said)
    for role in fitting:
        if any(letters.startswith(code) for code in role.codes):
            return _doubtful(plain, role, "le code de la question le suggère")
        if any(_cut_short(said, part) for part in role.contains):
            return _doubtful(plain, role, "le début de la question le suggère")
    kept = asked.question.kind != "text"
    return replace(asked, reason="intitulé trop court pour un rôle", doubt="role", kept=kept)


def _cut_short(said: str, part: str) -> bool:
    """Whether a heading that was cut ends with the beginning of ``part``.

    >>> _cut_short("etes-vous globa..", "globalement")
    True
    """
    if not _CUT.search(said):
        return False
    start = said.rstrip(". ")
    return any(
        start.endswith(part[:size]) and not start[:-size][-1:].isalpha()
        for size in range(_ENOUGH_LETTERS, len(part))
    )


def _asks_both(said: str) -> bool:
    return "le plus et le moins" in said or "le moins et le plus" in said


def _kind_fits(role: _Role, asked: Asked) -> bool:
    kind = asked.question.kind
    if asked.doubt == "unanswered":
        return True
    if len(fold(asked.question.wording)) > role.longest:
        return False
    if role.id in _ONCE and asked.form == "grid":
        return False
    if role.id == "nps":
        return kind == "number" or (kind == "scale" and len(asked.question.scale) == 11)
    if role.id in _TEXT_ROLES:
        return kind != "scale" and asked.form != "ticks"
    return kind in role.kinds


def _in_role(asked: Asked, role: _Role | None, confidence: float, reason: str) -> Asked:
    told = replace(asked, confidence=confidence, reason=reason)
    if role is None:
        return replace(told, doubt="", kept=asked.question.kind != "text")
    in_words = role.id in _TEXT_ROLES
    kind: Kind = "text" if in_words else asked.question.kind
    form: Form = "cell" if in_words and asked.form == "choices" else asked.form
    certain = in_words or role.id == "home" or not role.kept
    return replace(
        told,
        question=replace(asked.question, role=role.id, kind=kind),
        form=form,
        doubt="" if certain else asked.doubt,
        kept=role.kept,
    )


def one_a_role(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """A role that a report shows once goes to the surest question; the others keep "other"."""
    best: dict[str, Asked] = {}
    for question in asked:
        role = question.question.role
        if role in _ONCE and (role not in best or question.confidence > best[role].confidence):
            best[role] = question
    return tuple(
        question
        if question.question.role not in _ONCE or best[question.question.role] is question
        else replace(
            question,
            question=replace(question.question, role="other"),
            reason="une autre question tient ce rôle",
            doubt="",
        )
        for question in asked
    )
