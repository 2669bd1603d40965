"""What kind of organisation the words of a name say, and which of them are places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.sources.organisations.lexicon import commune_names, lexicon, loose

if TYPE_CHECKING:
    from necbilan.sources.organisations.lexicon import Kind, Lexicon, Words

__all__ = ["Context", "find_kind", "without_places"]


@dataclass(frozen=True)
class Context:
    """Where the event is: its commune's words, its département, its region ('' = unknown)."""

    commune: Words = ()
    department: str = ""
    region: str = ""


def find_kind(words: Words, lex: Lexicon) -> tuple[str, Words]:
    """The kind named in the words and what is left of them; ('', words) when none is."""
    best: tuple[str, Words] = ("", words)
    for start in range(len(words)):
        for size in range(min(lex.longest, len(words) - start), 0, -1):
            kind_id = lex.kind_words.get(words[start : start + size])
            if kind_id is None:
                continue
            kind = lex.kinds[kind_id]
            rest = words[:start] + words[start + size :]
            said = words[start : start + size]
            if not _may_stand(kind, words[:start], said, words[start + size :]):
                continue
            if not best[0]:
                best = (kind_id, _without_kind(rest, kind_id))
                break
            if best[0] in kind.over:
                owner, _ = best
                left = find_kind(rest, lex) if owner else ("", rest)
                return kind_id, left[1] if left[0] == owner else rest
    return best


def _without_kind(words: Words, kind_id: str) -> Words:
    """«CA Fougères Agglomération» says its kind twice."""
    lex = lexicon()
    for size in range(1, len(words)):
        if lex.kind_words.get(words[-size:]) == kind_id:
            return words[:-size]
    return words


def _may_stand(kind: Kind, before: Words, said: Words, after: Words) -> bool:
    """Whether these words, at this place, do name the kind."""
    lex = lexicon()
    leads = all((word,) in lex.descriptors for word in before)
    closes = not after and (kind.ends or _names_its_place(before, kind))
    if not (leads or kind.anywhere or closes):
        return False
    if len(said) == 1 and said[0] in map(loose, kind.ambiguous):
        return not before and _ambiguous_stands(kind, after, lex)
    return True


def _names_its_place(words: Words, kind: Kind) -> bool:
    """«Lille ville», «Pas-de-Calais le Département»: the place comes first."""
    if kind.scope == "commune":
        return words in commune_names()
    return lexicon().places.get(words, "").startswith(f"{kind.scope}:")


def _ambiguous_stands(kind: Kind, rest: Words, lex: Lexicon) -> bool:
    """«CD 54» names a kind, «CD audio» does not; nor is «CA Lorraine» an agglomeration."""
    place = lex.places.get(rest, "")
    if kind.scope == "department":
        return place.startswith("department") or (
            len(rest) == 1 and _department(rest[0], lex) != ""
        )
    if kind.scope == "region":
        return place.startswith(("region", "former"))
    return bool(rest) and not place.startswith(("region", "former"))


def _department(word: str, lex: Lexicon) -> str:
    code = word.upper()
    return code if code in lex.region_of else ""


def without_places(
    words: Words, kind_id: str, where: Context, lex: Lexicon
) -> tuple[Words, frozenset[str]]:
    """The words that are no place, and the places.

    Of a proper name only places at its end are taken: «Web Moselle» is not «Moselle Web».
    """
    kind = lex.kinds.get(kind_id)
    scoped = kind is not None and kind.scope in ("department", "region")
    left: list[str] = []
    found: list[tuple[str, Words]] = []
    position = 0
    while position < len(words):
        size, place = _place_at(words, position, where, lex, scoped=scoped)
        if not size and found and kind is not None and words[position] in lex.place_words:
            position += 1  # «Lyon Métropole»
            continue
        if not size:
            if kind is None or kind.scope == "name":
                left += [word for _, piece in found for word in piece]
                found = []
            left.append(words[position])
            position += 1
            continue
        numbered = kind is not None and kind.numbered
        if place == "commune" and words[position + size :][:1] and not numbered:
            size += words[position + size].isdigit()  # an arrondissement
        found.append((place, words[position : position + size]))
        position += size
    if found and kind is not None:
        left = [word for word in left if word not in lex.place_words]
    while found and kind is None and len(left) > 1 and left[-1] in lex.place_words:
        left.pop()  # «ADESS du Pays de Brest»
    return tuple(left), frozenset(place for place, _ in found)


def _place_at(
    words: Words, position: int, where: Context, lex: Lexicon, *, scoped: bool
) -> tuple[int, str]:
    """How many words from here name a place, and which; (0, '') when none."""
    commune = where.commune
    if commune and words[position : position + len(commune)] == commune:
        return len(commune), "commune"
    for size in range(min(5, len(words) - position), 0, -1):
        piece = words[position : position + size]
        if piece in lex.places and (scoped or piece not in lex.ordinary_places):
            return size, lex.places[piece]
    town = _town(words[position:], lex)
    if not commune and position and town:
        return len(words) - position, f"town:{' '.join(town)}"
    last = position == len(words) - 1
    code = _department(words[position], lex)
    if code and (scoped or (last and len(words[position]) > 1)):
        return 1, f"department:{code}"
    return 0, ""


def _town(words: Words, lex: Lexicon) -> Words:
    """The commune that the words are, with «Métropole» or an arrondissement; () if none."""
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in lex.place_words):
        words = words[:-1]
    return words if words in commune_names() else ()
