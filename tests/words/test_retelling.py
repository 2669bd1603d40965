"""What the loader says in French is told again in English."""

from __future__ import annotations

import pytest

from necbilan.words.language import language
from necbilan.words.retelling import retold


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("vide", "empty"),
        ("question : le plus apprécié", "question: most liked"),
        ("dit 3 fois, reprend la question", "said 3 times, repeats the question"),
        ("ligne 14", "row 14"),
        ("colonne « ligne 14 » : des dates ne sont pas des dates", None),
    ],
)
def test_a_sentence_is_recognised_whatever_stands_in_it(french: str, english: str | None) -> None:
    assert retold(french, language("en")) == (english or french)
