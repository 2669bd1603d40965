"""Short and long forms of one name: acronyms, abbreviations, names begun the same way."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from necbilan.sources.organisations.groups import Groups
    from necbilan.sources.organisations.lexicon import Words

__all__ = ["join_abbreviations", "join_acronyms", "join_fuller_names"]


def join_abbreviations(groups: Groups) -> None:
    """«CA Lorraine» is «Crédit Agricole de Lorraine», «Lycée R. Schuman» Robert's."""
    short: dict[tuple[str, ...], list[tuple[str, Words]]] = defaultdict(list)
    long: dict[tuple[str, ...], list[tuple[str, Words]]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for word in set(reading.words if reading.kind else reading.full):
            if len(word) > 3:
                own = reading.name if reading.kind else reading.full
                _file(short, (word, reading.kind), key, own)
                _file(long, (word, ""), key, reading.full)
                if reading.kind:
                    _file(long, (word, reading.kind), key, reading.name)
    candidates: dict[str, set[str]] = defaultdict(set)
    for place, abbreviated in short.items():
        for key, words in abbreviated:
            for other, fuller in long.get(place, ()):
                if key != other and _expands(words, fuller):
                    candidates[key].add(other)
    for key, longer in candidates.items():
        if len({groups.leader(other) for other in longer}) == 1:
            groups.join(next(iter(sorted(longer))), key, "abbreviation")


def _file(
    names: dict[tuple[str, ...], list[tuple[str, Words]]],
    place: tuple[str, str],
    key: str,
    words: Words,
) -> None:
    """A name under a word it shares, its kind and its first letter: all abbreviations keep it."""
    if words:
        names[(*place, words[0][:1])].append((key, words))


def _expands(short: Words, long: Words) -> bool:
    """Whether each short word is a long one, its beginning, or the initials of several."""
    if not short or not long or short == long or len(short) > len(long):
        return False
    return _aligned(short, long, equal=False, shortened=False)


def _aligned(short: Words, long: Words, *, equal: bool, shortened: bool) -> bool:
    if not short or not long:
        return not short and not long and equal and shortened
    word = short[0]
    if word == long[0]:
        same = equal or len(word) > 3
        return _aligned(short[1:], long[1:], equal=same, shortened=shortened)
    if word.isdigit() or long[0].isdigit():
        return False
    begins = len(word) <= 4 and len(long[0]) > 4 and long[0].startswith(word)
    if begins and _aligned(short[1:], long[1:], equal=equal, shortened=True):
        return True
    size = len(word)
    spelt = size > 1 and "".join(part[0] for part in long[:size]) == word
    return spelt and _aligned(short[1:], long[size:], equal=equal, shortened=True)


def join_acronyms(groups: Groups, surfaces: Mapping[str, str]) -> None:
    """An acronym written beside its name, or the initials of exactly one organisation."""
    spelt: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for acronym in {*reading.acronyms, *reading.letters}:
            spelt[acronym].append(key)
    for key, reading in groups.readings.items():
        words = reading.name or reading.words
        if reading.kind or len(words) != 1:
            continue
        owners = [name for name in spelt.get(words[0], []) if name != key]
        written = [name for name in owners if words[0] in groups.readings[name].acronyms]
        capitals = sum(map(str.isupper, surfaces[key])) > 1
        long_enough = len(words[0]) > 2 or all(groups.readings[name].kind for name in owners)
        chosen = written or (owners if capitals and long_enough else [])
        if len({groups.leader(name) for name in chosen}) == 1:
            groups.join(chosen[0], key, "acronym")
    _join_acronyms_of_kind(groups)


def _join_acronyms_of_kind(groups: Groups) -> None:
    """«AMP Métropole» is «Métropole Aix-Marseille-Provence»."""
    initials: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if reading.kind and len(reading.words) > 1:
            initials[reading.kind, "".join(word[0] for word in reading.words)].append(key)
    for key, reading in groups.readings.items():
        if len(reading.words) == 1 and len(reading.words[0]) > 2:
            owners = initials.get((reading.kind, reading.words[0]), [])
            if len({groups.leader(name) for name in owners}) == 1:
                groups.join(owners[0], key, "acronym")


def join_fuller_names(groups: Groups) -> None:
    """A long name begun the same way; a name and its place, both in a fuller label."""
    begun: dict[Words, list[str]] = defaultdict(list)
    called: dict[Words, list[str]] = defaultdict(list)
    headed: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if reading.kind:
            continue
        begun[reading.full[:4]].append(key)
        called[reading.full].append(key)
        headed[reading.full[0]].append(key)
    for key, reading in groups.readings.items():
        if not reading.kind and len(reading.full) >= 4:
            for other in begun[reading.full[:4]]:
                theirs = groups.readings[other].full
                if theirs[: len(reading.full)] == reading.full:
                    groups.join(key, other, "fuller")
        for aside in reading.asides:
            if len(aside) > 1:
                groups.join_all([key, *called.get(aside, [])], "fuller")
        if reading.asides and not reading.kind and len(reading.full) == 1:
            beside = {word for aside in reading.asides for word in aside}
            for other in headed[reading.full[0]]:
                more = groups.readings[other].full[1:]
                if more and all(_among(word, beside) for word in more):
                    groups.join(key, other, "fuller")


def _among(word: str, words: Iterable[str]) -> bool:
    return any(word == other or (len(word) > 6 and ratio(word, other) > 90) for other in words)
