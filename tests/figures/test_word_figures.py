"""Words: strata by count, and a cloud in which every word has its place and its true size."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from svg_reading import taken_apart

from necbilan import figures, style
from necbilan.figures import word_cloud
from necbilan.figures.gallery import hard
from necbilan.figures.gallery.records import WORD, spelled, words_of
from necbilan.figures.word_cloud import SMALLEST, fitting, sizes

SEMIBOLD = next(path for path in style.font_files() if path.stem.endswith("Semibold"))


def _words_chart(counts: dict[str, int], n: int = 30):
    return figures.words(spelled(words_of(counts, n), questions=(WORD,)))


def _cloud(svg: str):
    drawing = taken_apart(svg)
    start = next(
        text.baseline for text in drawing.letters if text.text.startswith("Les mêmes mots")
    )
    return drawing, [
        text for text in drawing.letters if text.weight == 600 and text.baseline > start
    ]


DOMINATED = {"numérique": 90, **{f"mot {rank}": 1 for rank in range(20)}}
CASES = {
    "dominated": DOMINATED,
    "alike": {f"expression {rank}": 1 for rank in range(30)},
    "falling": {f"terme {rank}": 60 // (rank + 1) + 1 for rank in range(40)},
    "alone": {"lien": 5},
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("width", ["svg", "narrow"])
def test_every_word_is_in_the_cloud_once(case, width):
    _, cloud = _cloud(getattr(_words_chart(CASES[case]), width))
    assert sorted(text.text for text in cloud) == sorted(CASES[case])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("width", ["svg", "narrow"])
def test_no_ink_of_a_word_covers_that_of_another(case, width):
    drawing, cloud = _cloud(getattr(_words_chart(CASES[case]), width))
    scale = 3
    shape = (math.ceil(drawing.width * scale), math.ceil(drawing.height * scale))
    covered = np.zeros(shape[::-1], dtype=int)
    for text in cloud:
        page = Image.new("L", shape)
        face = ImageFont.truetype(str(SEMIBOLD), text.size * scale)
        at = (text.left * scale, text.baseline * scale)
        ImageDraw.Draw(page).text(at, text.text, fill=255, font=face, anchor="ls")
        covered += np.asarray(page) > 128
    assert covered.max() == 1


def test_words_that_find_no_room_stand_one_under_another(monkeypatch):
    monkeypatch.setattr(word_cloud, "_attempt", lambda *_: None)
    drawing, cloud = _cloud(_words_chart({"sans place": 3, "nulle part": 2}).svg)
    assert [text.text for text in cloud] == ["sans place", "nulle part"]
    assert not cloud[0].overlaps(cloud[1])
    assert all((text.left + text.right) / 2 == pytest.approx(270, abs=1) for text in cloud)
    assert drawing.height > cloud[1].bottom


def test_the_surface_of_a_word_follows_its_count():
    found = sizes({"a": 9, "b": 4, "c": 1}, width=500, largest=46)
    assert found == {"a": 39, "b": 26, "c": 13}


def test_no_word_is_smaller_than_can_be_read():
    assert min(sizes(DOMINATED, width=216, largest=28).values()) == SMALLEST


def test_a_word_said_as_often_is_as_large():
    _, cloud = _cloud(_words_chart(CASES["dominated"]).svg)
    assert len({text.size for text in cloud if text.text.startswith("mot")}) == 1


def test_a_word_too_long_for_a_phone_is_said_and_stays_in_the_list():
    long = "le numérique qui laisse au bord du chemin celles et ceux qui ne cliquent pas"
    chart = _words_chart({long: 3, "lien": 2})
    assert long in chart.source
    assert long in list(chart.table.iloc[:, 0])
    assert "lien" in fitting({long: 3, "lien": 2}, 216)


def test_words_that_the_font_cannot_write_are_said_and_keep_their_row():
    chart = figures.words(hard.three_answers())
    assert "🎉" in chart.source and "مرحبا" in chart.source
    assert list(chart.table.iloc[:, 0]) == ["🎉", "مرحبا", "lien <b> & co"]
    assert "🎉" not in chart.svg


def test_markup_in_a_word_stays_text():
    chart = figures.words(hard.three_answers())
    assert "lien &lt;b&gt; &amp; co" in chart.svg
    assert "<b>" not in chart.svg


def test_strata_are_ranked_and_alphabetical_whatever_the_accents(metz):
    drawing = taken_apart(figures.words(metz).svg)
    texts = [text.text for text in drawing.letters]
    assert texts.index("2 fois") < texts.index("Changement") < texts.index("1 fois")
    listed = [
        text.text for text in drawing.letters if text.weight == 400 and text.fill == "#4e59ae"
    ]
    assert listed[:6] == [
        "Accessibilité",
        "Ampleur du problème",
        "Défi",
        "Émancipation",
        "Engagé",
        "Enjeu essentiel",
    ]
    assert len(listed) == 13


def test_metz_places_its_fourteen_words(metz):
    _, cloud = _cloud(figures.words(metz).svg)
    assert len(cloud) == 14
    biggest = max(cloud, key=lambda text: text.size)
    assert biggest.text == "Changement"
    smallest = min(text.size for text in cloud)
    assert biggest.size / smallest == pytest.approx(math.sqrt(2), rel=0.02)


def test_words_beyond_the_drawing_are_counted_in_the_source():
    chart = _words_chart({f"mot {rank:03d}": 1 for rank in range(150)}, 150)
    assert "100" in chart.source  # of 150, 50 in the cloud
    assert len(chart.table) == 150


def test_several_word_questions_are_not_mixed():
    rows = [*words_of({"lien": 2}, 5), *(row | {"group": "autre"} for row in words_of({"x": 9}, 9))]
    shown = spelled(rows, questions=(WORD,))
    every = figures.words(shown)
    assert list(every.table.iloc[:, 0]) == ["x"]
    other = figures.words(shown, WORD.id)
    assert list(other.table.iloc[:, 0]) == ["lien"]
    assert every.id != other.id
    assert "évoque pour vous" in other.subtitle
