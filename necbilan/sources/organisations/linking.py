"""Which labels surely name the same organisation, and which perhaps do.

Each rule adds links between labels; the groups are what the links connect.  Two labels
of different kinds (a city, its CCAS) or of different départements are never linked.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from necbilan.sources.organisations.groups import Groups, alike, identity, identity_of
from necbilan.sources.organisations.lexicon import commune_names, lexicon
from necbilan.sources.organisations.shortening import (
    join_abbreviations,
    join_acronyms,
    join_fuller_names,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from necbilan.sources.organisations.finding import Context
    from necbilan.sources.organisations.groups import Identity
    from necbilan.sources.organisations.lexicon import Words
    from necbilan.sources.organisations.reading import Reading

__all__ = ["link"]


def link(readings: Mapping[str, Reading], where: Context, surfaces: Mapping[str, str]) -> Groups:
    """The sure groups.  ``surfaces`` maps a key to a spelling: its capitals tell acronyms."""
    groups = Groups(readings)
    identities = {key: identity(reading, where) for key, reading in readings.items()}
    _join_same(groups, identities, where)
    _join_squeezed(groups)
    _join_places(groups, identities, where)
    join_abbreviations(groups)
    _join_typing_errors(groups, where)
    _join_descriptors(groups)
    _join_bare_names(groups)
    join_acronyms(groups, surfaces)
    join_fuller_names(groups)
    _join_unplaced(groups, where)
    return groups


def _join_same(groups: Groups, identities: Mapping[str, Identity], where: Context) -> None:
    """Same kind, same name, same places; a label may say its kind twice («… (UDAF69)»)."""
    for together in alike(identities, identities.__getitem__):
        reason = {"one": "network", "department": "territory", "region": "territory"}
        _join_sites(groups, together, reason.get(identities[together[0]][0], "same_name"))
    if not where.department:
        _join_without_territory(groups, identities)
    owner = {identity: key for key, identity in reversed(list(identities.items()))}
    for key, reading in groups.readings.items():
        for twin in reading.twins:
            other = owner.get(identity_of(*twin, where))
            if other is not None:
                groups.join(key, other, "territory")


def _join_sites(groups: Groups, together: Sequence[str], reason: str) -> None:
    """Labels of one name: those of one site first, then the bare name when it has one site."""
    tails = {groups.readings[key].tails for key in together if not groups.readings[key].kind}
    for same in alike(together, lambda key: groups.readings[key].tails):
        groups.join_all(same, reason)
    if len(tails - {frozenset()}) <= 1:
        groups.join_all(together, reason)


def _join_without_territory(groups: Groups, identities: Mapping[str, Identity]) -> None:
    """«Conseil départemental» is the only one there, when nothing says where the event is."""
    scoped = [key for key, found in identities.items() if found[0] in ("department", "region")]
    for together in alike(scoped, lambda key: identities[key][1:3]):
        placed = {groups.leader(key) for key in together if identities[key][3]}
        if len(placed) == 1:
            groups.join_all([*placed, *together], "territory")


def _join_squeezed(groups: Groups) -> None:
    """«Web Moselle», «WebMoselle»: the same letters, whatever the spaces."""
    free = [key for key, reading in groups.readings.items() if not reading.kind]
    for together in alike(free, lambda key: "".join(groups.readings[key].full)):
        _join_sites(groups, together, "same_name")
    for together in alike(free, lambda key: groups.readings[key].squeezed):
        _join_sites(groups, together, "same_name")


def _join_places(groups: Groups, identities: Mapping[str, Identity], where: Context) -> None:
    """«Emmaüs Metz» is «Emmaüs» when both are there; another town's is not."""
    named = [
        key
        for key, found in identities.items()
        if found[0] == "name" and (found[1] or not _generic(groups.readings[key].name))
    ]
    home = {"commune", f"department:{where.department}", f"region:{where.region}"}
    for together in alike(named, lambda key: identities[key][:3]):
        for left, right in combinations(together, 2):
            ours, theirs = identities[left][3], identities[right][3]
            more = (ours | theirs) - (ours & theirs)
            nested = ours <= theirs or theirs <= ours
            lone = len({identities[key][3] for key in together}) == 2
            near = more <= home or (lone and (not where.commune or _regional(more)))
            if nested and near:
                groups.join(left, right, "place")


def _regional(places: frozenset[str]) -> bool:
    """Regions only, of today or former ones: no town, no département."""
    return all(place.startswith(("region", "former")) for place in places)


def _join_typing_errors(groups: Groups, where: Context) -> None:
    """One letter astray in a long word, everything else the same."""
    slots: dict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    for key, reading in groups.readings.items():
        for words in {reading.words, reading.name}:
            for position, word in enumerate(words):
                around = words[:position], words[position + 1 :]
                slots[reading.kind, around].append((word, key))
    for together in slots.values():
        for (word, key), (other, twin) in combinations(together, 2):
            if key != twin and _is_typing_error(word, other, where):
                groups.join(key, twin, "typing_error")
    _join_misspelt_kinds(groups)


def _is_typing_error(word: str, other: str, where: Context) -> bool:
    if word == other or word[0] != other[0] or any(map(str.isdigit, word + other)):
        return False
    if all((name,) in commune_names() or (name,) in lexicon().places for name in (word, other)):
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
    bare: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if not reading.kind:
            bare["".join(reading.name or reading.words)].append(key)
    for key, reading in groups.readings.items():
        stripped = _without_descriptors(reading.name or reading.words)
        if reading.kind or _generic(stripped):
            continue
        for other in bare.get("".join(stripped), ()):
            if other != key and _same_town(reading.places, groups.readings[other].places):
                groups.join(other, key, "descriptor")


def _same_town(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two labels do not name two different places."""
    return ours <= theirs or theirs <= ours


def _generic(words: Words) -> bool:
    return all(word in lexicon().generic for word in words)


def _without_descriptors(words: Words) -> Words:
    descriptors = lexicon().descriptors
    for size in (2, 1):
        if len(words) > size and words[:size] in descriptors:
            return _without_descriptors(words[size:])
        if len(words) > size and words[-size:] in descriptors:
            return _without_descriptors(words[:-size])
    return words


def _join_bare_names(groups: Groups) -> None:
    """«Thionville» is its town, «Le Grésivaudan» its communauté, «Finistère» its council."""
    kinds = lexicon().kinds
    owners: dict[Words, list[str]] = defaultdict(list)
    councils: dict[str, list[str]] = defaultdict(list)
    for key, reading in groups.readings.items():
        if reading.kind and kinds[reading.kind].bare and reading.words:
            owners[reading.words].append(key)
        if reading.kind in ("departement", "region") and not reading.name:
            for place in reading.places:
                councils[place].append(key)
    for key, reading in groups.readings.items():
        if reading.kind:
            continue
        owner = owners.get(reading.full, [])
        towns = [name for name in owner if groups.readings[name].kind == "ville"]
        own_name = len(reading.full) > 1 or (
            reading.full not in commune_names() and len(reading.full[0]) >= 6
        )
        council = councils.get(lexicon().places.get(reading.full, ""), [])
        chosen = towns or council or (owner if own_name else [])
        if len({groups.leader(name) for name in chosen}) == 1:
            groups.join(chosen[0], key, "bare_name")


def _join_unplaced(groups: Groups, where: Context) -> None:
    """«Rectorat 31» in the 31, when there is one; «Montigny» for «Montigny-lès-Metz»."""
    kinds = lexicon().kinds
    for together in alike(groups.readings, lambda key: groups.readings[key].kind):
        kind = kinds.get(groups.readings[together[0]].kind)
        if kind is not None and kind.network:
            bare = [key for key in together if not groups.readings[key].words]
            others = {groups.leader(key) for key in together if key not in bare}
            if len(others) == 1:
                groups.join_all([*others, *bare], "place")
        if kind is None or kind.scope != "commune":
            continue
        home = frozenset({f"department:{where.department}"})
        unplaced = [key for key in together if groups.readings[key].places == home]
        unplaced = [key for key in unplaced if not groups.readings[key].name]
        others = {groups.leader(key) for key in together if key not in unplaced}
        if len(others) == 1:
            groups.join_all([*others, *unplaced], "place")
        if kind.ends and where.commune:
            _join_own_community(groups, together, where)
        by_words = {groups.readings[key].words: key for key in together}
        for words, key in by_words.items():
            longer = by_words.get(words + where.commune)
            if where.commune and words and longer is not None:
                groups.join(longer, key, "place")


def _join_own_community(groups: Groups, together: Sequence[str], where: Context) -> None:
    """«Métropole de Grenoble» is «Grenoble-Alpes Métropole» when there is one."""
    own = [key for key in together if groups.readings[key].words == where.commune]
    fuller = [
        key
        for key in together
        if set(where.commune) < set(groups.readings[key].words)
        and not any((word,) in lexicon().kind_words for word in groups.readings[key].words)
    ]
    if own and len({groups.leader(key) for key in fuller}) == 1:
        groups.join_all([fuller[0], *own], "place")
