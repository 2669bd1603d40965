"""In English, French is left only to quotations and to what stands in the files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import pikepdf
import pytest
from published import page, pdf, plain

import necbilan as nec
from necbilan.words.language import language

ROOT = Path(__file__).parents[2]
SAMPLES = ("metz-2023",)
WORD = re.compile(r"[a-zà-öø-ÿœ]+(?:[’'-][a-zà-öø-ÿœ]+)*", re.IGNORECASE)


def french_phrases() -> Iterator[str]:
    """What the French report says where the English one says something else, in pieces.

    A piece is what stands between two blanks of a template: at least two words, none of
    which would make sense in English by itself.
    """
    french, english = language("fr"), language("en")
    said = plain(" ".join(english.words.values())).lower()
    for template in french.words.values():
        for text in template.split("|"):
            for piece in re.split(r"\{\w+\}", french.typeset(text)):
                phrase = plain(piece).strip(" .,:;()«»“”–")
                if len(WORD.findall(phrase)) > 1 and phrase.lower() not in said:
                    yield phrase


@pytest.fixture(scope="module", params=SAMPLES)
def english(request: pytest.FixtureRequest, published: Callable[..., Path]) -> Path:
    return published(request.param, "en")


@pytest.fixture(scope="module")
def in_the_files(english: Path) -> str:
    """What the event's own facts say, in French: event.toml, questions, faults of the files."""
    facts = nec.load(ROOT / "data_samples" / english.name).facts
    return plain(language("fr").typeset(repr(facts)))


def test_both_languages_have_the_same_words_to_say():
    folder = resources.files("necbilan.words")
    for part in [folder / "fr.toml", *(folder / "parts").iterdir()]:
        if part.name == "fr.toml":
            both = [
                tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
                for code in ("fr", "en")
            ]
        else:
            words = tomllib.loads(part.read_text(encoding="utf-8"))
            both = [words["fr"], words["en"]]
        assert set(both[0]) == set(both[1]), part.name
        for key, text in both[0].items():
            holes = [set(re.findall(r"\{(\w+)\}", words)) for words in (text, both[1][key])]
            assert holes[1] - {"unit", "of_department"} <= holes[0] | {"unit"}, key


@pytest.mark.parametrize("file", ["bilan.html", "bilan.pdf", "synthese.pdf"])
def test_no_french_phrase_of_ours_is_left(english: Path, in_the_files: str, file: str) -> None:
    path = english / file
    words = page(path) if path.suffix == ".html" else pdf(path)
    left = [
        phrase
        for phrase in french_phrases()
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words) and phrase not in in_the_files
    ]
    assert left == []


def test_the_page_and_the_pdf_declare_their_language(english: Path) -> None:
    markup = (english / "bilan.html").read_text(encoding="utf-8")
    assert re.search(r'<html[^>]*\blang="en"', markup)
    for name in ("bilan.pdf", "synthese.pdf"):
        with pikepdf.open(english / name) as document:
            assert str(document.Root.Lang) == "en"


def test_why_lines_were_set_aside_is_said_in_english(english: Path) -> None:
    words = page(english / "bilan.html")
    assert "another row of the same person" in words
    assert "autre ligne d’une même personne" not in words


def test_numbers_and_quotes_are_written_as_in_english(english: Path) -> None:
    words = page(english / "bilan.html")
    assert re.search(r"\d%", words)
    assert not re.search(r"\d %", words)
    assert re.search(r"€\d", words)
    assert "95% interval" in words
    assert "““" not in words
    assert "””" not in words
