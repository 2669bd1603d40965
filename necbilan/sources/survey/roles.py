"""What a question asks, from its wording and the kind of its answers (vocabulary/roles.toml)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.survey.asked import Asked, Form, Kind

__all__ = ["one_a_role", "role_label", "with_role"]

SURE, LIKELY, DOUBTFUL = 1.0, 0.9, 0.5
_TEXT_ROLES = frozenset({"word_association", "improvement", "free_comment", "next_topics"})
_ONCE = frozenset({"overall_satisfaction", "nps"})
_LONGEST = 1000


@dataclass(frozen=True)
class _Role:
    id: str
    label: str
    contains: tuple[str, ...]
    weak: tuple[str, ...]
    excluded: tuple[str, ...]
    kinds: frozenset[str]
    kept: bool
    longest: int


@cache
def _roles() -> tuple[_Role, ...]:
    return tuple(
        _Role(
            id=role,
            label=said["label"],
            contains=tuple(fold(text) for text in said.get("contains", ())),
            weak=tuple(fold(text) for text in said.get("weak", ())),
            excluded=tuple(fold(text) for text in said.get("not", ())),
            kinds=frozenset(said["kinds"]),
            kept=said.get("kept", True),
            longest=said.get("longest", _LONGEST),
        )
        for role, said in vocabulary.read("roles").items()
    )


def role_label(role: str) -> str:
    """The role in French; «autre question» when it has none."""
    return next((known.label for known in _roles() if known.id == role), "autre question")


def with_role(asked: Asked, decided: Mapping[str, str]) -> Asked:
    if asked.doubt == "rank":
        return asked
    wording = asked.question.wording
    if wording in decided:
        wanted = fold(decided[wording])
        named = next((r for r in _roles() if wanted in (fold(r.id), fold(r.label))), None)
        return _in_role(asked, named, SURE, "décidé dans decisions.csv")
    said = fold(wording).replace("_", " ")
    fitting = [
        role
        for role in _roles()
        if _kind_fits(role, asked) and not any(part in said for part in role.excluded)
    ]
    strong = next((r for r in fitting if any(part in said for part in r.contains)), None)
    both = all(
        any(part in said for part in role.contains)
        for role in _roles()
        if role.id in ("liked_most", "liked_least")
    )
    if both or _asks_both(said):
        comment = next(role for role in _roles() if role.id == "free_comment")
        return _in_role(asked, comment, LIKELY, "le plus et le moins apprécié ensemble")
    if strong is not None:
        return _in_role(asked, strong, LIKELY, "mots de la question")
    weak = next((r for r in fitting if any(part in said for part in r.weak)), None)
    if weak is not None:
        return replace(
            _in_role(asked, weak, DOUBTFUL, "un mot de la question le suggère"),
            doubt=asked.doubt or "role",
        )
    if asked.form == "grid" and asked.question.kind == "scale":
        rating = next(role for role in _roles() if role.id == "activity_rating")
        return _in_role(asked, rating, LIKELY, "une grille de notes")
    if asked.question.kind == "text":
        return replace(
            asked, reason="question libre sans rôle reconnu, laissée", doubt="role", kept=False
        )
    return replace(asked, reason="aucun rôle reconnu")


def _asks_both(said: str) -> bool:
    return "le plus et le moins" in said or "le moins et le plus" in said


def _kind_fits(role: _Role, asked: Asked) -> bool:
    kind = asked.question.kind
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
    if role is None:
        return replace(
            asked,
            confidence=confidence,
            reason=reason,
            doubt="",
            kept=asked.question.kind != "text",
        )
    kind: Kind = "text" if role.id in _TEXT_ROLES else asked.question.kind
    form: Form = "cell" if role.id in _TEXT_ROLES and asked.form == "choices" else asked.form
    scale = asked.scale
    doubt = "" if role.id in _TEXT_ROLES or not role.kept else asked.doubt
    return replace(
        asked,
        question=replace(asked.question, role=role.id, kind=kind),
        form=form,
        confidence=confidence,
        reason=reason,
        scale=scale,
        doubt=doubt,
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
