"""What people said in a word or an expression, brought together under one written form.

Merged without asking: articles, capitals, accents left out, plural and gender, hyphens,
and a word unknown to the dictionary that stands one or two letters from a more frequent
one.  Words that only share a root (solidaire, solidarité) stay apart.  A misspelling
that has no twin is proposed to a human (``spelling.proposed_spellings``), never
corrected alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz.distance import OSA

from necbilan.errors import misused
from necbilan.sources.folding import fold
from necbilan.sources.free_text.french_words import (
    is_empty_answer,
    known_word,
    lemma_of,
    listed,
    tidy,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "echoes_question",
    "group_words",
    "split_words",
]

Key = tuple[str, ...]

LONGEST_EXPRESSION = 4
"""words in an answer that is one unit; beyond, it is a sentence"""
_SHORTEST_TWIN = 6
"""letters under which two words one letter apart are two words"""
_SHORTEST_TWO_ERRORS = 10
_TELLING = 3
"""words from which an expression is the same whatever its accents"""
_SPLITTER = re.compile(r"\s*[;\n\r\t|•]\s*|\s*,\s*(?!\d)|\s+[/+–—-]\s+|(?<=\w)/(?=\w)")
_DOUBLET = re.compile(r"\btou(?:te)?s (?:et|ou) tou(?:te)?s\b|\btoustes\b")
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:[·⋅.•](?:ne|trice|rice|ère|euse|ive|te|e)?s?(?:[·⋅.•]s)?|"
    r"-(?:e|ne|trice|te)(?:-s|s)?|\((?:e|ne|trice|s|es|te)\)s?)(?=$|\s)"
)


def group_words(answers: pd.Series, decided: Mapping[str, str] | None = None) -> pd.Series:
    """The displayed form of each answer's group, on the same index; NA for no answer.

    An answer of at most four words is one unit, no word of it dropped.  The form shown is
    the most frequent of its group, with its accents, as somebody wrote it; only a bare
    capital takes back its accent («Evolution» is shown «Évolution»).  ``decided`` maps a
    form, as typed or as shown, to the spelling that a human chose for it.  Raises UsageError
    when this is no Series.
    """
    if not isinstance(answers, pd.Series):
        raise misused("group_words", "une Series de réponses", answers)
    choices = {_comparable(form): chosen for form, chosen in (decided or {}).items()}
    typed = answers.map(_written).astype("string")
    shown = _shown(typed)
    if not choices:
        return shown
    spelt = [
        text if pd.isna(text) else _chosen(choices, text, form)
        for text, form in zip(typed, shown, strict=True)
    ]
    return _shown(pd.Series(spelt, index=answers.index, name=answers.name, dtype="string"))


def _chosen(choices: Mapping[str, str], typed: str, shown: str) -> str:
    return choices.get(_comparable(typed)) or choices.get(_comparable(shown)) or typed


def _shown(typed: pd.Series) -> pd.Series:
    counts = Counter(typed.dropna())
    forms = _displayed(_groups(counts), counts)
    return typed.map(forms, na_action="ignore").astype("string")


def split_words(answers: pd.Series) -> pd.Series:
    """One row a word or expression: commas, semicolons, lines, bullets and slashes separate.

    The index repeats; an answer that says nothing keeps one row, NA.  For questions that
    ask several words.
    """
    parts = answers.map(_parts).explode()
    return parts.astype("string")


def echoes_question(form: str, wording: str) -> bool:
    """Whether every full word of ``form`` stands in the question's own wording.

    >>> echoes_question("inclusion", "Qu'évoque pour vous l'inclusion numérique ?")
    True
    """
    stop = listed("stop_words") | listed("determiners")
    asked = {fold(lemma_of(word)) for word in words_of(wording.casefold())}
    said = {fold(lemma_of(word)) for word in words_of(form.casefold()) if fold(word) not in stop}
    return bool(said) and said <= asked


def _written(text: object) -> str | None:
    return tidy(text) if isinstance(text, str) and not is_empty_answer(text) else None


def _parts(text: object) -> list[str | None]:
    if not isinstance(text, str) or is_empty_answer(text):
        return [None]
    parts = [tidy(part) for part in _SPLITTER.split(text) if not is_empty_answer(part)]
    return [*parts] or [None]


def _comparable(form: str) -> str:
    return tidy(form).casefold()


# --- keys -------------------------------------------------------------------------------


def _key(form: str) -> Key:
    """The lemmas of an answer: what two ways of writing the same thing share."""
    bare = _INCLUSIVE.sub("", form.casefold()).replace("\ufe0f", "")
    words = words_of(_DOUBLET.sub("tous", bare))
    if not words:
        return (bare,)
    if len(words) > LONGEST_EXPRESSION + _leading(words):
        kept = [word for word in words if fold(word) not in listed("stop_words")]
        return tuple(lemma_of(word) for word in kept or words)
    return _linked(tuple(lemma_of(word) for word in words[_leading(words) :]))


def _leading(words: list[str]) -> int:
    """How many determiners stand first; an answer made of nothing else keeps its words."""
    count = 0
    for size in (2, 1, 1):
        head = " ".join(words[count : count + size]).replace("' ", "'")
        if fold(head) in listed("determiners") and count + size < len(words):
            count += size
    return count


def _linked(lemmas: Key) -> Key:
    """«de la», «du», «d'» inside become «de»; «toutes et tous» becomes «tous»."""
    out: list[str] = []
    articles = {"l'", "la", "le", "les"}
    for lemma in lemmas:
        if lemma in articles and out and out[-1] == "de":
            continue
        if len(out) > 1 and out[-1] == "et" and out[-2] == lemma:
            out.pop()
            continue
        out.append("de" if fold(lemma) in listed("linking") else lemma)
    return tuple(out)


# --- groups -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """Every key with how often it was said, and the lemmas that the dictionary knows."""

    weight: Mapping[Key, int]
    known: frozenset[str]

    def knows(self, key: Key) -> bool:
        return all(lemma in self.known for lemma in key)


def _groups(counts: Mapping[str, int]) -> dict[str, Key]:
    """The key of each written form once twins are merged."""
    keys = {form: _key(form) for form in counts}
    words = {word for form in counts for word in words_of(form.casefold())}
    known = frozenset({"de"} | {lemma_of(word) for word in words if known_word(word)})
    same = _same_letters(_Said(_weights(keys.values(), keys, counts), known))
    gathered = {form: same[key] for form, key in keys.items()}
    twins = _twins(_Said(_weights(gathered.values(), gathered, counts), known))
    return {form: _followed(key, twins) for form, key in gathered.items()}


def _weights(
    order: Iterable[Key], keys: Mapping[str, Key], counts: Mapping[str, int]
) -> dict[Key, int]:
    weight = dict.fromkeys(order, 0)
    for form, key in keys.items():
        weight[key] += counts[form]
    return weight


def _followed(key: Key, twins: Mapping[Key, Key]) -> Key:
    while key in twins:
        key = twins[key]
    return key


def _same_letters(said: _Said) -> dict[Key, Key]:
    """Keys that differ by accents, spaces or hyphens only, onto the best accented of them.

    Two keys that the dictionary both knows («marché», «marche») stay apart, unless the other
    words of a longer expression tell that it is the same («de côté», «de coté»).
    """
    alike: dict[str, list[Key]] = {}
    for key in said.weight:
        alike.setdefault(_letters(key), []).append(key)
    home = {}
    for keys in alike.values():
        best = max(keys, key=lambda key: (said.knows(key), said.weight[key], _accents(key)))
        for key in keys:
            apart = said.knows(key) and _joined(key) != _joined(best) and len(key) < _TELLING
            home[key] = key if apart else best
    return home


def _joined(key: Key) -> str:
    return "".join(key).replace("-", "").replace("'", "")


def _letters(key: Key) -> str:
    """Its letters without accents; «donnee» and «donné» are the same ones."""
    return _joined(tuple(re.sub(r"ee$", "e", fold(lemma)) for lemma in key))


def _accents(key: Iterable[str]) -> int:
    return sum(fold(letter) != letter for word in key for letter in word)


def _twins(said: _Said) -> dict[Key, Key]:
    """Each key that is a typing error of a more frequent one, and that one."""
    by_initial: dict[str, list[Key]] = {}
    for key in said.weight:
        by_initial.setdefault(_letters(key)[:1], []).append(key)
    found: dict[Key, Key] = {}
    for key in said.weight:
        if said.knows(key):
            continue
        near = [other for other in by_initial[_letters(key)[:1]] if _is_twin(key, other, said)]
        if near:
            found[key] = max(near, key=lambda other: (said.weight[other], said.knows(other)))
    return found


def _is_twin(rare: Key, frequent: Key, said: _Said) -> bool:
    one, two = _letters(rare), _letters(frequent)
    shortest = min(len(one), len(two))
    allowed = 2 if shortest >= _SHORTEST_TWO_ERRORS else 1
    if rare == frequent or shortest < _SHORTEST_TWIN or abs(len(one) - len(two)) > allowed:
        return False
    if said.weight[frequent] < said.weight[rare] or any(map(str.isdigit, one + two)):
        return False
    if len(rare) == len(frequent) and not _one_word_apart(rare, frequent, said):
        return False
    if said.weight[frequent] == said.weight[rare]:
        return said.knows(frequent) and _undoubled(one) == _undoubled(two)
    return OSA.distance(one, two, score_cutoff=allowed) <= allowed


def _one_word_apart(rare: Key, frequent: Key, said: _Said) -> bool:
    """Whether a single word differs but for accents, one that the dictionary does not know."""
    apart = [
        one for one, two in zip(rare, frequent, strict=True) if _letters((one,)) != _letters((two,))
    ]
    return len(apart) == 1 and apart[0] not in said.known


def _undoubled(text: str) -> str:
    return re.sub(r"(.)\1", r"\1", text)


# --- display ----------------------------------------------------------------------------


def _displayed(groups: Mapping[str, Key], counts: Mapping[str, int]) -> dict[str, str]:
    members: dict[Key, list[str]] = {}
    for form, key in groups.items():
        members.setdefault(key, []).append(form)
    shown = {}
    for forms in members.values():
        best = _accented_capital(_best(forms, counts))
        shown.update(dict.fromkeys(forms, best))
    return shown


def _best(forms: list[str], counts: Mapping[str, int]) -> str:
    """The most frequent spelling, capitals and accents aside; then its best written form."""
    weight: Counter[str] = Counter()
    for form in forms:
        weight[fold(form)] += counts[form]

    def merit(form: str) -> tuple[int, ...]:
        words = words_of(form.casefold())
        return (
            weight[fold(form)],
            sum(map(known_word, words)) - len(words),
            -_leading(words),
            _accents(words),
            counts[form],
            -(form.isupper() and len(form) > 4),
        )

    return max(forms, key=merit)


def _accented_capital(form: str) -> str:
    """«Evolution» as «Évolution»: capitals are often typed bare, and only they are mended."""
    if not form[:1].isupper() or form.isupper():
        return form
    first = words_of(form)[:1]
    accent = {"E": "É", "A": "À", "C": "Ç"}.get(form[0])
    if not first or accent is None or known_word(first[0]):
        return form
    mended = accent + first[0][1:]
    return form.replace(first[0], mended, 1) if known_word(mended) else form
