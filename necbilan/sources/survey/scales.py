"""Which ordered scale a question was answered on, from the whole set of its labels.

Never from the largest value seen: a column that holds 3 to 5 may run from 1 to 5 or from
0 to 10, so a range of numbers must be said by the wording or by the cells («8/10»).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from necbilan import vocabulary
from necbilan.sources.folding import fold, fold_label
from necbilan.sources.survey.graded import graded
from necbilan.sources.survey.notes import label_of, note_of, range_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "Scale",
    "asks_for_judgement",
    "decided_scale",
    "ending_of",
    "is_no_opinion",
    "looks_numeric",
    "recognise_scale",
]

_UNDERSTOOD = 0.9
"""share of the answers that must be labels of a scale; the others are told one by one"""
_RANGE = re.compile(r"(?:de\s+)?(\d{1,2})\s*(?:a|-|to)\s*(\d{1,2})")
_FIVE = 5
_LONG_ENOUGH = 8
"""letters from which one typing error still leaves a label unmistakable"""


@dataclass(frozen=True)
class Scale:
    """``labels`` from the worst to the best, as written most often in the file.

    ``ranks`` maps a folded answer to its level (1 = worst); ``no_opinion`` maps the folded
    answers that are apart from the scale to how they are shown.
    """

    id: str
    labels: tuple[str, ...]
    positive: int
    neutral: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)
    no_opinion: Mapping[str, str] = field(default_factory=dict)
    sure: bool = True
    cut: bool = False
    """its middle level was left out, for nobody took it"""

    def level(self, answer: str) -> int | None:
        """The rank of an answer, None when it is not on the scale."""
        return self.ranks.get(_label(answer))

    def shown(self, answer: str) -> str | None:
        """The answer as the report writes it; None when it is not of this scale."""
        level = self.level(answer)
        return self.labels[level - 1] if level else self.no_opinion.get(_label(answer))


@cache
def _spellings() -> dict[str, str]:
    return {fold(word): fold(right) for word, right in vocabulary.read("levels")["words"].items()}


@cache
def _no_opinion() -> frozenset[str]:
    return frozenset(fold_label(text) for text in vocabulary.read("levels")["no_opinion"]["labels"])


@cache
def _scales() -> tuple[tuple[Mapping[str, object], dict[str, int]], ...]:
    """Each scale and its folded labels → level."""
    return tuple(
        (
            scale,
            {
                _label(label): level
                for level, labels in enumerate(scale["levels"], start=1)
                for label in labels
            },
        )
        for scale in vocabulary.read("levels")["scale"]
    )


def _label(text: str) -> str:
    """A folded label, its words spelt right, commas and spaces evened."""
    folded = fold_label(text).replace(" ,", ",")
    return " ".join(_spellings().get(word, word) for word in folded.split())


def is_no_opinion(answer: str) -> bool:
    """«Sans avis», «non concerné», «N/A»…: apart from every scale."""
    return fold_label(answer) in _no_opinion()


def asks_for_judgement(wording: str) -> bool:
    """Whether a wording asks how something was: its answers stand on some scale."""
    said = fold(wording)
    return any(part in said for part in vocabulary.read("levels")["judgement"]["wordings"])


def looks_numeric(answers: Iterable[str]) -> bool:
    """Every answer that is an opinion is a number, alone or as «8/10», «4 - Bien»."""
    filled = [text for text in answers if text.strip() and not is_no_opinion(text)]
    return bool(filled) and all(note_of(text) is not None for text in filled)


def recognise_scale(answers: Sequence[str], wording: str = "") -> Scale | None:
    """The scale of the answers to a question (or to all the rows of a grid), or None.

    ``sure`` is false when several scales hold the labels seen and would not count the
    same answers as satisfied: it must be asked.
    """
    filled = [text.strip() for text in answers if text.strip()]
    opinions = [text for text in filled if not is_no_opinion(text)]
    if not opinions:
        return None
    apart = _apart(filled)
    if looks_numeric(opinions):
        return _numbered(opinions, wording, apart)
    counts = Counter(_label(text) for text in opinions)
    found = [
        candidate
        for scale, known in _scales()
        if (candidate := _fit(scale, known, counts, opinions, apart)) is not None
    ]
    best = min(found, key=lambda pair: pair[0]) if found else None
    if best is None or best[0][:2] != (0, 0):
        made = _graded(counts, opinions, apart)
        if made is not None or best is None:
            return made
    rivals = [scale for cost, scale in found if cost[:2] == best[0][:2] and scale is not best[1]]
    satisfied = _satisfied(best[1])
    agree = all(_satisfied(rival) == satisfied for rival in rivals)
    if len(counts) == 1 and counts.total() > 1:  # everyone said the same: which scale is it?
        agree = len({len(scale.labels) for scale in (best[1], *rivals)}) == 1
    return best[1] if agree else _unsure(best[1])


def _apart(filled: Sequence[str]) -> dict[str, str]:
    shown: dict[str, str] = {}
    for text in filled:
        if is_no_opinion(text):
            shown.setdefault(_label(text), text[:1].upper() + text[1:])
    return shown


def _unsure(scale: Scale) -> Scale:
    return replace(scale, sure=False)


def _graded(
    counts: Counter[str], opinions: Sequence[str], apart: Mapping[str, str]
) -> Scale | None:
    """A scale that no list has: one word, more and more so."""
    found = graded(counts)
    if found is None:
        return None
    ranks, positive = found
    written = Counter(opinions)
    usual = {ranks[_label(text)]: text for text, _ in reversed(written.most_common())}
    labels = tuple(usual[rank][:1].upper() + usual[rank][1:] for rank in sorted(usual))
    return Scale(id="graded", labels=labels, positive=positive, ranks=ranks, no_opinion=apart)


def _satisfied(scale: Scale) -> frozenset[str]:
    limit = len(scale.labels) - scale.positive
    return frozenset(label for label, rank in scale.ranks.items() if rank > limit)


def _fit(
    scale: Mapping[str, object],
    known: Mapping[str, int],
    counts: Counter[str],
    opinions: Sequence[str],
    apart: Mapping[str, str],
) -> tuple[tuple[int, int, int], Scale] | None:
    levels = scale["levels"]
    assert isinstance(levels, list)
    ranks = {label: level for label in counts if (level := _level(label, known)) is not None}
    understood = sum(counts[label] for label in ranks)
    if understood < _UNDERSTOOD * counts.total():
        return None
    if len(ranks) < 2 and counts.total() > 1 and not all(" " in label for label in ranks):
        return None
    if scale.get("whole") and len(set(ranks.values())) < len(levels):
        return None
    collisions = len(ranks) - len(set(ranks.values()))
    without_middle = _without_middle(scale, ranks)
    if without_middle is not None:
        levels, ranks = without_middle
    unseen = len(levels) - len(set(ranks.values()))
    written = Counter(opinions)
    labels = []
    for rank, names in enumerate(levels, start=1):
        said = [text for text in written if ranks.get(_label(text)) == rank]
        if said:
            usual = max(said, key=lambda text: (written[text], text[:1].isupper()))
            labels.append(usual[:1].upper() + usual[1:])
        else:
            labels.append(names[0] + ending_of(opinions, names[0]))
    fitted = Scale(
        id=str(scale["id"]),
        labels=tuple(labels),
        positive=int(str(scale["positive"])),
        neutral=bool(scale.get("neutral", False)) and without_middle is None,
        ranks=ranks,
        no_opinion=apart,
        cut=without_middle is not None,
    )
    return (counts.total() - understood, collisions, unseen), fitted


def _without_middle(
    scale: Mapping[str, object], ranks: Mapping[str, int]
) -> tuple[list[list[str]], dict[str, int]] | None:
    """The levels of a scale of five without its middle, where the four others were all taken.

    «Très bonne, bonne, mauvaise, très mauvaise»: forms of four levels use the very words of
    those of five, and a middle that nobody took is most likely one that was not offered.
    """
    levels = scale["levels"]
    assert isinstance(levels, list)
    middle = len(levels) // 2 + 1
    others = set(range(1, len(levels) + 1)) - {middle}
    if not scale.get("neutral") or len(levels) != _FIVE or set(ranks.values()) != others:
        return None
    kept = [names for rank, names in enumerate(levels, start=1) if rank != middle]
    return kept, {label: rank - (rank > middle) for label, rank in ranks.items()}


def ending_of(opinions: Sequence[str], canonical: str) -> str:
    """The inclusive ending («·e», «(e)») that the other labels of the scale have."""
    last = canonical.rsplit(maxsplit=1)[-1]
    endings = Counter(
        found[1]
        for text in opinions
        if (found := re.search(rf"{re.escape(last)}([·⋅.(-]e\)?)$", text.strip()))
    )
    return endings.most_common(1)[0][0] if endings else ""


def _level(label: str, known: Mapping[str, int]) -> int | None:
    if label in known:
        return known[label]
    if len(label) < _LONG_ENOUGH:
        return None
    near = {level for name, level in known.items() if DamerauLevenshtein.distance(label, name) <= 1}
    return near.pop() if len(near) == 1 else None


def _numbered(opinions: Sequence[str], wording: str, apart: Mapping[str, str]) -> Scale | None:
    worded = {text: label for text in opinions if (label := label_of(text))}
    if len(worded) == len(set(opinions)):
        return _by_words(opinions, worded, apart)
    found = range_of(opinions, wording)
    if found is None:
        return None
    reverse = found.best_first or _falls(worded)
    return _range(found.low, found.high, opinions, apart, positive=found.positive, reverse=reverse)


def _by_words(
    opinions: Sequence[str], worded: Mapping[str, str], apart: Mapping[str, str]
) -> Scale | None:
    """«1 - Très satisfait»: the words say the order, the numbers may run either way."""
    scale = recognise_scale([worded[text] for text in opinions])
    if scale is None:
        return None
    levels = {text: scale.level(label) for text, label in worded.items()}
    ranks = {_label(text): level for text, level in levels.items() if level is not None}
    return replace(scale, ranks=ranks, no_opinion=apart)


def _falls(worded: Mapping[str, str]) -> bool:
    """Whether the labels of the two ends («1 (très bien)», «5 (nul)») go from best to worst."""
    ends = sorted(worded, key=lambda text: note_of(text) or 0)
    scale = recognise_scale(list(worded.values())) if len(ends) > 1 else None
    if scale is None:
        return False
    first, last = scale.level(worded[ends[0]]), scale.level(worded[ends[-1]])
    return first is not None and last is not None and first > last


def _range(
    low: int,
    high: int,
    opinions: Sequence[str],
    apart: Mapping[str, str],
    *,
    positive: int,
    reverse: bool = False,
) -> Scale:
    values = list(range(low, high + 1))
    if reverse:
        values.reverse()
    ranks = {
        _label(text): values.index(number) + 1
        for text in opinions
        if (number := note_of(text)) is not None and number in values
    }
    return Scale(
        id=f"numbers_{low}_{high}",
        labels=tuple(str(value) for value in values),
        positive=positive,
        neutral=(high - low) % 2 == 0 and high - low <= 4,
        ranks=ranks,
        no_opinion=apart,
    )


def decided_scale(decision: str, answers: Sequence[str]) -> Scale | None:
    """The scale a human wrote: «de 1 à 5», or the labels «Bof < Bien < Génial»."""
    filled = [text.strip() for text in answers if text.strip()]
    apart = _apart(filled)
    opinions = [text for text in filled if not is_no_opinion(text)]
    if found := _RANGE.fullmatch(fold(decision)):
        low, high = int(found[1]), int(found[2])
        positive = 3 if high >= 10 else 2
        return _range(low, high, opinions, apart, positive=positive) if low < high else None
    labels = tuple(part.strip() for part in decision.split("<") if part.strip())
    if len(labels) < 2:
        return None
    return Scale(
        id="decided",
        labels=labels,
        positive=max(1, len(labels) // 2),
        neutral=len(labels) % 2 == 1,
        ranks={_label(label): rank for rank, label in enumerate(labels, start=1)},
        no_opinion=apart,
    )
