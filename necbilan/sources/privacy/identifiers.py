"""The identifiers of an input, held so that they can be searched for and never shown.

Only ``sources`` builds one; the leak test asks it what a text holds and gets kinds, never
values.  It has no public value, no telling repr, and refuses to be pickled.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NoReturn

import simplemma

from necbilan.reference import tables
from necbilan.sources.free_text.french_words import accented_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Identifiers", "folded_words"]

NAME = "nom d’une personne"
EMAIL = "adresse électronique"
PHONE = "numéro de téléphone"

_MARKS = re.compile("[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_PUNCTUATION = re.compile("[\u0080-\u00bf\u2000-\u2fff\u3000-\u303f\ufff0-\uffff]+")
_LETTERS = (
    *(("ø", "o"), ("ł", "l"), ("đ", "d"), ("ð", "d"), ("þ", "th"), ("ß", "ss")),
    *(("œ", "oe"), ("æ", "ae"), ("ı", "i")),
)
_ASCII = bytes(
    code if chr(code).isalnum() or code >= 0x80 else ord(" ") for code in range(0x80)
) + bytes(range(0x80, 0x100))
_BETWEEN = r"(?:[\s.\-/·•‐-—]| [.\-/·•‐-—] )?"
"""what may stand between the digits of a phone number"""
_PHONE = re.compile(
    rf"(?<![\d.,])(?:(?:\+|00)33{_BETWEEN}(?:\(0\))?{_BETWEEN}|0)?[1-9](?:{_BETWEEN}\d){{8}}(?!\d)"
)
_SPOKEN = frozenset({b"at", b"arobase", b"arobas", b"chez", b"dot", b"point", b"a"})
"""what stands for the signs of an address that is spelt out: «nom (at) exemple [dot] fr»"""
_SHORTEST_LONE_WORD = 5


def folded_words(text: str) -> list[bytes]:
    """Words in lower case without accents or punctuation, as UTF-8."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold())
        for letter, plain in _LETTERS:
            text = text.replace(letter, plain)
        text = _PUNCTUATION.sub(" ", _MARKS.sub("", text))
    return text.lower().encode("utf-8", "replace").translate(_ASCII).split()


def _digits(phone: str) -> str:
    """The nine significant digits of a French number, or all of another's."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return digits[-9:] if len(digits) >= 9 else ""


class Identifiers:
    """Names, e-mails and phones of an input, folded for the search.

    ``names`` are (first, last); a full name of one column goes in as ("", full).
    ``public_terms`` is what the organisers wrote to be read (event.toml, programme,
    speakers made public): never an alarm.  ``common_terms`` is what many share
    (organisations, communes): silences single words of it, never a whole name.
    """

    __slots__ = ("_phones", "_sequences")

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
        self._sequences = tuple(
            (frozenset(sequence), b" " + b" ".join(sequence) + b" ", kind)
            for sequence, kind in kinds.items()
            if b" " + b" ".join(sequence) + b" " not in public
        )
        spoken = {_digits(found.group()) for found in _PHONE.finditer(" ".join(public_terms))}
        self._phones = frozenset(map(_digits, phones)) - spoken - {""}

    def apart_from(self, words: frozenset[bytes]) -> Identifiers:
        """The same, but that words by themselves («Page», «White») no longer point to anyone.

        For what a format writes whatever the event; folded by ``folded_words``.
        """
        other = Identifiers()
        other._phones = self._phones
        other._sequences = tuple(
            entry for entry in self._sequences if len(entry[0]) > 1 or not entry[0] <= words
        )
        return other

    def kinds_in(self, text: str) -> frozenset[str]:
        """Which kinds of identifier a plain text holds; markup is the caller's to undo."""
        words = folded_words(text)
        vocabulary = set(words)
        likely = [entry for entry in self._sequences if entry[0] <= vocabulary]
        kinds: set[str] = set()
        if likely:
            line = b" " + b" ".join(words) + b" "
            kinds = {kind for _, needle, kind in likely if needle in line}
            spelt = [needle for _, needle, kind in likely if kind == EMAIL and kind not in kinds]
            if spelt and vocabulary & _SPOKEN:
                line = b" " + b" ".join(word for word in words if word not in _SPOKEN) + b" "
                kinds |= {EMAIL for needle in spelt if needle in line}
        if self._phones and any(
            _digits(found.group()) in self._phones for found in _PHONE.finditer(text)
        ):
            kinds.add(PHONE)
        return frozenset(kinds)

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
