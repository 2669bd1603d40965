"""Names of the event's own files in a remark: whole words, whatever accents and capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from necbilan.sources.free_text.french_words import known_word, listed
from necbilan.sources.privacy.remark_words import all_shouted, words_in
from necbilan.sources.privacy.word_kinds import is_common, is_nowhere

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from necbilan.sources.privacy.remark_words import Token

__all__ = ["Names", "compile_names", "is_a_thing", "is_name_here", "listed_names"]

_SHORTEST_NAME = 3
"""letters under which a name is no name by itself («Li», «Ba»)"""
_SHORTEST_MISSPELT = 7
"""letters from which a word of no dictionary that nearly is a surname is that surname"""
_MOST_WRONG = 2
_AFTER_A_DETERMINER = frozenset(
    ("la", "le", "les", "l", "un", "une", "des", "du", "au", "aux", "cet", "cette", "d")
)


@dataclass(frozen=True)
class Names:
    """Names made ready to be looked for; never shown, its repr says how many."""

    alone: frozenset[str] = field(repr=False)
    """words that are a name wherever they stand"""
    with_capital: frozenset[str] = field(repr=False)
    """common words: names with a capital inside a sentence, or after «merci à»"""
    people: dict[str, frozenset[int]] = field(repr=False)
    """every word of a name → whose it is"""
    long: tuple[str, ...] = field(default=(), repr=False)
    """names by themselves that a slip of the pen still shows"""

    def same_person(self, one: str, two: str) -> bool:
        """Whether two words are of the name of one person."""
        nobody: frozenset[int] = frozenset()
        return bool(self.people.get(one, nobody) & self.people.get(two, nobody))


def compile_names(names: Collection[str], ordinary: Collection[str] = ()) -> Names:
    """Prepare names («Noël Le Goff», «Müller») for ``scrub``, once for many remarks.

    ``ordinary`` holds texts whose words are no name by themselves though somebody may
    bear them: the commune, the place, the organiser; never a text that names a speaker.
    """
    usual = listed("places") | {word for text in ordinary for word in words_in(text)}
    people: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        for word in words_in(name):
            people.setdefault(word, set()).add(number)
    glued = {
        "".join(order)
        for name in names
        if len(words := words_in(name)) > 1
        for order in (words, words[::-1])
    }
    single = {word for word in people if len(word) >= _SHORTEST_NAME and not word.isdigit()} - usual
    common = {word for word in single if is_common(word)}
    short = {word for word in people if len(word) < _SHORTEST_NAME} - listed("stop_words")
    return Names(
        alone=frozenset((single - common) | glued),
        with_capital=frozenset(common - listed("stop_words") | short)
        - listed("determiners")
        - listed("everyday"),
        people={word: frozenset(numbers) for word, numbers in people.items()},
        long=tuple(sorted(w for w in single - common if len(w) >= _SHORTEST_MISSPELT)),
    )


def listed_names(tokens: list[Token], text: str, names: Names) -> set[int]:
    """Places of the words that are a name of the files."""
    marked = {
        place
        for place, token in enumerate(tokens)
        if (token.word in names.alone and not is_a_thing(tokens, place))
        or (token.word in names.with_capital and is_name_here(tokens, place, text))
        or _is_misspelt(token, names)
    }
    return marked | set(_side_by_side(tokens, marked, text, names))


def is_a_thing(tokens: list[Token], place: int) -> bool:
    """«L’olivier de la cour»: no capital, after an article, and in the dictionary."""
    token = tokens[place]
    return (
        not token.capital
        and place > 0
        and tokens[place - 1].word in _AFTER_A_DETERMINER
        and known_word(token.word)
    )


def _is_misspelt(token: Token, names: Names) -> bool:
    """«Zarbinion» for «Zarbignon»: one or two letters apart, and no word of the language."""
    word = token.word
    if len(word) < _SHORTEST_MISSPELT - 1 or word in names.alone or not is_nowhere(word):
        return False
    most = _MOST_WRONG if len(word) > _SHORTEST_MISSPELT else 1
    near = process.extractOne(
        word, names.long, scorer=DamerauLevenshtein.distance, score_cutoff=most
    )
    return near is not None and near[0][0] == word[0]


def is_name_here(tokens: list[Token], place: int, text: str) -> bool:
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
    if not token.capital or all_shouted(tokens):
        return False
    if place and tokens[place - 1].capital and len(before[-1]) == 1:
        return True
    if place == 0 or re.search(
        r"[.!?…:;«»\"“\n•–—-]\s*$", text[max(0, token.start - 8) : token.start]
    ):
        return after in ("a", "est", "était", "avait", "parle", "parlait", "anime", "animait")
    return before[-1] not in ("la", "le", "les", "l", "un", "une", "des", "du", "au", "aux")


def _side_by_side(
    tokens: list[Token], marked: Collection[int], text: str, names: Names
) -> Iterable[int]:
    """Words of one person's name that touch: both, unless both are small words («de la»)."""
    places = list(enumerate(tokens))
    for pairs in (pairwise(places), pairwise(places[::-1])):
        reached = set(marked)
        for (here, one), (there, two) in pairs:
            gap = text[min(one.end, two.end) : max(one.start, two.start)]
            same = names.same_person(one.word, two.word)
            if not same or one.word == two.word or not re.fullmatch(r"[\s'’.-]{1,3}", gap):
                continue
            small = listed("stop_words")
            if here in reached or not (one.word in small or two.word in small):
                reached |= {here, there}
        yield from reached
