"""Pairs of organisations that only a person can tell apart, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio, token_set_ratio

from necbilan.sources.organisations.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.sources.organisations.linking import Groups
    from necbilan.sources.organisations.reading import Context, Reading

__all__ = ["Proposal", "propose"]

ALIKE = 88.0
"""Least rapidfuzz ratio of two names without their spaces (rapidfuzz.fuzz.ratio, 0-100)."""


@dataclass(frozen=True)
class Proposal:
    """Two labels, by exact key, of two groups; ``reason`` is an id of the vocabulary."""

    left: str
    right: str
    reason: str
    score: float


def propose(groups: Groups, where: Context) -> list[Proposal]:
    """At most one proposal a pair of groups, by falling score."""
    found = []
    together = groups.together()
    for ours, theirs in combinations(together, 2):
        best = _best(groups, ours, theirs, where)
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right))


def _best(
    groups: Groups, ours: Sequence[str], theirs: Sequence[str], where: Context
) -> Proposal | None:
    best: Proposal | None = None
    for left in ours:
        for right in theirs:
            reason, score = _doubt(groups.readings[left], groups.readings[right], where)
            if score > (best.score if best else 0.0):
                best = Proposal(left, right, reason, score)
    return best


def _doubt(ours: Reading, theirs: Reading, where: Context) -> tuple[str, float]:
    """Why the two may be one, and how likely (0 = no reason at all)."""
    nothing = "", 0.0
    if _cited(ours, theirs) or _cited(theirs, ours):
        return "aside", 80.0
    if _abridged(ours, theirs) or _abridged(theirs, ours):
        return "acronym", 70.0
    if ours.kind != theirs.kind or _far(ours, theirs):
        return nothing
    first, second = (
        reading.words if reading.kind else _distinctive(reading) for reading in (ours, theirs)
    )
    if ours.kind and lexicon().kinds[ours.kind].scope in ("department", "region", "one"):
        return nothing
    if not first or not second:
        return ("no_place", 60.0) if ours.kind else nothing
    digits = [{word for word in words if word.isdigit()} for words in (first, second)]
    if digits[0] != digits[1] and all(digits):
        return nothing
    squeezed = ratio("".join(first), "".join(second))
    if squeezed >= ALIKE:
        return "alike", squeezed
    shorter, longer = sorted((set(first), set(second)), key=len)
    letters = sum(map(len, shorter))
    if shorter < longer and letters >= 5 and len(longer) - len(shorter) <= 2:
        return "subset", token_set_ratio(" ".join(first), " ".join(second)) * 0.7
    return nothing


def _cited(ours: Reading, theirs: Reading) -> bool:
    """Whether ours mentions theirs beside its own name."""
    name = theirs.full
    return not theirs.kind and any(
        aside == name or (len(name) > 1 and aside[:1] == name[:1] and len(aside) == 1)
        for aside in ours.asides
    )


def _abridged(short: Reading, long: Reading) -> bool:
    """Whether four letters or more are the first initials of the other, or nearly all."""
    name = short.full[0]
    alone = not short.kind and len(short.full) == 1 and len(name) > 3
    return alone and any(
        len(letters) > 3 and (letters.startswith(name) or name.startswith(letters))
        for letters in long.letters
    )


def _far(ours: Reading, theirs: Reading) -> bool:
    """Different départements or regions: not even proposed."""
    territories = [
        {place for place in reading.places if place != "commune"} for reading in (ours, theirs)
    ]
    return all(territories) and territories[0] != territories[1]


def _distinctive(reading: Reading) -> tuple[str, ...]:
    lex = lexicon()
    words = reading.name or reading.words
    return tuple(word for word in words if (word,) not in lex.descriptors)
