"""One label read: what kind of organisation it names, its proper name, its places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.sources.organisations.finding import Context, find_kind, without_places
from necbilan.sources.organisations.lexicon import (
    commune_names,
    fold_name,
    lexicon,
    loose,
    words_of,
)

if TYPE_CHECKING:
    from necbilan.sources.organisations.lexicon import Kind, Lexicon, Words

__all__ = ["Context", "Reading", "context", "names_nothing", "read_label"]

_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_SEPARATORS = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[/|;:–—]\s*")
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:\(e?s?\)|[·.⋅•‧](?:e|ne|trice|rice|euse|se|ère)s?)(?:[·.⋅•‧]s)?\b"
)
_WEB_ENDING = re.compile(r"(?<=\w\w)\.([a-z]{2,3})\b", re.IGNORECASE)
_KIND_AND_NUMBER = re.compile(r"^([a-z]{2,6})(\d\d|2[ab]|97\d)$")


@dataclass(frozen=True)
class Part:
    """One part of a label, between dashes or parentheses.

    ``kind`` is '' when none is recognised.  ``words`` is the proper name with its places,
    ``name`` the same without them; ``places`` holds "commune" (the event's),
    "department:57", "region:44", "former:lorraine".  ``full`` is every significant word, in
    order; ``letters`` its initials in the ways they may be taken; ``squeezed`` all its
    letters, small words too.
    """

    kind: str
    words: Words
    name: Words
    places: frozenset[str]
    full: Words
    letters: frozenset[str]
    squeezed: str


@dataclass(frozen=True)
class Reading(Part):
    """A label, read: the part that names the organisation, and what stands beside it.

    ``asides`` are the other parts (services, acronyms, comments), ``tails`` those that may
    tell one site from another; ``twins`` say the same kind again.
    """

    asides: tuple[Words, ...] = ()
    tails: frozenset[Words] = frozenset()
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
    text = fold_name(_INCLUSIVE.sub("", label))
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
    label = _WEB_ENDING.sub(_without_web_ending, label)
    outside = _SEPARATORS.split(_PARENTHESES.sub(" - ", label))
    texts = [text for text in [*outside, *inside] if fold_name(text)]
    kept = [text for text in texts if not _is_comment(text, lex)] or texts[:1]
    parts = [_part(text, where, lex) for text in kept]
    main, others = _main_part(parts, lex)
    asides = tuple(part.full for part in others)
    acronyms = tuple(
        part.full[0] for part in others if len(part.full) == 1 and _spells(part.full[0], main.full)
    )
    twins = tuple(
        (part.kind, part.words, part.name, part.places)
        for part in others
        if part.kind and part.kind == main.kind
    )
    tails = frozenset(
        part.full for part in others if not (len(part.full) == 1 and part.full[0] in acronyms)
    )
    name, places = without_places(main.words, main.kind, where, lex)
    return Reading(
        **vars(replace(main, name=name, places=places)),
        asides=asides,
        tails=tails,
        acronyms=acronyms,
        twins=twins,
    )


def _significant(text: str, lex: Lexicon) -> Words:
    return words_of(fold_name(text), stop_words=lex.stop_words, spelling=lex.spelling)


def _without_web_ending(found: re.Match[str]) -> str:
    return "" if found[1].lower() in lexicon().web_endings else found[0]


def _is_comment(text: str, lex: Lexicon) -> bool:
    """A former name, a programme («Aidants Connect») or a mere descriptor («hackerspace»)."""
    words = _significant(text, lex)
    return (
        fold_name(text).split()[0] in lex.former
        or words in lex.programmes
        or words in lex.descriptors
        or words in lex.legal_forms
    )


def _part(text: str, where: Context, lex: Lexicon) -> Part:
    folded = " ".join(_open_number(word, lex) for word in fold_name(text).split())
    full = _significant(folded, lex)
    bare = _without_legal_form(full, lex)
    kind, words = find_kind(bare, lex)
    if kind and lex.kinds[kind].services:
        words = _before_service(words, lex)
    if kind and lex.kinds[kind].extra == "places":
        rest, places = without_places(words, kind, where, lex)
        if rest or any(place.startswith("town") for place in places):
            kind, words = "", bare  # «Orange bleue» is not the network
    if kind:
        words = _trimmed(words, lex.kinds[kind])
    name, places = without_places(words, kind, where, lex)
    letters = {_initials(folded, lex), _initials(fold_name(text.replace("-", "")), lex)}
    if kind:
        letters.add(_initials(f"{lex.kinds[kind].usual} {' '.join(words)}", lex))
    squeezed = folded.replace(" ", "")
    return Part(kind, words, name, places, bare, frozenset(letters), squeezed)


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


def _main_part(parts: list[Part], lex: Lexicon) -> tuple[Part, list[Part]]:
    """The part that names the organisation, and the others."""
    head, rest = parts[0], parts[1:]
    if not rest:
        return head, []
    if not head.kind and (rest[0].words or not rest[0].kind) and _is_place(head):
        return _main_part(rest, lex)
    if head.kind and not head.words:
        return _completed(head, rest, lex)
    for position, part in enumerate(rest):
        if not part.kind or part.words:
            continue
        kind = lex.kinds[part.kind]
        placed = kind.scope in ("commune", "department", "region") or _is_place(head)
        named_by_place = not head.kind and kind.scope != "one" and placed
        if named_by_place or head.kind in kind.over:
            others = [*rest[:position], *rest[position + 1 :]]
            return _with_kind(part.kind, head), others
    return head, rest


def _is_place(part: Part) -> bool:
    """«Guéret - La Quincaillerie»: the first part only says where."""
    return (bool(part.places) and not part.name) or part.words in commune_names()


def _completed(head: Part, rest: list[Part], lex: Lexicon) -> tuple[Part, list[Part]]:
    """«CCAS - Ville de Metz», «France Services - Sancey»: the name follows the kind."""
    kind, following = lex.kinds[head.kind], rest[0]
    takes = not following.kind or following.kind in kind.over
    placed = kind.scope in ("commune", "name") or bool(following.places)
    if kind.scope == "one" or not takes or not placed:
        return head, rest
    name = Part(
        kind=head.kind,
        words=_trimmed(following.words, kind),
        name=following.name,
        places=following.places,
        full=head.full + following.full,
        letters=head.letters,
        squeezed=head.squeezed + following.squeezed,
    )
    return name, rest[1:]


def _with_kind(kind: str, head: Part) -> Part:
    return replace(head, kind=kind)


def _spells(acronym: str, words: Words) -> bool:
    """Whether the letters are found in order in the words, from their first letter."""
    letters = iter("".join(words))
    return (
        2 <= len(acronym) <= 8
        and bool(words)
        and acronym[0] == words[0][0]
        and all(letter in letters for letter in acronym)
    )
