"""The slides of native charts: origin, profiles, impression, ratings, differential.

Every number comes from the measures; a chart that does not hold all its rows says so in
its title and its note, and the speaker's notes have them all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from necbilan.figures.bars import fill_of
from necbilan.figures.rating_scales import ITEM
from necbilan.figures.scales import segments_of
from necbilan.publishing.deck import MARGIN, SMALLEST, WIDTH, Deck, fitted, shorter
from necbilan.publishing.native_bars import Bar, Bars, draw, shown_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.words.spelled import Row, Spelled

__all__ = [
    "CHART",
    "FULL",
    "NOTE",
    "counts",
    "differential",
    "impression",
    "ratings",
    "source_line",
]

FULL = WIDTH - 2 * MARGIN
"""inches of a slide between its margins"""
CHART = (MARGIN, 2.25, FULL, 4.4)
NOTE = (MARGIN, 6.75, FULL - 1, 0.6)


def counts(deck: Deck, shown: Spelled, chart: Mapping[str, Any], rows: Sequence[Row]) -> None:
    """Counts of the whole public: no interval; the largest, and what gathers the small ones."""
    title = str(chart["title"])
    fills = [fill_of(row, first=row.label.partition(" (")[0] in title) for row in rows]
    bars = [
        Bar(row.label, row.value, row.text, fill=fill)
        for row, fill in zip(rows, fills, strict=True)
    ]
    told = Bars(shown.say(f"metric.{rows[0].metric}"), tuple(bars), _whole(shown))
    kept = next((at for at, fill in enumerate(fills[::-1]) if fill != "white"), 0)
    if rows[0].metric != "origin_department":  # the figure shows the answers too, as shares
        chart = {**chart, "subtitle": f"{chart['headers'][1]}, {rows[0].n_text}"}
    _bars(deck, shown, chart, told, kept=kept)


def _whole(shown: Spelled) -> str:
    """Whole numbers with the thousands of the language."""
    return "#,##0" if shown.language.code == "en" else '[>=1000]#"\u202f"000;0'


def impression(deck: Deck, shown: Spelled, chart: Mapping[str, Any]) -> None:
    """The answers on their scale and, large beside them, the share of positive ones."""
    question = shown.main_group("overall_impression")
    rows = shown.rows("overall_impression", question)
    fills = {segment.label: segment.fill for segment in segments_of(shown, rows)}
    bars = tuple(
        Bar(row.label, row.value, row.text, fill=fills.get(row.label, "indigo")) for row in rows
    )
    told = Bars(shown.say("metric.overall_impression"), bars, _whole(shown))
    share = shown.one("satisfied_share", question)
    if share is None or not share.text:
        _bars(deck, shown, chart, told)
        return
    slide = _bars(deck, shown, chart, told, width=FULL - 3.4)
    box = (WIDTH - MARGIN - 3.1, 2.6, 3.1, 0.9)
    value = share.text.replace(" ", "\u00a0")  # «11 sur 13» on one line
    size = fitted([value], box, (48, 40, 32, 28, 24), bold=True)
    deck.text(slide, [value], box, size, "night", bold=True)
    said = [shown.say("slides.positive"), share.interval_text, share.n_text]
    box = (box[0], 3.5, box[2], 2.2)
    deck.text(slide, [part for part in said if part], box, fitted(said, box, (18, 16, SMALLEST)))


def ratings(deck: Deck, shown: Spelled, chart: Mapping[str, Any]) -> None:
    """The share of positive answers to each question, or on each activity."""
    names = [str(row[0]) for row in chart["rows"]]
    rated = {
        shown.language.typeset(_rated(shown, row)): row for row in shown.rows("rating_satisfied")
    }
    rows = [(name, rated[name]) for name in names if name in rated and rated[name].text]
    if not rows:
        return
    bars = [_estimate(shown, name, row, 1) for name, row in rows]
    heads = _heads(shown, "share")
    told = Bars(shown.say("metric.rating_satisfied"), tuple(bars), "0%", heads)
    _bars(deck, shown, {**chart, "subtitle": shown.say("slides.rated")}, told)


def _rated(shown: Spelled, row: Row) -> str:
    """What a share of positives is about: the item of a grid, else the question's wording."""
    question, _, item = row.group.partition(ITEM)
    wordings = {known.id: known.wording for known in shown.facts.questions}
    return item or wordings.get(question, question)


def _heads(shown: Spelled, value: str) -> tuple[str, str, str]:
    """What heads the value, its interval and its n."""
    interval = shown.say("figure.column.interval")
    return shown.say(f"slides.{value}"), interval, shown.say("slides.n")


def differential(deck: Deck, shown: Spelled, chart: Mapping[str, Any]) -> None:
    """Net differences in points; both ends when there are many activities."""
    bars = [_estimate(shown, row.label, row, 100) for row in shown.rows("differential")]
    heads = _heads(shown, "net")
    told = Bars(shown.say("metric.differential"), tuple(bars), "+0;\u22120;0", heads)
    _bars(deck, shown, chart, told, ranked=True)


def _estimate(shown: Spelled, label: str, row: Row, scale: int) -> Bar:
    """A bar with its interval, hollow when a difference may be nothing."""
    fill = "indigo"
    if row.metric == "differential":
        fill = "indigo" if row.low > 0 else "ochre" if row.high < 0 else "white"
    return Bar(
        label,
        scale * row.value,
        row.text,
        scale * row.low,
        scale * row.high,
        row.interval_text,
        shown.say("number.n", n=row.n) if row.n else "",
        fill,
    )


def _bars(
    deck: Deck,
    shown: Spelled,
    chart: Mapping[str, Any],
    told: Bars,
    *,
    kept: int = 0,
    ranked: bool = False,
    width: float = FULL,
) -> Any:
    """A slide of native bars; title and note say when it does not hold them all."""
    bars, gap_after = shown_of(told.bars, kept=kept, ranked=ranked)
    title, source = chart["title"], source_line(shown)
    if len(bars) < len(told.bars):
        counted = {"drawn": len(bars), "total": len(told.bars)}
        title = shown.say("slides.some", title=title, **counted)
        key = "slides.both_ends" if ranked else "slides.largest"
        source = f"{shown.say(key, half=gap_after, **counted)} {source}"
    elif ranked and any(bar.fill == "white" for bar in bars):
        source = f"{shown.say('slides.hollow')} {source}"
    slide = deck.slide(title, chart["subtitle"])
    held = replace(told, bars=tuple(bars), gap_after=gap_after)
    alternative = ". ".join([title, *(bar.said for bar in bars)]) + "."
    draw(deck, slide, held, (CHART[0], CHART[1], width, CHART[3]), alternative)
    size = SMALLEST
    deck.text(slide, [shorter(source, NOTE[2], size, 2)], NOTE, size, "grey")
    deck.note(slide, [chart["subtitle"], *(bar.said for bar in told.bars), chart["source"]])
    return slide


def source_line(shown: Spelled) -> str:
    """Whose numbers these are, and whether they are invented."""
    event = shown.facts.event
    name = shorter(event.name, 8, SMALLEST, 1)
    said = shown.say("slides.source", name=name, day=shown.language.days(event.dates))
    return f"{said} · {event.fictional}" if event.fictional else said
