"""Names of the event's own files in a remark: whole words, whatever accents and capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from necbilan.reference import tables
from necbilan.sources.free_text.french_words import known_word, listed
from necbilan.sources.privacy.remark_words import all_shouted, words_in
from necbilan.sources.privacy.word_kinds import is_common, is_nowhere

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from necbilan.sources.privacy.remark_words import Token

__all__ = ["Names", "compile_names", "is_a_thing", "is_name_here", "listed_names"]

_SHORTEST_NAME = 3
"""letters under which a name is no name by itself («Li», «Ba»)"""
_SHORTEST_MISSPELT = 7
"""letters from which a word of no dictionary that nearly is a surname is that surname"""
_MOST_WRONG = 2
_SHORTEST_CUT = 4
"""letters to which a first name is cut short in speech"""
_SHORTEST_GLUED = 6
"""letters from which two words of a name that were written as one are looked for"""
_SLIPS = ((8, 2), (5, 1))
"""letters of a word beside a name, and how many may be wrong for it to be the rest of it"""
_AFTER_A_DETERMINER = frozenset(
    ("la", "le", "les", "l", "un", "une", "des", "du", "au", "aux", "cet", "cette", "d", "en")
)
_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_BETWEEN = (" ", "-", "'", "’")
_TAKEN_UP_BY_MANY = frozenset(("ils", "elles"))
_TAKEN_UP = frozenset(("il", "elle")) | _TAKEN_UP_BY_MANY
"""pronouns that take up, in speech, who was just named"""


@dataclass(frozen=True)
class Names:
    """Names made ready to be looked for; never shown, its repr says how many."""

    alone: frozenset[str] = field(repr=False)
    """words that are a name wherever they stand"""
    with_capital: frozenset[str] = field(repr=False)
    """common words: names with a capital inside a sentence, or after «merci à»"""
    people: dict[str, frozenset[int]] = field(repr=False)
    """every word of a name → whose it is"""
    ordinary: frozenset[str] = frozenset()
    """words of the event itself, nobody's by themselves"""
    words: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """the words of each person's name"""
    long: tuple[str, ...] = field(default=(), repr=False)
    """names by themselves that a slip of the pen still shows"""

    def same_person(self, one: str, two: str) -> bool:
        """Whether two words are of the name of one person."""
        nobody: frozenset[int] = frozenset()
        return bool(self.people.get(one, nobody) & self.people.get(two, nobody))

    def nearly_same_person(self, one: str, two: str) -> bool:
        """Whether ``two`` is, but for a slip of the pen, of the name of somebody called ``one``."""
        most = next((wrong for letters, wrong in _SLIPS if len(two) >= letters), 0)
        return most > 0 and any(
            word != one
            and word[0] == two[0]
            and DamerauLevenshtein.distance(word, two, score_cutoff=most) <= most
            for number in self.people.get(one, ())
            for word in self.words[number]
        )


def compile_names(names: Collection[str], ordinary: Collection[str] = ()) -> Names:
    """Prepare names («Noël Le Goff», «Müller») for ``scrub``, once for many remarks.

    ``ordinary`` holds texts whose words are no name by themselves though somebody may
    bear them: the commune, the place, the organiser; never a text that names a speaker.
    """
    own = frozenset(word for text in ordinary for word in words_in(text))
    usual = listed("places") | own
    people: dict[str, set[int]] = {}
    spelt = [tuple(words_in(name)) for name in names]
    for number, words in enumerate(spelt):
        for word in words:
            people.setdefault(word, set()).add(number)
    single = {word for word in people if len(word) >= _SHORTEST_NAME and not word.isdigit()} - usual
    common = {word for word in single if is_common(word)}
    short = {word for word in people if len(word) < _SHORTEST_NAME} - listed("stop_words")
    return Names(
        alone=frozenset((single - common).union(_glued(spelt), _cut_short(single))),
        with_capital=frozenset(common - listed("stop_words") | short)
        - listed("determiners")
        - listed("everyday"),
        people={word: frozenset(numbers) for word, numbers in people.items()},
        ordinary=own,
        words=tuple(spelt),
        long=tuple(sorted(w for w in single - common if len(w) >= _SHORTEST_MISSPELT)),
    )


def _cut_short(words: Iterable[str]) -> Iterator[str]:
    """«Micka» of Mickaël, «Ludi» of Ludivine: a first name's beginning, no word by itself."""
    for word in words:
        if word in tables.first_names():
            for letters in range(_SHORTEST_CUT, len(word) - 1):
                if is_nowhere(word[:letters]):
                    yield word[:letters]


def _glued(names: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Words of a name written as one: the whole name in either order, «legoff», «aitouali»."""
    for words in names:
        if len(words) > 1:
            yield from ("".join(words), "".join(words[::-1]))
        for start, end in combinations(range(len(words) + 1), 2):
            one = "".join(words[start:end])
            if end > start + 1 and len(one) >= _SHORTEST_GLUED and is_nowhere(one):
                yield one


def listed_names(tokens: list[Token], text: str, names: Names) -> set[int]:
    """Places of the words that are a name of the files."""
    loud = all_shouted(tokens)
    marked = {
        place
        for place, token in enumerate(tokens)
        if (token.word in names.alone and not is_a_thing(tokens, place))
        or (
            token.word in names.with_capital
            and is_name_here(tokens, place, text, loud=loud, opening=_opening(tokens, place, names))
        )
        or _is_misspelt(token, names)
        or _hides_a_name(text[token.start : token.end], names)
    }
    marked |= set(_split_in_two(tokens, text, names))
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


def _hides_a_name(written: str, names: Names) -> bool:
    """«#TeamJoëlleDurand»: words written as one, their capitals kept, one of them a name."""
    if written.islower() or written.istitle() or not _INNER_CAPITAL.search(written):
        return False
    return any(word in names.alone for word in words_in(_INNER_CAPITAL.sub(" ", written)))


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


def _opening(tokens: list[Token], place: int, names: Names) -> int:
    """Where the surname begins that a word ends: at the «de» of «de La Tour»."""
    small = listed("stop_words")
    while place and tokens[place - 1].word in small:
        if not names.same_person(tokens[place - 1].word, tokens[place].word):
            break
        place -= 1
    return place


def _split_in_two(tokens: list[Token], text: str, names: Names) -> Iterator[int]:
    """«Ben Haddou» of somebody called Benhaddou; «le fort» is nobody called Lefort."""
    for place, (one, two) in enumerate(pairwise(tokens)):
        if one.word + two.word not in names.alone or text[one.end : two.start] not in _BETWEEN:
            continue
        if not (is_common(one.word) and is_common(two.word)):
            yield from (place, place + 1)


def is_name_here(
    tokens: list[Token], place: int, text: str, *, loud: bool, opening: int | None = None
) -> bool:
    """Whether a common word is a name: a capital within a sentence, or after a cue.

    ``opening`` is the place of the first word of the surname, when it has particles; ``loud``
    says that capitals tell nothing (``all_shouted``).
    """
    token = tokens[place]
    opening = place if opening is None else opening
    before = [other.word for other in tokens[max(0, opening - 3) : opening]]
    following = tokens[place + 1 : place + 2]
    after = text[following[0].start : following[0].end] if following else ""
    if after in _TAKEN_UP and _is_taken_up(token.word, before, plural=after in _TAKEN_UP_BY_MANY):
        return True
    if before and before[-1] in listed("titles"):
        return True
    heard = " ".join(before)
    thanked = any(heard == cue or heard.endswith(f" {cue}") for cue in listed("cues"))
    if thanked and (token.capital or heard.endswith(" a") or heard == "merci a"):
        return True
    if not token.capital or loud:
        return False
    start = tokens[opening].start
    if opening and tokens[opening - 1].capital and len(before[-1]) == 1:
        return True
    if opening == 0 or re.search(r"[.!?…:;«»\"“\n•–—-]\s*$", text[max(0, start - 8) : start]):
        return after in ("a", "est", "était", "avait", "parle", "parlait", "anime", "animait")
    if before[-1] == "les" and not (following and following[0].capital):
        return not token.word.endswith(("s", "x"))  # «les Petit»: spouses
    return before[-1] not in ("la", "le", "les", "l", "un", "une", "des", "du", "au", "aux")


def _is_taken_up(word: str, before: list[str], *, plural: bool) -> bool:
    """«rose elle m’a aidée», «les petit ils sont venus»: spoken, and no thing of that name."""
    if plural:
        return before[-1:] == ["les"] and not word.endswith(("s", "x"))
    return word in tables.first_names() and not set(before[-1:]) & listed("determiners")


def _side_by_side(
    tokens: list[Token], marked: Collection[int], text: str, names: Names
) -> Iterable[int]:
    """Words of one person's name that touch: both, unless both are small words («de la»)."""
    places = list(enumerate(tokens))
    for pairs in (pairwise(places), pairwise(places[::-1])):
        reached = set(marked)
        for (here, one), (there, two) in pairs:
            if one.word not in names.people or one.word == two.word:
                continue
            gap = text[min(one.end, two.end) : max(one.start, two.start)]
            if not re.fullmatch(r"[\s'’.-]{1,3}", gap):
                continue
            small = listed("stop_words")
            if not names.same_person(one.word, two.word):
                slip = here in reached and two.capital >= one.capital and two.word not in small
                if slip and names.nearly_same_person(one.word, two.word):
                    reached.add(there)
                continue
            if here in reached or not (one.word in small or two.word in small):
                reached |= {here, there}
        yield from reached
