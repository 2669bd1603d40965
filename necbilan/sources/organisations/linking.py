"""Which labels surely name the same organisation, and which perhaps do.

Each rule adds links between labels; the groups are what the links connect.  Two labels
of different kinds (a city, its CCAS) or of different départements are never linked.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from necbilan.sources.organisations.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from necbilan.sources.organisations.lexicon import Words
    from necbilan.sources.organisations.reading import Context, Reading

__all__ = ["Groups", "Identity", "identity", "link"]


class Groups:
    """The labels connected so far, and why; what may never be mixed is refused here."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings
        self.reasons: dict[str, str] = {}
        """exact key -> id of the reason of its first link"""
        self._group = {key: [key] for key in readings}

    def leader(self, key: str) -> str:
        """The key that stands for the group of this one."""
        return self._group[key][0]

    def together(self) -> list[list[str]]:
        """The groups, each in the order in which it grew."""
        return [group for key, group in self._group.items() if group[0] == key]

    def join(self, left: str, right: str, reason: str) -> None:
        """Connect two keys unless their groups are of different kinds or territories."""
        first, second = self._group[left], self._group[right]
        if first is second or not self._agree([*first, *second]):
            return
        first.extend(second)
        for key in second:
            self._group[key] = first
        for key in (left, right):
            self.reasons.setdefault(key, reason)

    def join_all(self, keys: Sequence[str], reason: str) -> None:
        """Connect the first key to each of the others."""
        for key in keys[1:]:
            self.join(keys[0], key, reason)

    def _agree(self, keys: Sequence[str]) -> bool:
        readings = [self.readings[key] for key in keys]
        kinds = {reading.kind for reading in readings} - {""}
        if len(kinds) == 1 and lexicon().kinds[next(iter(kinds))].scope == "one":
            return True
        places = frozenset().union(*(reading.places for reading in readings))
        departments = {place for place in places if place.startswith("department")}
        return len(kinds) <= 1 and len(departments) <= 1


def link(readings: Mapping[str, Reading], where: Context, surfaces: Mapping[str, str]) -> Groups:
    """The sure groups.  ``surfaces`` maps a key to a spelling: its capitals tell acronyms."""
    groups = Groups(readings)
    identities = {key: identity(reading, where) for key, reading in readings.items()}
    _join_same(groups, identities, where)
    _join_squeezed(groups)
    _join_places(groups, identities, where)
    _join_abbreviations(groups)
    _join_typing_errors(groups, where)
    _join_descriptors(groups)
    _join_bare_names(groups)
    _join_acronyms(groups, surfaces)
    _join_fuller_names(groups)
    _join_unplaced(groups, where)
    return groups


# ------------------------------------------------------------------ what a label means
Identity = tuple[str, str, str, frozenset[str]]  # scope, kind, squeezed name, places


def identity(reading: Reading, where: Context) -> Identity:
    """What the label means: equal identities are the same organisation."""
    return _identity_of(reading.kind, reading.words, reading.name, reading.places, where)


def _identity_of(
    kind_id: str, words: Words, name: Words, places: frozenset[str], where: Context
) -> Identity:
    none: frozenset[str] = frozenset()
    kind = lexicon().kinds.get(kind_id)
    if kind is None or kind.scope == "name":
        numbered = _number_with_place(words) if kind is not None and kind.numbered else ()
        if numbered:
            return "name", kind_id, "".join(numbered), none
        return "name", kind_id, "".join(name or (() if kind else words)), places
    if kind.scope == "one":
        return "one", kind_id, "", none
    if kind.scope == "commune":
        return "commune", kind_id, "".join(sorted(words)), none
    own = f"{kind.scope}:{where.department if kind.scope == 'department' else where.region}"
    territory = {place for place in places if place != "commune"}
    if not territory and not own.endswith(":"):
        territory = {own}
    return kind.scope, kind_id, "".join(name), frozenset(territory)


def _number_with_place(words: Words) -> Words:
    """«Lumière Lyon 2» is known by «Lyon 2»."""
    for position, word in enumerate(words):
        if position and word.isdigit():
            return words[position - 1 : position + 1]
    return ()


def _by(keys: Iterable[str], of: Callable[[str], Hashable]) -> list[list[str]]:
    """The keys that share a value, in order; only where there are several."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for key in keys:
        found[of(key)].append(key)
    return [together for together in found.values() if len(together) > 1]


# ------------------------------------------------------------------ the sure rules
def _join_same(groups: Groups, identities: Mapping[str, Identity], where: Context) -> None:
    """Same kind, same name, same places; a label may say its kind twice («… (UDAF69)»)."""
    for together in _by(identities, identities.__getitem__):
        scope = identities[together[0]][0]
        reason = {"one": "network", "department": "territory", "region": "territory"}
        groups.join_all(together, reason.get(scope, "same_name"))
    if not where.department:
        _join_without_territory(groups, identities)
    owner = {identity: key for key, identity in reversed(list(identities.items()))}
    for key, reading in groups.readings.items():
        for twin in reading.twins:
            other = owner.get(_identity_of(*twin, where))
            if other is not None:
                groups.join(key, other, "territory")


def _join_without_territory(groups: Groups, identities: Mapping[str, Identity]) -> None:
    """«Conseil départemental» is the only one there, when nothing says where the event is."""
    scoped = [key for key, found in identities.items() if found[0] in ("department", "region")]
    for together in _by(scoped, lambda key: identities[key][1:3]):
        placed = {groups.leader(key) for key in together if identities[key][3]}
        if len(placed) == 1:
            groups.join_all([*placed, *together], "territory")


def _join_squeezed(groups: Groups) -> None:
    """«Web Moselle», «WebMoselle»: the same letters, whatever the spaces."""
    free = [key for key, reading in groups.readings.items() if not reading.kind]
    for together in _by(free, lambda key: "".join(groups.readings[key].full)):
        groups.join_all(together, "same_name")


def _join_places(groups: Groups, identities: Mapping[str, Identity], where: Context) -> None:
    """«Emmaüs Metz» is «Emmaüs» when both are there; another town's is not."""
    named = [key for key, identity in identities.items() if identity[0] == "name"]
    home = {"commune", f"department:{where.department}", f"region:{where.region}"}
    for together in _by(named, lambda key: identities[key][:3]):
        for left, right in combinations(together, 2):
            ours, theirs = identities[left][3], identities[right][3]
            more = (ours | theirs) - (ours & theirs)
            nested = ours <= theirs or theirs <= ours
            lone = len({identities[key][3] for key in together}) == 2
            near = more <= home or (lone and (not where.department or _regional(more)))
            if nested and near:
                groups.join(left, right, "place")


def _regional(places: frozenset[str]) -> bool:
    """Regions only, of today or former ones: no town, no département."""
    return all(place.startswith(("region", "former")) for place in places)


def _join_abbreviations(groups: Groups) -> None:
    """«CA Lorraine» is «Crédit Agricole de Lorraine», «Lycée R. Schuman» Robert's."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for word in set(reading.full):
            if len(word) > 3:
                by_word[word].append(key)
    candidates: dict[str, set[str]] = defaultdict(set)
    for together in by_word.values():
        for short, long in combinations(together, 2):
            for one, other in ((short, long), (long, short)):
                if _abbreviates(groups.readings[one], groups.readings[other]):
                    candidates[one].add(other)
    for short, longer in candidates.items():
        if len({groups.leader(key) for key in longer}) == 1:
            groups.join(next(iter(sorted(longer))), short, "abbreviation")


def _abbreviates(short: Reading, long: Reading) -> bool:
    if short.kind and short.kind == long.kind:
        return _expands(short.name, long.name)
    return not short.kind and _expands(short.full, long.full)


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


def _join_typing_errors(groups: Groups, where: Context) -> None:
    """One letter astray in a long word, everything else the same."""
    slots: dict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for words in {reading.words, reading.name}:
            for position, word in enumerate(words):
                around = words[:position], words[position + 1 :]
                slots[reading.kind, around].append((word, key))
        if not reading.kind:
            slots["", "squeezed"].append(("".join(reading.full), key))
    for together in slots.values():
        for (word, key), (other, twin) in combinations(together, 2):
            if key != twin and _is_typing_error(word, other, where):
                groups.join(key, twin, "typing_error")
    _join_misspelt_kinds(groups)


def _is_typing_error(word: str, other: str, where: Context) -> bool:
    if word == other or word[0] != other[0] or any(map(str.isdigit, word + other)):
        return False
    places = {name for names in lexicon().places for name in names}
    if word in places and other in places:
        return False
    at_home = where.commune in {(word,), (other,)}
    shortest = min(len(word), len(other))
    if at_home and shortest >= 4 and len(word) == len(other):
        return DamerauLevenshtein.distance(word, other) == 1
    allowed = 2 if shortest >= 12 else 1
    return shortest >= 6 and DamerauLevenshtein.distance(word, other) <= allowed


def _join_misspelt_kinds(groups: Groups) -> None:
    """«Eurmétropole de Metz»: the kind itself is misspelt, the name is not."""
    whole: dict[Words, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if len(reading.full) > 1:
            whole[reading.full[1:]].append(key)
    for together in whole.values():
        for left, right in combinations(together, 2):
            ours, theirs = groups.readings[left], groups.readings[right]
            one_free = (not ours.kind) != (not theirs.kind)
            first, second = ours.full[0], theirs.full[0]
            long = min(len(first), len(second)) >= 7
            if one_free and long and DamerauLevenshtein.distance(first, second) == 1:
                groups.join(left, right, "typing_error")


def _join_descriptors(groups: Groups) -> None:
    """«Tiers-lieu l'Octroi» is «L'Octroi» when both are there."""
    bare: dict[str, str] = {}
    for key, reading in groups.readings.items():
        if not reading.kind:
            bare.setdefault("".join(reading.name or reading.words), key)
    for key, reading in groups.readings.items():
        stripped = _without_descriptors(reading.name or reading.words)
        other = bare.get("".join(stripped))
        if not reading.kind and stripped and other is not None and other != key:
            groups.join(other, key, "descriptor")


def _without_descriptors(words: Words) -> Words:
    descriptors = lexicon().descriptors
    for size in (2, 1):
        if len(words) > size and words[:size] in descriptors:
            return _without_descriptors(words[size:])
        if len(words) > size and words[-size:] in descriptors:
            return _without_descriptors(words[:-size])
    return words


def _join_bare_names(groups: Groups) -> None:
    """«Thionville» is its town, «Forbach Porte de France» its agglomeration."""
    kinds = lexicon().kinds
    owners: dict[Words, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if reading.kind and kinds[reading.kind].bare and reading.words:
            owners[reading.words].append(key)
    for key, reading in groups.readings.items():
        owner = owners.get(reading.full, []) if not reading.kind else []
        towns = [name for name in owner if groups.readings[name].kind == "ville"]
        chosen = towns or (owner if len(reading.full) > 1 else [])
        if len({groups.leader(name) for name in chosen}) == 1:
            groups.join(chosen[0], key, "bare_name")


def _join_acronyms(groups: Groups, surfaces: Mapping[str, str]) -> None:
    """An acronym written beside its name, or the initials of exactly one organisation."""
    spelt: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for acronym in {*reading.acronyms, *reading.letters}:
            spelt[acronym].append(key)
    for key, reading in groups.readings.items():
        words = reading.name or reading.words
        if reading.kind or len(words) != 1 or sum(map(str.isupper, surfaces[key])) < 2:
            continue
        owners = [name for name in spelt.get(words[0], []) if name != key]
        written = [name for name in owners if words[0] in groups.readings[name].acronyms]
        long_enough = len(words[0]) > 2 or all(groups.readings[name].kind for name in owners)
        chosen = written or (owners if long_enough else [])
        if len({groups.leader(name) for name in chosen}) == 1:
            groups.join(chosen[0], key, "acronym")


def _join_fuller_names(groups: Groups) -> None:
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


def _join_unplaced(groups: Groups, where: Context) -> None:
    """«Rectorat 31» in the 31, when there is one; «Montigny» for «Montigny-lès-Metz»."""
    kinds = lexicon().kinds
    for together in _by(groups.readings, lambda key: groups.readings[key].kind):
        kind = kinds.get(groups.readings[together[0]].kind)
        if kind is None or kind.scope != "commune":
            continue
        home = frozenset({f"department:{where.department}"})
        unplaced = [key for key in together if groups.readings[key].places == home]
        unplaced = [key for key in unplaced if not groups.readings[key].name]
        others = {groups.leader(key) for key in together if key not in unplaced}
        if len(others) == 1:
            groups.join_all([*others, *unplaced], "place")
        by_words = {groups.readings[key].words: key for key in together}
        for words, key in by_words.items():
            longer = by_words.get(words + where.commune)
            if where.commune and words and longer is not None:
                groups.join(longer, key, "place")
