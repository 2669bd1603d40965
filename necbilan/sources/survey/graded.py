"""Scales made of one word, more and more so: «peu clair», «clair», «très clair»."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["graded"]


@cache
def _around() -> tuple[tuple[re.Pattern[str], int], ...]:
    """What stands around the word, the longest first, and its grade."""
    said = [
        (fold(form), grade)
        for grade, forms in enumerate(vocabulary.read("levels")["grades"]["levels"])
        for form in forms
    ]
    said.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(re.escape(form).replace(r"\*", "(.+)")), at) for form, at in said)


def graded(labels: Collection[str]) -> tuple[dict[str, int], int] | None:
    """The rank of each folded label (1 = the least), and how many of the best are satisfied.

    None unless all are one word in enough different grades, some satisfied and some not;
    grades that nobody took are unknown and left out.
    """
    rules = vocabulary.read("levels")["grades"]
    found = {label: _grade(label) for label in labels}
    grades = sorted({grade for _, grade in found.values()})
    bar = len(rules["levels"]) - int(rules["satisfied"])
    satisfied = sum(grade >= bar for grade in grades)
    words = {word for word, _ in found.values()}
    one_word = len(words) == 1 and not words & set(rules["not"])
    told_apart = len(grades) == len(found) >= int(rules["least"])
    if not (one_word and told_apart and 0 < satisfied < len(grades)):
        return None
    return {label: grades.index(grade) + 1 for label, (_, grade) in found.items()}, satisfied


def _grade(label: str) -> tuple[str, int]:
    return next((match[1], grade) for form, grade in _around() if (match := form.fullmatch(label)))
