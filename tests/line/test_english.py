"""In English, French is left only to quotations and to what stands in the files."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from importlib import resources
from itertools import product
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from numbers_read import texts
from published import page, pdf, plain

import necbilan as nec
from necbilan import vocabulary
from necbilan.words.language import language
from necbilan.words.retelling import has_english, retold

ROOT = Path(__file__).parents[2]
SAMPLES = ("metz-2023",)
EVERY = ("metz-2023", "littoral-2024", "lyon-2025", "opale-2025", "reunion-2025")
FRENCH = re.compile(
    r"(?<![\w’'-])(?:le|les|des|du|une|est|sont|pour|avec|dans|sur|aux|qui|que|ce|cette|ces|ne|pas"
    r"|ou|leurs?|nous|vous|été|par|au|ont|ni|selon|présentes?|personnes?|réponses?)(?![\w’'-])",
    re.IGNORECASE,
)
"""words that no English sentence holds"""
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
    return plain(language("fr").typeset(str(asdict(facts))))


def sentences(node: ast.expr | None) -> list[str]:
    """What an expression of the loader may say, its holes filled with 7; [] when unknown."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.FormattedValue(value=ast.IfExp() | ast.BinOp() as value):
            return sentences(value) or ["7"]
        case ast.FormattedValue():
            return ["7"]
        case ast.IfExp(body=body, orelse=orelse):
            return sentences(body) + sentences(orelse)
        case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=str(text))):
            return ["", text]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [one + two for one in sentences(left) for two in sentences(right)]
        case ast.JoinedStr(values=values):
            parts = [sentences(value) for value in values]
            return ["".join(chosen) for chosen in product(*parts)]
    return []


def said_by_the_loader() -> Iterator[tuple[str, str]]:
    """Where and what: the texts of problems, the reasons of what is understood or asked."""
    for path in sorted((ROOT / "necbilan/sources").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            is_problem = isinstance(node.func, ast.Name) and node.func.id == "Problem"
            names = ("found", "expected", "remedy") if is_problem else ("reason",)
            for keyword in node.keywords:
                if keyword.arg in names and "E_CONFIG" not in ast.unparse(node):
                    for text in sentences(keyword.value):
                        yield str(path.relative_to(ROOT)), text
    problems = ROOT / "necbilan/sources/workbook/problems.toml"
    for fault in tomllib.loads(problems.read_text(encoding="utf-8")).values():
        for text in fault.values():
            for side in (1, 2):
                form = re.sub(r"\[([^|\]]*)\|([^\]]*)\]", rf"\{side}", text)
                yield problems.name, re.sub(r"\{\w+\}", "7", form)
    for kind in ("registration", "programme", "budget", "survey"):
        for field in vocabulary.read("fields")[kind].values():
            yield "fields.toml", field["label"]
    for reason in vocabulary.read("organisations")["reasons"].values():
        yield "organisations.toml", reason


def test_what_the_loader_says_in_french_has_its_english_in_retold_toml():
    """A new sentence of the loader asks for one line in words/retold.toml."""
    said = sorted(set(said_by_the_loader()))
    assert len(said) > 250
    assert [(where, text) for where, text in said if text and not has_english(text)] == []


def test_a_sentence_of_the_loader_is_told_again_with_its_numbers_and_its_quotations():
    english = language("en")
    one = "colonne « Nom » : 1 cellule n’est pas une date et compte comme vide : ligne 14"
    many = "colonne « Nom » : 2 cellules ne sont pas des dates et comptent comme vides : B3, B9"
    assert retold(one, english) == (
        "column “Nom”: 1 cell is not a date and counts as empty: row 14"
    )
    assert retold(many, english) == (
        "column “Nom”: 2 cells are not dates and count as empty: B3, B9"
    )
    assert retold("une phrase que personne n’a traduite", english) == (
        "une phrase que personne n’a traduite"
    )
    assert retold("« Pros » : 2 %", language("fr")) == "«\u00a0Pros\u00a0»\u00a0: 2\u202f%"


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


def own_words(facts: object) -> Iterator[str]:
    """Every text that the event's facts hold: its organisers wrote it, its files say it."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        yield from own_words(list(facts.items()))
    elif is_dataclass(facts):
        yield from own_words([getattr(facts, field.name) for field in fields(facts)])
    elif isinstance(facts, (tuple, list, set, frozenset)):
        for part in facts:
            yield from own_words(part)


def without(text: str, own: list[str]) -> str:
    """The text without what is the organisers' own; a line of it is theirs too."""
    if any(text in words for words in own):
        return ""
    for words in own:
        text = text.replace(words, " ") if len(words) > 3 else text
    return text


@pytest.mark.parametrize("sample", EVERY)
def test_no_french_word_is_left_in_any_output(published: Callable[..., Path], sample: str) -> None:
    """But for registre.md, which a French authority reads."""
    folder = published(sample, "en")
    facts = nec.load(ROOT / "data_samples" / sample).facts
    measures = pd.read_csv(folder / "measures.csv", dtype="string", keep_default_na=False)
    said = {"Les Bases", *own_words(facts), *measures["group"], *measures["level"]}
    quoted = {re.sub(r"« ?([^»]*?) ?»", r"‘\1’", plain(words)) for words in said}
    own = sorted({folded(words) for words in said | quoted}, key=len, reverse=True)
    left = {
        f"{path.name}: {' '.join(text.split())[:120]}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "registre.md"
        for text in texts(path)
        if FRENCH.search(without(folded(text), own))
    }
    assert left == set()


def folded(text: str) -> str:
    """The text with spaces, apostrophes and case of one kind."""
    return plain(text).replace("'", "’").casefold().strip()


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
