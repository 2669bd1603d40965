"""Free text without what identifies somebody: addresses, numbers, names of the event's files.

What is taken out becomes «[…]».  Names are those of the registration list and of the
programme; people outside it are found after «Mme», «M.» and the like only.  A scrubbed
remark may still tell who wrote it: none is published without a human's yes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import accented_forms, known_word, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["REMOVED", "Names", "compile_names", "names_nobody", "scrub"]

REMOVED = "[…]"

_MARK = "\ue000"
"""stands for what was removed until neighbours are joined; private use, in no text"""
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STROKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "þ": "th", "ħ": "h"}
)
_TOKEN = re.compile(rf"[^\W_{_MARK}](?:[^\W_]|[\u0300-\u036f{_HIDDEN}])*")
_SHORTEST_NAME = 3
"""letters under which a name is no name by itself («Li», «Ba»)"""

_LONGEST_CLEMENT = 7
"""letters beyond which a word in -ement is an adverb or a noun, not a first name"""

_AT = (
    r"(?:@|＠|\s*[\[({<]\s*(?:at|a|à|chez|arobase|arobas|a commercial|@)\s*[\])}>]\s*|"
    r"\s+(?:arobase|arobas|@)\s+)"
)
_DOT = r"(?:\.|\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*|\s+(?:dot|point)\s+)"
_SPOKEN_DOT = r"\s+(?:dot|point|tiret|underscore)\s+"
_TLD = (
    r"(?:fr|com|org|net|eu|io|info|be|ch|lu|de|uk|ca|bzh|alsace|corsica|paris|re|app|dev|"
    r"gov|edu|me|tv|coop|asso|xyz|online|site|social|invalid|example|test)"
)
_LAST = r"[^\s.,;:!?)\]}»\"'’]"
"""what an address ends with: not the sentence's punctuation"""
_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|impasse|all[ée]e|chemin|quai|square|route|faubourg|"
    r"lotissement|r[ée]sidence)"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # e-mail, plain or spelled out
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}{_AT}"
        rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+",
        rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_SPOKEN_DOT}[\w.+%-]{{1,64}}){{0,2}}\s+(?:at|chez)\s+"
        rf"[\w-]{{1,63}}(?:\.|\s+(?:dot|point)\s+){_TLD}\b",
        r"(?<![\w.+%-])[\w.+%-]{1,64}[@＠][\w-]+",
        rf"\b(?:https?|ftp|mailto|tel):\S*{_LAST}|\bwww\.\S*{_LAST}",
        # bare domain
        rf"(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,8}}{_TLD}\b(?:/(?:\S*{_LAST})?)?(?![.\w-]*@)",
        r"(?<![\w.])@[\w.]{2,}|\b\w{2,32}#\d{4}\b",  # handles
        r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}\b(?<=[\d])",  # IBAN
        r"(?:\+|\b00)\s?\d{1,3}[\s.-]*(?:\(\s?0\s?\)[\s.-]*)?(?:\d[\s./-]*){6,12}\d(?!\d)",
        r"(?<!\d)(?:\(0\s?[1-9]\)|0\s?[1-9])(?:[\s.,/_•·|\u00a0\u202f–—-]*\d{2}){4}(?!\d)",  # phone
        r"(?<![\d,.])[12][\s.]?\d{2}[\s.]?\d{2}[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}"
        r"(?:[\s.]?\d{2})?(?!\d)",  # social security
        r"(?<![\d,.])\d(?:[ .-]?\d){8,}(?!\d)",  # any other long number
        r"\b[A-Z]{2,6}[-_ ]?\d{5,}\b",  # ticket, registration
        rf"\b\d{{1,4}}\s?(?:bis|ter|quater)?,?\s+{_STREET}\s+(?:(?:de|du|des|la|le|les|d'|l')\s*){{0,3}}"
        r"[\w'-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'-]+){0,3}(?:,?\s+\d{5}(?:\s(?-i:[A-ZÀ-Ý])[\w'-]+)*)?",
    )
)
_YEARS = re.compile(r"(?:(?:19|20)\d{2}[ .-]?)+")
_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|Pr\.|Me|Maître)\s+"
    r"(?:[A-ZÀ-Ý]\.\s?)?(?:(?:(?:de|du|des|da|van|von|el|ben|d')\s?)?[A-ZÀ-Ý][\w'’-]+\s?){1,3}(?<!\s)"
)
_TITLED_LOW = re.compile(
    r"\b(?:[Mm]me\.?|[Mm]lle\.?|[Mm]adame|[Mm]ademoiselle|[Mm]onsieur|[Mm]r\.?|M|m\.)\s+"
    r"(?P<name>[^\W\d_][\w'’-]{3,})"
)
"""a title before a word with no capital, or «M» with no point: a name when it is no word"""
_ACCOUNT = re.compile(
    r"\b(?:insta(?:gram)?|twitter|linkedin|facebook|skype|telegram|snap(?:chat)?|mastodon|discord|"
    r"tiktok)\s*:\s*(?P<name>\S{3,})",
    re.IGNORECASE,
)
_INITIAL = re.compile(rf"\b[A-ZÀ-Ý](?:\.|\b)\s?-?(?={_MARK})|(?<={_MARK})\s[A-ZÀ-Ý]\.")
_JOINED = re.compile(rf"{_MARK}(?:[\s,.'’-]*{_MARK})+")


@dataclass(frozen=True)
class Names:
    """Names made ready to be looked for; never shown, its repr says how many."""

    alone: frozenset[str] = field(repr=False)
    """words that are a name wherever they stand"""
    with_capital: frozenset[str] = field(repr=False)
    """common words: names with a capital inside a sentence, or after «merci à»"""
    people: dict[str, frozenset[int]] = field(repr=False)
    """every word of a name → whose it is"""


def compile_names(names: Collection[str], ordinary: Collection[str] = ()) -> Names:
    """Prepare names («Noël Le Goff», «Müller») for ``scrub``, once for many remarks.

    ``ordinary`` holds texts whose words are no name by themselves though somebody may
    bear them: the commune, the place, the organiser; never a text that names a speaker.
    """
    usual = listed("places") | {word for text in ordinary for word in _words(text)}
    people: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        for word in _words(name):
            people.setdefault(word, set()).add(number)
    glued = {
        "".join(order)
        for name in names
        if len(words := _words(name)) > 1
        for order in (words, words[::-1])
    }
    single = {word for word in people if len(word) >= _SHORTEST_NAME and not word.isdigit()} - usual
    common = {word for word in single if _is_common(word)}
    short = {word for word in people if len(word) < _SHORTEST_NAME} - listed("stop_words")
    return Names(
        alone=frozenset((single - common) | glued),
        with_capital=frozenset(common - listed("stop_words") | short)
        - listed("determiners")
        - listed("everyday"),
        people={word: frozenset(numbers) for word, numbers in people.items()},
    )


def scrub(text: str, names: Names | Collection[str]) -> str:
    """The text with «[…]» in place of what identifies: see the module's docstring.

    Names are found whatever their accents and capitals, as whole words; one that is also
    a common word («Petit», «Rose») only where it can be nothing else.

    >>> scrub("Merci à Noël Le Goff, joignable au 06 39 98 12 34 !", ["LE GOFF Noel"])
    'Merci à […], joignable au […] !'
    """
    known = names if isinstance(names, Names) else compile_names(names)
    bare = unicodedata.normalize("NFC", text).replace(_MARK, "")
    for pattern in _PATTERNS:
        bare = pattern.sub(_unless_years, bare)
    bare = _without_names(bare, known)
    bare = _TITLED.sub(_MARK, bare)
    for pattern in (_TITLED_LOW, _ACCOUNT):
        bare = pattern.sub(_unless_common, bare)
    bare = _INITIAL.sub(_MARK, bare)
    return _JOINED.sub(_MARK, bare).replace(_MARK, REMOVED)


def _unless_years(found: re.Match[str]) -> str:
    return found.group() if _YEARS.fullmatch(found.group()) else _MARK


def _unless_common(found: re.Match[str]) -> str:
    """«madame kermadec» is somebody, «madame la maire» and «monsieur trop pressé» are not."""
    told = [word for word in _words(found["name"]) if len(word) > 2]
    return found.group() if all(map(_is_common, told)) else _MARK


def _word(token: str) -> str:
    return fold("".join(letter for letter in token if letter not in _HIDDEN)).translate(_STROKED)


def _words(text: str) -> list[str]:
    return [_word(token) for token in _TOKEN.findall(unicodedata.normalize("NFC", text))]


def names_nobody(text: str) -> bool:
    """Whether every word is one of the language or of a place: «Emploi public», not «Léa Roy»."""
    return all(_is_common(word) or word in listed("places") for word in _words(text))


def _is_common(word: str) -> bool:
    """A word of the language, accents aside; «Roux» and «Marie» are names all the same."""
    if word in listed("names_in_dictionaries"):
        return False
    small = listed("stop_words") | listed("everyday")
    adverb = len(word) > _LONGEST_CLEMENT and word.endswith("ement")
    return adverb or known_word(word) or bool(accented_forms(word)) or word in small


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int
    capital: bool
    shouted: bool


def _without_names(text: str, names: Names) -> str:
    tokens = [
        _Token(
            _word(found.group()),
            found.start(),
            found.end(),
            found.group()[0].isupper(),
            len(found.group()) > 1 and found.group().isupper(),
        )
        for found in _TOKEN.finditer(text)
    ]
    if not any(token.word in names.people or token.word in names.alone for token in tokens):
        return text
    marked = {
        place
        for place, token in enumerate(tokens)
        if token.word in names.alone
        or (token.word in names.with_capital and _is_name_here(tokens, place, text))
    }
    marked |= set(_side_by_side(tokens, marked, text, names))
    for place in sorted(marked, reverse=True):
        text = text[: tokens[place].start] + _MARK + text[tokens[place].end :]
    return text


def _is_name_here(tokens: list[_Token], place: int, text: str) -> bool:
    """Whether a common word is a name: a capital within a sentence, or after a cue."""
    token = tokens[place]
    before = [other.word for other in tokens[max(0, place - 3) : place]]
    following = tokens[place + 1 : place + 2]
    after = text[following[0].start : following[0].end] if following else ""
    if before and before[-1] in listed("titles"):
        return True
    heard = " ".join(before)
    thanked = any(heard == cue or heard.endswith(f" {cue}") for cue in listed("cues"))
    if thanked and (token.capital or heard.endswith(" a") or heard == "merci a"):
        return True
    if not token.capital or _all_shouted(tokens):
        return False
    if place and tokens[place - 1].capital and len(before[-1]) == 1:
        return True
    if place == 0 or re.search(
        r"[.!?…:;«»\"“\n•–—-]\s*$", text[max(0, token.start - 8) : token.start]
    ):
        return after in ("a", "est", "était", "avait", "parle", "parlait", "anime", "animait")
    return before[-1] not in ("la", "le", "les", "l", "un", "une", "des", "du", "au", "aux")


def _all_shouted(tokens: Iterable[_Token]) -> bool:
    words = [token for token in tokens if token.end - token.start > 1]
    return sum(token.shouted for token in words) > len(words) / 2


def _side_by_side(
    tokens: list[_Token], marked: Collection[int], text: str, names: Names
) -> Iterable[int]:
    """Words of one person's name that touch: both, unless both are small words («de la»)."""
    places = list(enumerate(tokens))
    for pairs in (pairwise(places), pairwise(places[::-1])):
        reached = set(marked)
        for (here, one), (there, two) in pairs:
            gap = text[min(one.end, two.end) : max(one.start, two.start)]
            same = names.people.get(one.word, frozenset()) & names.people.get(two.word, frozenset())
            if not same or one.word == two.word or not re.fullmatch(r"[\s'’.-]{1,3}", gap):
                continue
            small = listed("stop_words")
            if here in reached or not (one.word in small or two.word in small):
                reached |= {here, there}
        yield from reached
