"""The identifiers of an input, held so that they can be searched for and never shown.

Only ``sources`` builds one; the leak test asks it what a text holds and gets kinds, never
values.  It has no public value, no telling repr, and refuses to be pickled.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import simplemma

from necbilan.reference import tables
from necbilan.sources.free_text.french_words import accented_forms
from necbilan.sources.privacy.lookalikes import latinised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Sequence: TypeAlias = tuple[frozenset[bytes], bytes, str]
    """the words of an identifier, the same in order between spaces, and its kind"""

__all__ = ["Identifiers", "folded_words"]

NAME = "nom d’une personne"
EMAIL = "adresse électronique"
PHONE = "numéro de téléphone"

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff\u00ad]+"
)
"""what is drawn over a letter or not at all (Unicode 16: marks, Default_Ignorable_Code_Point)"""
_PUNCTUATION = re.compile("[\u0080-\u00bf\u2000-\u2fff\u3000-\u303f\uffe0-\uffff]+")
_LETTERS = (
    *(("ø", "o"), ("ł", "l"), ("đ", "d"), ("ð", "d"), ("þ", "th"), ("ß", "ss")),
    *(("œ", "oe"), ("æ", "ae"), ("ı", "i")),
)
_ASCII = bytes(
    code if chr(code).isalnum() or code >= 0x80 else ord(" ") for code in range(0x80)
) + bytes(range(0x80, 0x100))
_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), 0x7F])
"""signs that nothing draws; PDFium gives U+0002 for the hyphen of a word cut at a line's end"""
_BETWEEN = r"[\s.\-/·•‐-—_,()]{0,3}"
"""what may stand between the digits of a phone number"""
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_SPOKEN = frozenset({b"at", b"arobase", b"arobas", b"chez", b"dot", b"point", b"a"})
"""what stands for the signs of an address that is spelt out: «nom (at) exemple [dot] fr»"""
_SHORTEST_LONE_WORD = 5


def folded_words(text: str) -> list[bytes]:
    """Words in lower case without accents or punctuation, as UTF-8."""
    return _words(_bare(text))


def _bare(text: str) -> str:
    """Lower case, compatibility forms and marks undone; punctuation stays."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold())
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _MARKS.sub("", text).lower()


def _words(bare: str) -> list[bytes]:
    if not bare.isascii():
        bare = _PUNCTUATION.sub(" ", bare)
    return bare.encode("utf-8", "replace").translate(_ASCII, _CONTROLS).split()


def _digits(phone: str) -> str:
    """The nine last digits of a number, those that tell in France; empty for a shorter one."""
    digits = re.sub("[^0-9]", "", phone.replace("(0)", ""))
    return digits[-9:] if len(digits) >= 9 else ""


def _ascii_digits(text: str) -> str:
    """Digits of other alphabets as ours."""
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text)


def _written(phones: frozenset[str]) -> re.Pattern[str]:
    """What may be one of these numbers, tried at each number of a text.

    Each place takes only the digits that some phone has there: most numbers end at once.
    One sign is consumed, so that a number which ends another hides none.
    """
    first, *others = ("".join(sorted(set(digits))) for digits in zip(*phones, strict=True))
    rest = "".join(f"{_BETWEEN}[{digits}]" for digits in others)
    abroad = rf"[0-9]{{1,3}}?{_BETWEEN}(?:0\){_BETWEEN})?[{first}]"
    begun = rf"(?<=\+){abroad}|(?<=0)0{abroad}|(?<=0)\)?[ -]?[{first}]|(?<=[{first}])"
    return re.compile(rf"[0-9+](?<![0-9].)(?<![0-9][.,].)(?=((?:{begun}){rest})(?![0-9]))")


class Identifiers:
    """Names, e-mails and phones of an input, folded for the search.

    ``names`` are (first, last); a full name of one column goes in as ("", full).
    ``public_terms`` is what the organisers wrote to be read (event.toml, programme,
    speakers made public): never an alarm.  ``common_terms`` is what many share
    (organisations, communes): silences single words of it, never a whole name.
    """

    __slots__ = ("_by_word", "_phones", "_sequences", "_written")

    def __init__(
        self,
        *,
        names: Iterable[tuple[str, str]] = (),
        emails: Iterable[str] = (),
        phones: Iterable[str] = (),
        public_terms: Iterable[str] = (),
        common_terms: Iterable[str] = (),
    ) -> None:
        public = b" | ".join(b" ".join(folded_words(term)) for term in public_terms)
        public = b" " + public + b" "
        common = {word for term in common_terms for word in folded_words(term)} | set(
            public.split()
        )
        kinds: dict[tuple[bytes, ...], str] = {}
        for first, last in names:
            for sequence in _of_a_name(folded_words(first), folded_words(last), common):
                kinds[sequence] = NAME
        for email in emails:
            for sequence in _of_an_email(email, common):
                kinds.setdefault(sequence, EMAIL)
        self._hold(
            [
                (frozenset(sequence), b" " + b" ".join(sequence) + b" ", kind)
                for sequence, kind in kinds.items()
                if b" " + b" ".join(sequence) + b" " not in public
            ],
            frozenset(map(_digits, phones)) - {""},
        )
        spoken = self._phones_in(_bare("\n".join(public_terms)))
        self._hold(self._sequences, self._phones - spoken)

    def _hold(self, sequences: Iterable[_Sequence], phones: frozenset[str]) -> None:
        self._sequences = tuple(sequences)
        self._phones = phones
        self._written = _written(phones) if phones else None
        self._by_word: dict[bytes, list[_Sequence]] = {}
        for entry in self._sequences:  # under its longest word, which few texts hold
            self._by_word.setdefault(max(sorted(entry[0]), key=len), []).append(entry)

    def apart_from(self, words: frozenset[bytes]) -> Identifiers:
        """The same, but that words by themselves («Page», «White») no longer point to anyone.

        For what a format writes whatever the event; folded by ``folded_words``.
        """
        other = Identifiers()
        other._hold(
            [entry for entry in self._sequences if len(entry[0]) > 1 or not entry[0] <= words],
            self._phones,
        )
        return other

    def kinds_in(self, text: str) -> frozenset[str]:
        """Which kinds of identifier a plain text holds; markup is the caller's to undo."""
        bare = _bare(text)
        words = _words(bare)
        vocabulary = set(words)
        if not all(map(bytes.isascii, vocabulary)):  # letters of another alphabet
            words += [b"|", *folded_words(latinised(text))]
            vocabulary = set(words)
        likely = [
            entry
            for word in self._by_word.keys() & vocabulary
            for entry in self._by_word[word]
            if entry[0] <= vocabulary
        ]
        kinds: set[str] = set()
        if likely:
            line = b" " + b" ".join(words) + b" "
            kinds = {kind for _, needle, kind in likely if needle in line}
            spelt = [needle for _, needle, kind in likely if kind == EMAIL and kind not in kinds]
            if spelt and vocabulary & _SPOKEN:
                line = b" " + b" ".join(word for word in words if word not in _SPOKEN) + b" "
                kinds |= {EMAIL for needle in spelt if needle in line}
        if self._phones_in(bare):
            kinds.add(PHONE)
        return frozenset(kinds)

    def _phones_in(self, bare: str) -> frozenset[str]:
        if self._written is None:
            return frozenset()
        found = self._written.finditer(bare if bare.isascii() else _ascii_digits(bare))
        return self._phones & {_digits(match[0] + match[1]) for match in found}

    def __len__(self) -> int:
        return len(self._sequences) + len(self._phones)

    def __bool__(self) -> bool:
        return bool(len(self))

    def __repr__(self) -> str:
        return f"Identifiers({len(self)} held, none shown)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("identifiers never leave the process")


def _of_a_name(
    first: list[bytes], last: list[bytes], common: set[bytes]
) -> Iterator[tuple[bytes, ...]]:
    """The full name in both orders; the surname alone when it is no word and no first name."""
    if not first and len(last) > 1:
        yield tuple(last)
        yield (*last[1:], last[0])
        yield (last[-1], *last[:-1])
        if not any(map(_is_given, last)) and _tells(last[:1], common):
            yield tuple(last[:1])
        last = _surname(last)
    elif first and last:
        yield (*first, *last)
        yield (*last, *first)
        for glued in (b"".join(first + last), b"".join(last + first)):  # «@nadiapetit»
            if not _is_given(glued) and _tells([glued], common):
                yield (glued,)
    if last and not all(map(_is_given, last)) and _tells(last, common):
        yield tuple(last)


def _surname(words: list[bytes]) -> list[bytes]:
    """Of «jean pierre zarbignon» or «zarbignon jean pierre», what is no first name."""
    given = [_is_given(word) for word in words]
    if not any(given):
        return words[-1:]
    return [word for word, is_first in zip(words, given, strict=True) if not is_first]


def _is_given(word: bytes) -> bool:
    return len(word) > 2 and word.decode() in tables.first_names()


def _of_an_email(email: str, common: set[bytes]) -> Iterator[tuple[bytes, ...]]:
    local, _, domain = email.partition("@")
    if domain:
        yield tuple(folded_words(email))
        if _tells(folded_words(local), common):
            yield tuple(folded_words(local))


def _tells(words: list[bytes], common: set[bytes]) -> bool:
    """Whether these words alone point to someone: long enough, and not all of them common."""
    return sum(map(len, words)) >= _SHORTEST_LONE_WORD and not all(
        word in common or _is_french(word.decode()) for word in words
    )


def _is_french(word: str) -> bool:
    """Whether the dictionary has the word, as it stands or with its accents given back."""
    return simplemma.is_known(word, lang="fr") or bool(accented_forms(word))
