"""Groups of labels, what may never be mixed in one, and what makes two labels the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from necbilan.sources.organisations.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from necbilan.sources.organisations.finding import Context
    from necbilan.sources.organisations.lexicon import Words
    from necbilan.sources.organisations.reading import Reading

__all__ = ["Groups", "Identity", "alike", "identity", "identity_of"]


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
        return len(kinds) <= 1 and len(departments) <= 1 and _one_site(readings)


def _one_site(readings: Iterable[Reading]) -> bool:
    """«Maison de quartier - Archipel» is not «Maison de quartier - Lac de Maine»."""
    tails: dict[Words, frozenset[Words]] = {}
    for reading in readings:
        if reading.kind or not reading.tails:
            continue
        known = tails.setdefault(reading.full, reading.tails)
        if not (known <= reading.tails or reading.tails <= known):
            return False
    return True


Identity = tuple[str, str, str, frozenset[str]]  # scope, kind, squeezed name, places


def identity(reading: Reading, where: Context) -> Identity:
    """What the label means: equal identities are the same organisation."""
    kind = lexicon().kinds.get(reading.kind)
    if kind and kind.scope in ("name", "commune") and not kind.network and not reading.words:
        return kind.scope, reading.kind, "".join(reading.full), frozenset()
    return identity_of(reading.kind, reading.words, reading.name, reading.places, where)


def identity_of(
    kind_id: str, words: Words, name: Words, places: frozenset[str], where: Context
) -> Identity:
    none: frozenset[str] = frozenset()
    kind = lexicon().kinds.get(kind_id)
    if kind is None or kind.scope == "name":
        numbered = _number_with_place(words) if kind is not None and kind.numbered else ()
        if numbered:
            return "name", kind_id, "".join(numbered), none
        said = name or (words if kind is None or not (places or kind.network) else ())
        return "name", kind_id, "".join(said), places
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


def alike(keys: Iterable[str], of: Callable[[str], Hashable]) -> list[list[str]]:
    """The keys that share a value, in order; only where there are several."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for key in keys:
        found[of(key)].append(key)
    return [together for together in found.values() if len(together) > 1]
