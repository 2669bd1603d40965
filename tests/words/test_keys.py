"""Every word of a language is one that the reports can come to say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from necbilan.words.language import language

PACKAGE = Path(__file__).parents[2] / "necbilan"
CODE = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
VOCABULARY = "\n".join(
    path.read_text(encoding="utf-8") for path in (PACKAGE / "vocabulary").glob("*.toml")
)
LITERALS = {
    node.value
    for tree in CODE
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def shape(string: ast.JoinedStr) -> str:
    """An f-string as a pattern; what it fills in is one word of a key or several."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r".+"
        for part in string.values
    )


SHAPES = {
    shape(node) for tree in CODE for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
}
NAMED = re.compile("|".join(f"(?:{each})" for each in SHAPES if re.match(r"[a-z_]+\\\.", each)))
"""keys whose start the code writes: «metric.{id}»"""
ENDINGS = {found[1] for each in SHAPES if (found := re.fullmatch(r"\.\+\\?([._][a-z_]+)", each))}
"""what the code adds to a key: «{unit}.one»"""


def is_said(key: str) -> bool:
    if key in LITERALS or NAMED.fullmatch(key):
        return True
    if any(key.removesuffix(ending) in LITERALS for ending in ENDINGS):
        return True
    family, _, level = key.partition(".")
    return family in LITERALS and (level in LITERALS or f'"{level}"' in VOCABULARY)


def test_no_language_keeps_a_word_that_nothing_says():
    assert [key for key in language("fr").words if not is_said(key)] == []


def test_a_word_that_nothing_says_is_found():
    assert not is_said("figure_of_nobody.title")
    assert not is_said("gender.never_asked")
