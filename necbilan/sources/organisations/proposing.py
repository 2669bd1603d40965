"""Pairs of organisations that only a person can tell apart, the likeliest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from numpy import argwhere
from rapidfuzz.fuzz import ratio, token_set_ratio
from rapidfuzz.process import cdist

from necbilan.sources.organisations.lexicon import commune_names, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.sources.organisations.groups import Groups
    from necbilan.sources.organisations.lexicon import Words
    from necbilan.sources.organisations.reading import Reading

__all__ = ["Proposal", "propose"]

ALIKE = 88.0
"""Least rapidfuzz ratio of two names without their spaces (rapidfuzz.fuzz.ratio, 0-100)."""


RARE = 3
"""A word is telling when at most so many labels have it."""


COMMON = 12
"""A word that more labels have brings no two of them together."""


@dataclass(frozen=True)
class Proposal:
    """Two labels, by exact key, of two groups; ``reason`` is an id of the vocabulary."""

    left: str
    right: str
    reason: str
    score: float


def propose(groups: Groups) -> list[Proposal]:
    """At most one proposal a pair of groups, by falling score."""
    readings = groups.readings.values()
    spread = Counter(word for reading in readings for word in set(reading.full))
    shared = Counter(
        full for keys in groups.together() for full in {groups.readings[key].full for key in keys}
    )
    crowded = {full for full, times in shared.items() if times > 2}  # sites of one house
    best: dict[tuple[str, str], Proposal] = {}
    for left, right in _candidates(groups, spread):
        sides = groups.leader(left), groups.leader(right)
        ours, theirs = groups.readings[left], groups.readings[right]
        sites = ours.full == theirs.full and ours.full in crowded
        if sides[0] == sides[1] or sites:
            continue
        reason, score = _doubt(ours, theirs, spread)
        pair = min(sides), max(sides)
        if score > (best[pair].score if pair in best else 0.0):
            best[pair] = Proposal(left, right, reason, score)
    found = list(best.values())
    unplaced = Counter(
        key for pair in found if pair.reason == "no_place" for key in (pair.left, pair.right)
    )
    kept = [
        pair
        for pair in found
        if pair.reason != "no_place" or max(unplaced[pair.left], unplaced[pair.right]) <= 2
    ]
    return sorted(kept, key=lambda pair: (-pair.score, pair.left, pair.right))


def _candidates(groups: Groups, spread: Mapping[str, int]) -> list[tuple[str, str]]:
    """The pairs worth a look: a rare word in common, nearly the same letters, an acronym."""
    readings = groups.readings
    keys = list(readings)
    names = ["".join(readings[key].full) for key in keys]
    near = cdist(names, names, scorer=ratio, score_cutoff=ALIKE)
    pairs = {(int(left), int(right)) for left, right in argwhere(near) if left < right}
    by_word: dict[str, list[int]] = defaultdict(list)
    by_start: dict[str, list[int]] = defaultdict(list)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for position, reading in enumerate(readings.values()):
        for word in {*reading.full, *(word for aside in reading.asides for word in aside)}:
            if spread[word] <= COMMON:
                by_word[word].append(position)
        by_kind[reading.kind].append(position)
        for start in {letters[:4] for letters in (*reading.letters, reading.full[0])}:
            by_start[start].append(position)
    for kind, together in by_kind.items():
        bare = [position for position in together if not readings[keys[position]].words]
        if kind and bare and len(together) <= len(bare) + 3:
            pairs.update(combinations(together, 2))
    pairs.update(
        pair
        for start, together in by_start.items()
        for pair in combinations(together, 2)
        if len(start) == 4 and _one_abridged(*(readings[keys[position]] for position in pair))
    )
    for together in by_word.values():
        pairs.update(combinations(together, 2))
    return [(keys[left], keys[right]) for left, right in sorted(pairs)]


def _doubt(ours: Reading, theirs: Reading, spread: Mapping[str, int]) -> tuple[str, float]:
    """Why the two may be one, and how likely (0 = no reason at all)."""
    nothing = "", 0.0
    if _cited(ours, theirs) or _cited(theirs, ours):
        return "aside", 80.0
    if _one_abridged(ours, theirs):
        return "acronym", 70.0
    if ours.kind != theirs.kind or _far(ours, theirs):
        return nothing
    if ours.kind and lexicon().kinds[ours.kind].scope in ("department", "region", "one"):
        return nothing
    first, second = (
        reading.words if reading.kind else _distinctive(reading) for reading in (ours, theirs)
    )
    if not first or not second:
        return ("no_place", 60.0) if ours.kind and (first or second) else nothing
    return _likeness(first, second, spread)


def _likeness(first: Words, second: Words, spread: Mapping[str, int]) -> tuple[str, float]:
    """Two proper names of one kind: nearly the same letters, or one within the other.

    What differs must not be two communes or two numbers; what is shared must not be a
    word of many labels («espace jeunes»).
    """
    nothing = "", 0.0
    apart = tuple(
        tuple(w for w in ours if w not in theirs)
        for ours, theirs in ((first, second), (second, first))
    )
    if set(apart) <= commune_names() or {first, second} <= commune_names():
        return nothing
    digits = [{word for word in words if word.isdigit()} for words in (first, second)]
    if digits[0] != digits[1] and all(digits):
        return nothing
    squeezed = ratio("".join(first), "".join(second))
    if squeezed >= ALIKE:
        return "alike", squeezed
    shorter, longer = sorted((set(first), set(second)), key=len)
    telling = [word for word in shorter if spread[word] <= RARE]
    if shorter < longer and sum(map(len, telling)) >= 4 and len(longer) - len(shorter) <= 2:
        return "subset", token_set_ratio(" ".join(first), " ".join(second)) * 0.7
    return nothing


def _cited(ours: Reading, theirs: Reading) -> bool:
    """Whether ours mentions theirs beside its own name."""
    name = theirs.full
    return not theirs.kind and any(
        aside == name or (len(name) > 1 and aside[:1] == name[:1] and len(aside) == 1)
        for aside in ours.asides
    )


def _one_abridged(ours: Reading, theirs: Reading) -> bool:
    return _abridged(ours, theirs) or _abridged(theirs, ours)


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
