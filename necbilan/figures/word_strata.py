"""Words said: strata by number of citations, and the cloud under them."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from necbilan.figures.canvas import NARROW, SECONDARY
from necbilan.figures.framing import asked, framed, question_of, title_of, with_question
from necbilan.figures.lettering import REGULAR, SEMIBOLD, lines, width_of
from necbilan.figures.word_cloud import draw_cloud, fitting
from necbilan.style import glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["words"]

MOST_STRATA = 8
MOST_WORDS = 120
LARGEST, LARGEST_NARROW = 26.0, 19.0
SMALLEST = 12.0
USUAL = 13.0
COLUMN = 52.0
"""width in points of «12 fois»"""

ECHO = "*"
"""mark of the words that the question itself holds"""

Strata = list[tuple[int, list[str]]]


def words(shown: Spelled, question: str | None = None) -> Chart | None:
    """Every approved word, large when it was said often, then the same as a cloud.

    ``question`` is an id; the one that most people answered without it.
    """
    question, number = question_of(shown, "word", question)
    rows = [_marked(shown, row) for row in shown.rows("word", question)]
    if not rows:
        return None
    strata = _strata(rows, shown.language.code)
    drawn = _drawn(strata)
    cloud = fitting({row.label: int(row.value) for row in rows}, NARROW)
    title = title_of(shown, f"words:{question}", "figure.words.title")
    return framed(
        shown,
        "words",
        lambda canvas: _draw(canvas, shown, drawn, cloud),
        title=title,
        subtitle=with_question(
            shown,
            asked(shown, rows[0].group),
            shown.say("figure.words.unit", count=len(rows), n_text=rows[0].n_text),
        ),
        source=_source(shown, rows, drawn, cloud),
        alt=_alt(shown, title, strata),
        table={
            shown.say("figure.words.head"): [row.label for row in rows],
            shown.say("figure.words.counted"): [row.text for row in rows],
        },
        number=number,
    )


def _marked(shown: Spelled, row: Row) -> Row:
    """A word of the question itself bears an asterisk, explained under the chart."""
    echo = (row.group, row.level) in shown.facts.echoes
    return replace(row, label=f"{row.label}{ECHO}") if echo else row


def _strata(rows: Sequence[Row], language: str) -> Strata:
    """Words by count, the most cited first, alphabetical within a stratum.

    What the font cannot write is named («[texte en arabe]»).
    """
    by_count: dict[int, list[str]] = {}
    for row in rows:
        word = glyphs.printable(row.label, language)
        by_count.setdefault(int(row.value), []).append(word)
    return [(count, sorted(by_count[count], key=_letters)) for count in sorted(by_count)[::-1]]


def _letters(word: str) -> str:
    """Sorting key that takes é for e, as a dictionary does."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _drawn(strata: Strata) -> Strata:
    """The strata that have room, whole: MOST_WORDS words, MOST_STRATA strata."""
    kept: Strata = []
    used = 0
    for count, stratum in strata[:MOST_STRATA]:
        if kept and used + len(stratum) > MOST_WORDS:
            break
        kept.append((count, stratum[:MOST_WORDS]))
        used += len(stratum)
    return kept


def _source(shown: Spelled, rows: Sequence[Row], drawn: Strata, cloud: dict[str, int]) -> str:
    parts = [shown.say("figure.words.source")]
    if any((row.group, row.level) in shown.facts.echoes for row in rows):
        parts.insert(0, shown.say("figure.words.echo", mark=ECHO))
    rest = len(rows) - sum(len(stratum) for _, stratum in drawn)
    if rest:
        parts.append(shown.say("figure.words.rest", count=rest, n=rest))
    lacking = [row.label for row in rows if row.label not in cloud]
    if lacking and len(lacking) <= 3:
        names = shown.language.join([f"«{name}»" for name in lacking])
        parts.append(shown.language.typeset(shown.say("figure.words.lacking", names=names)))
    elif lacking:
        parts.append(shown.say("figure.words.cloud_rest", count=len(lacking), n=len(lacking)))
    return " ".join(parts)


def _alt(shown: Spelled, title: str, strata: Strata) -> str:
    said = " ".join(
        shown.say(
            "figure.alt.pair",
            label=shown.say("figure.words.times", count=count, n=count),
            items=", ".join(stratum[:20]),
        )
        for count, stratum in strata[:4]
    )
    return shown.say("figure.words.alt", title=title, said=said)


def _draw(canvas: Canvas, shown: Spelled, strata: Strata, cloud: dict[str, int]) -> float:
    y = 1.0
    largest, least = strata[0][0], strata[-1][0]
    for count, stratum in strata:
        canvas.line([(0, y), (canvas.width, y)], "rule", thickness=0.8)
        size = _size(count, largest, least, LARGEST_NARROW if canvas.narrow else LARGEST)
        first = count == largest and largest > 1
        y = _stratum(canvas, shown, count, stratum, y=y, size=size, first=first)
    canvas.line([(0, y), (canvas.width, y)], "rule", thickness=0.8)
    if not cloud:
        return y + 2
    y += 17
    for line in lines(shown.say("figure.words.cloud"), canvas.width, size=SECONDARY):
        canvas.text(0, y, line, size=SECONDARY, colour="grey")
        y += 12
    return draw_cloud(canvas, cloud, y + 4)


def _size(count: int, largest: int, least: int, most: float) -> float:
    top = min(most, USUAL * math.sqrt(largest / least))
    return max(SMALLEST, top * math.sqrt(count / largest))


def _stratum(
    canvas: Canvas,
    shown: Spelled,
    count: int,
    stratum: Sequence[str],
    *,
    y: float,
    size: float,
    first: bool,
) -> float:
    """One row: «2 fois», then its words on as many lines as they need."""
    weight = SEMIBOLD if first else REGULAR
    left = 0.0 if canvas.narrow else COLUMN
    leading = 1.32 * size
    times = shown.say("figure.words.times", count=count, n=count)
    if canvas.narrow:
        canvas.text(0, y + 14, times, size=SECONDARY, colour="grey")
        y += 14
    baseline = y + 6 + size
    if not canvas.narrow:
        canvas.text(0, baseline - 0.1 * size, times, size=SECONDARY, colour="grey")
    between = 0.75 * size
    x = left
    room = canvas.width - left
    for word in stratum:
        for part in lines(word, room, size=size, weight=weight, most=3):
            needed = width_of(part, size, weight)
            if x > left and x + between + needed > canvas.width:
                x, baseline = left, baseline + leading
            elif x > left:
                dot = x + between / 2
                canvas.text(dot, baseline, "·", size=size, colour="grey", align="center")
                x += between
            canvas.text(
                x,
                baseline,
                part,
                size=size,
                bold=first,
                colour="night" if first else "indigo_text",
            )
            x += needed
    return baseline + 0.3 * size + 6
