"""Free text without what identifies somebody: addresses, numbers, names.

What is taken out becomes «[…]».  Names are those of the event's files, however written, and
those of other people where only a name can stand.  A scrubbed remark may still tell who
wrote it: none is published without a human's yes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from necbilan.sources.privacy.contact_details import without_accounts, without_contact_details
from necbilan.sources.privacy.list_names import Names, compile_names, listed_names
from necbilan.sources.privacy.outsiders import outsiders
from necbilan.sources.privacy.public_names import public_spans
from necbilan.sources.privacy.remark_words import MARK, tokens_of, words_in
from necbilan.sources.privacy.word_kinds import is_common, said

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["REMOVED", "Names", "compile_names", "scrub"]

REMOVED = "[…]"

_FIRST_KEPT = 0xE001
"""private-use characters that stand for what is kept as it is, one each"""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MOST_KEPT = 0xF8FF - _FIRST_KEPT
_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|Pr\.|Professeure?|"
    r"Me|Maître)\s+"
    r"(?:[A-ZÀ-Ý]\.\s?)?(?:(?:(?:de|du|des|da|van|von|el|ben|d')\s?)?[A-ZÀ-Ý][\w'’-]+\s?){1,3}(?<!\s)"
)
_TITLED_LOW = re.compile(
    r"\b(?:[Mm]me\.?|[Mm]lle\.?|[Mm]adame|[Mm]ademoiselle|[Mm]onsieur|[Mm]r\.?|M|m\.)\s+"
    r"(?P<name>[^\W\d_][\w'’-]{3,})"
)
"""a title before a word with no capital, or «M» with no point: a name when it is no word"""
_TITLED_INITIAL = re.compile(
    r"\b(?:M\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle)\s+(?![àay]\b)[A-ZÀ-Ý]\b\.?",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    rf"\b(?:[A-ZÀ-Ý](?:\.|\b)\s?-?){{1,3}}(?={MARK})|(?<={MARK})\s[A-ZÀ-Ý](?:\.|\b(?![’'\w]))"
    rf"|(?<={MARK})\s[a-z]\.(?!\s?[a-z]\.)"
)
_INITIALS = re.compile(r"(?<![\w.])([A-ZÀ-Ý])\.\s?-?([A-ZÀ-Ý])\.(?!\s?[A-ZÀ-Ý]\.|\w)")
_JOINED = re.compile(rf"{MARK}(?:[\s,.'’-]*{MARK})+")


def scrub(text: str, names: Names | Collection[str]) -> str:
    """The text with «[…]» in place of what identifies: see the module's docstring.

    Names are found whatever their accents and capitals, as whole words; one that is also
    a common word («Petit», «Rose») only where it can be nothing else.

    >>> scrub("Merci à Noël Le Goff, joignable au 06 39 98 12 34 !", ["LE GOFF Noel"])
    'Merci à […], joignable au […] !'
    """
    known = names if isinstance(names, Names) else compile_names(names)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if not "\ue000" <= letter <= "\uf8ff"
    )
    bare = without_contact_details(bare)
    kept = _disjoint(public_spans(bare, known))[:_MOST_KEPT]
    texts = [bare[start:end] for start, end in kept]
    for number, (start, end) in reversed(list(enumerate(kept))):
        bare = bare[:start] + chr(_FIRST_KEPT + number) + bare[end:]
    bare = _without_names(bare, known)
    for number, said_as in enumerate(texts):
        bare = bare.replace(chr(_FIRST_KEPT + number), said_as)
    return _JOINED.sub(MARK, bare).replace(MARK, REMOVED)


def _without_names(text: str, names: Names) -> str:
    tokens = tokens_of(text)
    marked = outsiders(tokens, text, listed_names(tokens, text, names), names.ordinary)
    for place in sorted(marked, reverse=True):
        text = text[: tokens[place].start] + MARK + text[tokens[place].end :]
    text = _TITLED.sub(MARK, text)
    text = _TITLED_INITIAL.sub(MARK, text)
    text = without_accounts(_TITLED_LOW.sub(_unless_common, text))
    return _INITIALS.sub(_unless_acronym, _INITIAL.sub(MARK, text))


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, the longest of those that overlap."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(span[1] <= start or end <= span[0] for start, end in kept):
            kept.append(span)
    return sorted(kept)


def _unless_common(found: re.Match[str]) -> str:
    """«madame kermadec» is somebody, «madame la maire» and «monsieur trop pressé» are not."""
    told = [word for word in words_in(found["name"]) if len(word) > 2]
    return found.group() if all(map(is_common, told)) else MARK


def _unless_acronym(found: re.Match[str]) -> str:
    return found.group() if f"{found[1]}{found[2]}".lower() in said("acronyms") else MARK
