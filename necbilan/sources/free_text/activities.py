"""Which titles of the programme an answer names, written as people write them.

Capitals, accents, apostrophes, quotes, plurals, «atelier» before a title and one or two
wrong letters are forgiven; several titles may stand in one answer.  What is not sure is
proposed to a human, and every match is listed with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd
from rapidfuzz.distance import OSA

from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import (
    is_empty_answer,
    lemma_of,
    listed,
    tidy,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["SAME", "match_activities"]

SAME = "même intitulé, écrit autrement"

Status = Literal["sure", "proposed", "none"]

_SEVERAL = re.compile(r"\s*[;\n\r|•]\s*|\s+[/+&]\s+")
_HALF = 0.5
_LONGEST_BARE = 3
"""words of an answer in which a title of a single word («Clôture») is surely the title"""


@dataclass(frozen=True)
class _Match:
    activity: str | None
    status: Status
    reason: str


@dataclass(frozen=True)
class _Title:
    text: str
    words: tuple[str, ...]

    @cached_property
    def plain(self) -> str:
        return _plain(self.text)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its words that are no kind of activity; all of them when it has no other."""
        telling = frozenset(word for word in self.words if word not in listed("kinds"))
        return telling or frozenset(self.words)


def match_activities(
    answers: pd.Series, titles: Sequence[str], *, decided: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One row an answer and title named: columns answer, activity, status, reason.

    The index is that of ``answers``, repeated when an answer names several titles.
    ``status`` is "sure", "proposed" (``activity`` is the likeliest title; ask) or "none"
    (``activity`` NA: blank, «rien», or nothing of the programme).  ``reason`` is French.
    ``decided`` maps an answer to the title that a human chose for it, "" for none.
    """
    programme = _Programme(
        tuple(_Title(title, _content(title)) for title in dict.fromkeys(titles)),
        {_plain(answer): title for answer, title in (decided or {}).items()},
    )
    known = {text: programme.named_in(text) for text in answers.dropna().unique()}
    blank = (_Match(None, "none", "sans réponse"),)
    rows = [
        (place, text, match.activity, match.status, match.reason)
        for place, text in answers.items()
        for match in (known[text] if isinstance(text, str) else blank)
    ]
    found = pd.DataFrame(rows, columns=["place", "answer", "activity", "status", "reason"])
    table = found.drop(columns="place").astype("string")
    table.index = pd.Index(found["place"], name=answers.index.name)
    return table


@dataclass(frozen=True)
class _Programme:
    titles: tuple[_Title, ...]
    decided: Mapping[str, str]

    @cached_property
    def _shared(self) -> Counter[str]:
        """In how many titles each word stands."""
        return Counter(word for title in self.titles for word in set(title.words))

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Words of answers met so far → the title's word meant, or themselves."""
        return {}

    def named_in(self, text: str) -> tuple[_Match, ...]:
        """What a human decided, else the whole answer, else each of its parts («a ; b»)."""
        chosen = self.decided.get(_plain(text))
        if chosen is not None:
            return (_Match(chosen or None, "sure" if chosen else "none", "décidé à la main"),)
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        if len(parts) < 2 or any(title.words == _content(text) for title in self.titles):
            return self._named(text)
        each = [match for part in parts for match in self._named(part) if match.activity]
        best = {match.activity: match for match in each}
        best |= {match.activity: match for match in each if match.status == "sure"}
        return tuple(best.values()) or self._named(text)

    def _named(self, text: str) -> tuple[_Match, ...]:
        plain = _plain(text)
        if is_empty_answer(text) or plain in listed("no_activity"):
            return (_Match(None, "none", "ne nomme aucune activité"),)
        same = [title for title in self.titles if title.plain == plain]
        if same:
            return (_Match(same[0].text, "sure", "même intitulé"),)
        said = self._corrected(_content(text))
        exact = [title for title in self.titles if title.words == said]
        if len(exact) == 1:
            return (_Match(exact[0].text, "sure", SAME),)
        found = self._within(text, said) or self._part_of(said)
        return found or self._abridged(text, said) or (_NOTHING,)

    def _corrected(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words of the answer, those one or two letters from a title's word as that one."""
        for word in words:
            if word not in self._spellings:
                self._spellings[word] = _nearest(word, self._shared)
        return tuple(self._spellings[word] for word in words)

    def _abridged(self, text: str, said: tuple[str, ...]) -> tuple[_Match, ...]:
        """«ateliers pro»: a word that begins a single word of the titles stands for it."""
        longer = []
        for word in said:
            whole = [other for other in self._shared if other.startswith(word)]
            longer.append(whole[0] if len(word) > 2 and len(whole) == 1 else word)
        full = tuple(longer)
        if full == said:
            return ()
        found = self._within(text, full) or self._part_of(full)
        return tuple(_Match(match.activity, "proposed", "mot abrégé") for match in found)

    def _within(self, text: str, said: tuple[str, ...]) -> tuple[_Match, ...]:
        """The titles whose telling words all stand in the answer."""
        words = set(said)
        whole = [title for title in self.titles if title.telling <= words]
        found = [
            title for title in whole if not any(title.telling < other.telling for other in whole)
        ]
        alike = Counter(title.telling for title in found)
        matches = []
        for title in found:
            kinds = set(title.words) - title.telling
            if alike[title.telling] > 1 and not (kinds and kinds <= words):
                continue
            matches.append(self._judged(title, text, said))
        return tuple(matches)

    def _judged(self, title: _Title, text: str, said: tuple[str, ...]) -> _Match:
        if _turned_round(text, title):
            return _Match(title.text, "proposed", "cité après « sauf » ou une négation")
        if len(title.words) > 1 and set(title.words) <= set(said):
            return _Match(title.text, "sure", "intitulé cité dans la réponse")
        only_kinds = title.telling <= listed("kinds")
        if len(title.telling) == 1 and (len(said) > _LONGEST_BARE or only_kinds):
            return _Match(title.text, "proposed", "un seul mot de l'intitulé, dans une phrase")
        return _Match(title.text, "sure", "intitulé cité dans la réponse")

    def _part_of(self, said: tuple[str, ...]) -> tuple[_Match, ...]:
        """The one title of which the answer is a part, or the likeliest one."""
        words = set(said)
        telling = words - listed("kinds")
        if not words:
            return ()
        holders = [title for title in self.titles if words <= set(title.words)]
        if len(holders) == 1:
            numbered = any(word.isdigit() for word in words)
            if len(telling) > 1 or (numbered and len(words) > 1):
                return (_Match(holders[0].text, "sure", "partie d'un seul intitulé"),)
            return (_Match(holders[0].text, "proposed", "un mot d'un seul intitulé"),)
        if holders:
            return (_Match(holders[0].text, "proposed", f"{len(holders)} intitulés possibles"),)
        return self._likeliest(words)

    def _likeliest(self, words: set[str]) -> tuple[_Match, ...]:
        """At least half of a title's telling words, the rarest words counting most."""

        def share(title: _Title) -> float:
            weight = {word: 1 / self._shared[word] for word in title.telling}
            said = sum(weight[word] for word in title.telling if word in words)
            return said / sum(weight.values())

        scored = sorted(((share(title), title) for title in self.titles), key=lambda pair: -pair[0])
        if not scored or scored[0][0] < _HALF:
            return ()
        return tuple(
            _Match(title.text, "proposed", "la moitié au moins des mots de l'intitulé")
            for score, title in scored
            if score >= _HALF
        )[:1]


_NOTHING = _Match(None, "none", "aucun intitulé reconnu")


def _plain(text: str) -> str:
    """Words only, folded: what «L'atelier “Cartes”» and «l’atelier cartes.» share."""
    return " ".join(words_of(fold(tidy(text)))).replace("' ", "'")


def _content(text: str) -> tuple[str, ...]:
    """Lemmas, folded, without grammar words; hyphens separate."""
    words = [part for word in words_of(tidy(text).casefold()) for part in word.split("-") if part]
    kept = [word for word in words if fold(word) not in listed("stop_words")]
    return tuple(fold(lemma_of(word)) for word in kept or words)


def _nearest(word: str, vocabulary: Iterable[str]) -> str:
    """The title's word that this one misspells, or itself."""
    if word in vocabulary or len(word) < 5 or word.isdigit():
        return word
    allowed = 2 if len(word) > 8 else 1
    near = [
        (distance, other)
        for other in vocabulary
        if len(other) > 4
        and other[0] == word[0]
        and (distance := OSA.distance(word, other, score_cutoff=allowed)) <= allowed
    ]
    return min(near)[1] if near else word


def _turned_round(text: str, title: _Title) -> bool:
    """Whether «sauf», «pas» or the like stands in the three words before the title."""
    words = _plain(text).replace("'", "' ").split()
    lemmas = [fold(lemma_of(word)) for word in words]
    starts = [place for place, lemma in enumerate(lemmas) if lemma in title.telling]
    before = " ".join(words[max(0, starts[0] - 3) : starts[0]]) if starts else ""
    return any(re.search(rf"\b{re.escape(word)}\b", before) for word in listed("except"))
