"""One label read: what kind of organisation it names, its proper name, its places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.sources.organisations.lexicon import fold, lexicon, loose, words_of

if TYPE_CHECKING:
    from necbilan.sources.organisations.lexicon import Kind, Lexicon, Words

__all__ = ["Context", "Reading", "context", "names_nothing", "read_label"]

_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_SEPARATORS = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[/|;:–—]\s*")
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:\(e?s?\)|[·.⋅•‧](?:e|ne|trice|rice|euse|se|ère)s?)(?:[·.⋅•‧]s)?\b"
)
_KIND_AND_NUMBER = re.compile(r"^([a-z]{2,6})(\d\d|2[ab]|97\d)$")


@dataclass(frozen=True)
class Context:
    """Where the event is: its commune's words, its département, its région ('' = unknown)."""

    commune: Words = ()
    department: str = ""
    region: str = ""


@dataclass(frozen=True)
class Reading:
    """A label, read.

    ``kind`` is '' when none is recognised.  ``words`` is the proper name with its places,
    ``name`` the same without them; ``places`` holds "commune" (the event's),
    "department:57", "region:44".  ``full`` is every significant word of the part that
    names the organisation, in order; ``letters`` ``letters`` their initials in the ways
    they may be taken.  ``asides`` are the other parts: services, acronyms, comments.
    """

    kind: str
    words: Words
    name: Words
    places: frozenset[str]
    full: Words
    letters: frozenset[str]
    asides: tuple[Words, ...] = ()
    acronyms: tuple[str, ...] = ()
    twins: tuple[tuple[str, Words, Words, frozenset[str]], ...] = ()


def context(*, commune: str | None, department: str | None) -> Context:
    """The event's place, in the words that labels are matched by."""
    lex = lexicon()
    code = (department or "").strip().upper()
    return Context(
        commune=_significant(commune or "", lex) if commune else (),
        department=code,
        region=lex.region_of.get(code, ""),
    )


def names_nothing(label: str) -> bool:
    """Whether the label names no organisation: «particulier», «retraitée», «-», «néant»…"""
    lex = lexicon()
    text = fold(_INCLUSIVE.sub("", label))
    if text in lex.none_exact or not re.search(r"[a-z]", text):
        return True
    words = [word for word in text.split() if word not in lex.stop_words]
    if all(word in lex.none_words for word in words):
        return True
    return any(text == start or text.startswith(f"{start} ") for start in lex.none_begins)


def read_label(label: str, where: Context) -> Reading:
    """The label as kind, proper name and places.  It must name something."""
    lex = lexicon()
    inside = [part for part in _PARENTHESES.findall(label) if part.strip()]
    outside = _SEPARATORS.split(_PARENTHESES.sub(" - ", label))
    texts = [text for text in [*outside, *inside] if fold(text)]
    kept = [text for text in texts if not _is_comment(text, lex)] or texts[:1]
    parts = [_part(text, where, lex) for text in kept]
    main, others = _main_part(parts, lex)
    asides = tuple(part.full for part in others)
    acronyms = tuple(
        part.full[0] for part in others if len(part.full) == 1 and _spells(part.full[0], main.full)
    )
    twins = tuple(
        (part.kind, part.words, _without_places(part.words, part.kind, where, lex)[0], part.places)
        for part in others
        if part.kind and part.kind == main.kind
    )
    return Reading(
        kind=main.kind,
        words=main.words,
        name=_without_places(main.words, main.kind, where, lex)[0],
        places=_without_places(main.words, main.kind, where, lex)[1],
        full=main.full,
        letters=main.letters,
        asides=asides,
        acronyms=acronyms,
        twins=twins,
    )


@dataclass(frozen=True)
class _Part:
    """One part of a label, between dashes or parentheses."""

    kind: str
    words: Words
    places: frozenset[str]
    full: Words
    letters: frozenset[str]


def _significant(text: str, lex: Lexicon) -> Words:
    return words_of(fold(text), stop_words=lex.stop_words, spelling=lex.spelling)


def _is_comment(text: str, lex: Lexicon) -> bool:
    """A former name, a programme («Aidants Connect») or a mere descriptor («hackerspace»)."""
    words = _significant(text, lex)
    return (
        fold(text).split()[0] in lex.former
        or words in lex.programmes
        or words in lex.descriptors
        or words in lex.legal_forms
    )


def _part(text: str, where: Context, lex: Lexicon) -> _Part:
    folded = " ".join(_open_number(word, lex) for word in fold(text).split())
    full = _significant(folded, lex)
    bare = _without_legal_form(full, lex)
    kind, words = _find_kind(bare, lex)
    if kind and lex.kinds[kind].services:
        words = _before_service(words, lex)
    if kind and lex.kinds[kind].extra == "places" and _without_places(words, kind, where, lex)[0]:
        kind, words = "", bare  # «Orange bleue» is not the network
    if kind:
        words = _trimmed(words, lex.kinds[kind])
    places = _without_places(words, kind, where, lex)[1]
    letters = {_initials(folded, lex), _initials(fold(text.replace("-", "")), lex)}
    if kind:
        letters.add(_initials(f"{lex.kinds[kind].usual} {' '.join(words)}", lex))
    return _Part(kind=kind, words=words, places=places, full=bare, letters=frozenset(letters))


def _initials(folded: str, lex: Lexicon) -> str:
    return "".join(word[0] for word in folded.split() if word not in lex.stop_words)


def _open_number(word: str, lex: Lexicon) -> str:
    """«cd54» is read as «cd 54»; other words stay."""
    found = _KIND_AND_NUMBER.match(word)
    if found and (loose(found[1]),) in lex.kind_words:
        return f"{found[1]} {found[2]}"
    return word


def _without_legal_form(words: Words, lex: Lexicon) -> Words:
    for size in (2, 1):
        if len(words) > size and words[:size] in lex.legal_forms:
            return _without_legal_form(words[size:], lex)
        if len(words) > size and words[-size:] in lex.legal_forms:
            return _without_legal_form(words[:-size], lex)
    return words


def _find_kind(words: Words, lex: Lexicon) -> tuple[str, Words]:
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
                best = (kind_id, rest)
                break
            if best[0] in kind.over:
                owner, _ = best
                left = _find_kind(rest, lex) if owner else ("", rest)
                return kind_id, left[1] if left[0] == owner else rest
    return best


def _may_stand(kind: Kind, before: Words, said: Words, after: Words) -> bool:
    """Whether these words, at this place, do name the kind."""
    lex = lexicon()
    leads = all((word,) in lex.descriptors for word in before)
    if not (leads or kind.anywhere or (kind.ends and not after)):
        return False
    if len(said) == 1 and said[0] in map(loose, kind.ambiguous):
        return not before and _ambiguous_stands(kind, after, lex)
    return True


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


def _before_service(words: Words, lex: Lexicon) -> Words:
    for position, word in enumerate(words):
        if position and word in lex.service_words:
            return words[:position]
    return words


def _trimmed(words: Words, kind: Kind) -> Words:
    trims = {loose(word) for word in kind.trims}
    while len(words) > 1 and words[0] in trims:
        words = words[1:]
    return words


def _without_places(
    words: Words, kind: str, where: Context, lex: Lexicon
) -> tuple[Words, frozenset[str]]:
    """The words that are no place, and the places."""
    left: list[str] = []
    places: set[str] = set()
    position = 0
    numbered = bool(kind) and lex.kinds[kind].numbered
    scoped = bool(kind) and lex.kinds[kind].scope in ("department", "region")
    while position < len(words):
        size, place = _place_at(words, position, where, lex, scoped=scoped)
        if not size:
            left.append(words[position])
            position += 1
            continue
        places.add(place)
        position += size
        arrondissement = position < len(words) and words[position].isdigit()
        if place == "commune" and arrondissement and not numbered:
            position += 1
    if places and kind:
        left = [word for word in left if word not in lex.place_words]
    return tuple(left), frozenset(places)


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
    last = position == len(words) - 1
    code = _department(words[position], lex)
    if code and (scoped or (last and len(words[position]) > 1)):
        return 1, f"department:{code}"
    return 0, ""


def _main_part(parts: list[_Part], lex: Lexicon) -> tuple[_Part, list[_Part]]:
    """The part that names the organisation, and the others."""
    head, rest = parts[0], parts[1:]
    if not rest:
        return head, []
    if head.kind and not head.words:
        return _completed(head, rest, lex)
    for position, part in enumerate(rest):
        if not part.kind or part.words:
            continue
        kind = lex.kinds[part.kind]
        named_by_place = not head.kind and kind.scope in ("commune", "department", "region")
        if named_by_place or head.kind in kind.over:
            others = [*rest[:position], *rest[position + 1 :]]
            return _with_kind(part.kind, head), others
    return head, rest


def _completed(head: _Part, rest: list[_Part], lex: Lexicon) -> tuple[_Part, list[_Part]]:
    """«CCAS - Ville de Metz», «France Services - Sancey»: the name follows the kind."""
    kind, following = lex.kinds[head.kind], rest[0]
    takes = not following.kind or following.kind in kind.over
    placed = kind.scope in ("commune", "name") or bool(following.places)
    if kind.scope == "one" or not takes or not placed:
        return head, rest
    name = _Part(
        kind=head.kind,
        words=_trimmed(following.words, kind),
        places=following.places,
        full=head.full + following.full,
        letters=head.letters,
    )
    return name, rest[1:]


def _with_kind(kind: str, head: _Part) -> _Part:
    return _Part(kind, head.words, head.places, head.full, head.letters)


def _spells(acronym: str, words: Words) -> bool:
    """Whether the letters are found in order in the words, from their first letter."""
    letters = iter("".join(words))
    return (
        2 <= len(acronym) <= 8
        and bool(words)
        and acronym[0] == words[0][0]
        and all(letter in letters for letter in acronym)
    )
