"""Whatever the measures, a chart is None or stands whole: inside its frame, nothing on nothing."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from svg_reading import taken_apart

from necbilan import figures
from necbilan.figures.gallery.records import (
    LIKED,
    OVERALL,
    WORD,
    counted,
    differential_of,
    genders_of,
    judged,
    rating_of,
    spelled,
    words_of,
)
from necbilan.intervals import bonett_price, hypergeometric
from necbilan.model import Question

ALPHABET = "abcdeéèŒW ’-–()123?!«»\u202f\u00a0🎉مر"
LABELS = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=70).filter(
    lambda text: bool(text.strip())
)
COUNTS = st.integers(0, 400)


def _levels(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(LABELS, min_size=least, max_size=most, unique=True)


def stands_whole(chart, *, cloud: bool = False) -> None:
    if chart is None:
        return
    for svg in (chart.svg, chart.narrow):
        drawing = taken_apart(svg)
        texts = drawing.letters
        for text in texts:
            assert text.left >= -0.6 and text.right <= drawing.width + 0.6, text
            assert text.top >= -0.6 and text.bottom <= drawing.height + 0.6, text
        if not cloud:
            for one, two in combinations(texts, 2):
                assert not one.overlaps(two), (one, two)
        for area in drawing.areas:
            assert area.left >= -0.6 and area.right <= drawing.width + 0.6, area


@settings(max_examples=40)
@given(_levels(2, 11), st.data())
def test_any_impression_stands_whole(levels, data):
    counts = data.draw(st.lists(COUNTS, min_size=len(levels), max_size=len(levels)))
    n = sum(counts)
    positive = data.draw(st.integers(1, len(levels)))
    question = Question(
        "impression", "Et alors ?", OVERALL.role, "scale", tuple(reversed(levels)), positive
    )
    rows = counted(
        "overall_impression",
        dict(zip(levels, counts, strict=True)),
        unit="answers",
        group="impression",
        n=n,
        base=5000,
    )
    if n:
        satisfied = sum(counts[:positive])
        low, high, _ = _interval(hypergeometric(satisfied, n, 5000))
        rows.append(
            judged("satisfied_share", "", satisfied / n, (low, high), group="impression", n=n)
        )
    chart = figures.impression(spelled(rows, questions=(question,)))
    assert (chart is None) == (n == 0)
    stands_whole(chart)


def _interval(found) -> tuple[float, float, str]:
    return found.low, found.high, found.method


@settings(max_examples=40)
@given(_levels(1, 25), st.integers(3, 300), st.data())
def test_any_differential_stands_whole(names, n, data):
    votes = st.tuples(st.integers(0, n // 2), st.integers(0, n // 2))
    liked = []
    for name in names:
        most, least = data.draw(votes)
        low, high, _ = _interval(bonett_price(most, least, n))
        liked.append((name, most, least, low, high))
    liked.sort(key=lambda one: one[2] - one[1])
    reach = data.draw(st.integers(0, len(names)))
    rows = differential_of(liked, lambda one, two: abs(one - two) <= reach, n=n)
    chart = figures.differential(spelled(rows, questions=LIKED))
    assert len(chart.table) == len(names)
    stands_whole(chart)


@settings(max_examples=40)
@given(st.dictionaries(LABELS, st.integers(1, 90), min_size=1, max_size=30))
def test_any_words_stand_whole(words):
    chart = figures.words(spelled(words_of(words, sum(words.values())), questions=(WORD,)))
    assert len(chart.table) == len(words)
    stands_whole(chart, cloud=True)


@settings(max_examples=40)
@given(st.dictionaries(LABELS, COUNTS, min_size=1, max_size=30))
def test_any_counts_stand_whole(levels):
    n = sum(levels.values())
    shown = spelled(
        [
            *counted("organisation_type", levels, unit="organisations", n=n, base=n),
            *counted("profile", levels, n=n, base=n),
            *counted("budget_line", levels, unit="euros", group="expense"),
            *counted("activity_attended", levels),
            *counted("activity_capacity", {name: 3 * count for name, count in levels.items()}),
            *counted("respondent_profile", levels, unit="answers", n=n, base=n),
        ]
    )
    for draw in (
        figures.organisation_types,
        figures.profiles,
        figures.budget,
        figures.activities,
    ):
        stands_whole(draw(shown))


@settings(max_examples=40)
@given(*[st.none() | st.integers(0, 20_000)] * 6, st.none() | st.integers(1, 9000))
def test_any_attendance_stands_whole(
    registered, cancelled, waiting, absent, present, walk_in, seats
):
    known = {
        "registered": registered,
        "cancelled": cancelled,
        "waiting_list": waiting,
        "no_show": absent,
        "present": None if present is None else present + (walk_in or 0),
        "walk_in": walk_in,
        "capacity": seats,
    }
    rows = [
        row
        for metric, people in known.items()
        if people is not None
        for row in counted(metric, {"": people}, n=people, base=people)
    ]
    if not rows:
        return
    if present is not None and registered:
        rows += counted("registered_present", {"": present}, n=present, base=registered)
    shown = spelled(rows)
    stands_whole(figures.attendance(shown))
    stands_whole(figures.target(shown))


@settings(max_examples=40)
@given(st.dictionaries(st.integers(0, 400), st.integers(0, 300), min_size=1, max_size=40))
def test_any_timeline_stands_whole(days):
    total, levels = 0, {}
    for day in sorted(days, reverse=True):
        total += days[day]
        levels[str(day)] = total
    levels["0"] = total
    chart = figures.timeline(
        spelled(counted("registration_timeline", levels, n=total, base=total + 3))
    )
    assert (chart is None) == (total == 0)
    stands_whole(chart)


@settings(max_examples=40)
@given(_levels(1, 20), _levels(2, 7), st.data())
def test_any_ratings_and_panels_stand_whole(names, scale, data):
    counts = st.lists(st.integers(0, 90), min_size=len(scale), max_size=len(scale)).filter(any)
    rows = [
        row
        for name in names
        for row in rating_of(f"grille › {name}", data.draw(counts), tuple(scale))
    ]
    panels = st.tuples(*[st.integers(0, 12)] * 3)
    rows += [row for name in names for row in genders_of(name, *data.draw(panels))]
    shown = spelled(rows)
    stands_whole(figures.activity_ratings(shown))
    stands_whole(figures.speaker_gender(shown))


def test_missing_bounds_are_not_drawn():
    rows = differential_of([("Atelier", 3, 1, math.nan, math.nan)], lambda one, two: True, n=9)
    chart = figures.differential(spelled(rows, questions=LIKED))
    stands_whole(chart)
    assert 'fill="#ffffff" stroke="#1e1651"' in chart.svg  # hollow: nothing is sure
