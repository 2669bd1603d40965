"""Every sentence and every title, on thousands of random measures: none claims more than
its interval carries.  What a phrase claims is written here again, without the code that
writes it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from necbilan import figures
from necbilan.figures.framing import title_of
from necbilan.intervals import bonett_price, net_promoter, share_interval
from necbilan.model import Event, Facts, Question
from necbilan.tables import MEASURES
from necbilan.words import fractions, opinions, sentences
from necbilan.words.language import language
from necbilan.words.limits import limits
from necbilan.words.spelled import Spelled
from necbilan.words.spelling import spell

DRAWS = 1000
"""random surveys, in each language"""
EVENT = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici")
NAMES = ("Alpha", "Bravo", "Charlie", "Delta")
Row = dict[str, Any]

SAID = {
    "fr": {
        "majority": "La majorité|condition, la majorité",
        "minority": "Moins de la moitié|condition, moins de la moitié",
        "cannot": "On ne peut pas conclure",
        "clearly": "nettement positive",
        "mostly": "plutôt positive",
        "rarely": "réservée",
        "for": "plus de voix pour que contre",
        "against": "plus de voix contre que pour",
        "apart": "permet",
        "mainly": "[Ss]urtout",
        "more": "[Ee]n majorité",
        "divided": "partagé",
        "larger": r"dépasse|plus forte",
        "smaller": r"inférieure|plus faible",
        "promoted": "sont plus nombreuses",
        "detracted": "sont moins nombreuses",
    },
    "en": {
        "majority": "So a majority|condition, a majority",
        "minority": "So less than half|condition, less than half",
        "cannot": "It cannot be concluded",
        "clearly": "clearly positive",
        "mostly": "fairly positive",
        "rarely": "lukewarm",
        "for": "more votes for than against",
        "against": "more votes against than for",
        "apart": "cannot|can neither|do not allow",
        "mainly": "mainly",
        "more": "majority of",
        "divided": "divided",
        "larger": r"exceeds|larger",
        "smaller": r"below|smaller",
        "promoted": "are more numerous",
        "detracted": "are less numerous",
    },
}
"""phrases of the report, and (in the checks) the numbers that allow them"""


def drawn(seed: int) -> tuple[list[Row], Facts]:
    """One random survey: what its measures say, whether or not they go together."""
    draw = random.Random(seed)
    n = draw.choice([1, 3, 4, 5, 6, 9, 12, 19, 20, 21, 40, 58, 99, 150])
    present = draw.choice([None, n, n + 1, n + 7, 3 * n, 181 + n])
    rows = [*counted(draw, n, present), *impressions(draw, n, present), *votes(draw, n)]
    rows += [*people(draw, present), *scores(draw, n, present), *said(draw, n)]
    exposure = {name: n for name in NAMES if draw.random() < 0.5}
    question = Question(id="q", wording="?", role="overall_satisfaction", positive=2)
    return rows, Facts(event=EVENT, exposure=exposure, questions=(question,))


def counted(draw: random.Random, n: int, present: int | None) -> list[Row]:
    rows = [{"metric": "responses", "value": n, "unit": "answers", "n": n, "base": present}]
    if present is not None:
        rows += [
            {"metric": "present", "value": present, "unit": "people", "n": present},
            {"metric": "response_rate", "value": n / present, "unit": "share", "n": n}
            | {"base": present},
        ]
    return [row | {"method": "count"} for row in rows]


def impressions(draw: random.Random, n: int, present: int | None) -> Iterator[Row]:
    happy = draw.choice([0, n, draw.randint(0, n), round(0.6 * n), round(0.85 * n)])
    for group, population in (("q", present), ("other", draw.choice([None, present]))):
        bounds = share_interval(happy, n, population)
        yield {
            "metric": "satisfied_share", "group": group, "value": happy / n, "unit": "share",
            "low": bounds.low, "high": bounds.high, "n": n, "base": population,
            "method": bounds.method,
        }  # fmt: skip
        if population is not None:
            for level, count in (("low", happy), ("high", happy + population - n)):
                yield {
                    "metric": "satisfied_bound", "group": group, "level": level, "n": n,
                    "value": count / population, "unit": "share", "base": population,
                    "method": "count",
                }  # fmt: skip


def votes(draw: random.Random, n: int) -> Iterator[Row]:
    names = NAMES[: draw.randint(0, 4)]
    for name in names:
        exposed = draw.choice([n, max(1, n // 3)])
        most = draw.randint(0, exposed)
        least = draw.randint(0, exposed - most)
        bounds = bonett_price(most, least, exposed)
        yield {
            "metric": "differential", "level": name, "value": (most - least) / exposed,
            "low": bounds.low, "high": bounds.high, "unit": "share", "n": exposed, "base": n,
            "method": "bonett_price",
        }  # fmt: skip
    for one, two in combinations(names, 2):
        if n >= 10:
            p = draw.choice([0.001, 0.049, 0.051, 0.6])
            yield {"metric": "differential_pair", "group": one, "level": two, "value": p} | {
                "unit": "p_value", "n": n, "method": "student",
            }  # fmt: skip


def people(draw: random.Random, present: int | None) -> Iterator[Row]:
    if not present:
        return
    pros = draw.randint(0, present)
    rest = draw.randint(0, present - pros)
    for level, count in (("professional", pros), ("general_public", rest)):
        yield {"metric": "audience", "level": level, "value": count, "unit": "people"} | {
            "n": present, "base": present, "method": "count",
        }  # fmt: skip
    local = draw.randint(0, present)
    yield {"metric": "origin_department", "level": "57", "value": local, "unit": "people"} | {
        "n": present, "base": present, "method": "count",
    }  # fmt: skip
    value = draw.uniform(-0.5, 0.5)
    low, high = value - draw.uniform(0, 0.4), value + draw.uniform(0, 0.4)
    yield {
        "metric": "representativeness", "level": "professional", "value": value, "low": low,
        "high": high, "unit": "share", "n": draw.choice([6, 19, 20, 90]), "base": present,
        "method": "hypergeometric",
    }  # fmt: skip


def scores(draw: random.Random, n: int, present: int | None) -> Iterator[Row]:
    for_it = draw.randint(0, n)
    against = draw.randint(0, n - for_it)
    bounds = net_promoter(for_it, against, n, present)
    yield {
        "metric": "recommendation_score", "group": "nps", "value": (for_it - against) / n,
        "low": bounds.low, "high": bounds.high, "unit": "share", "n": n, "base": present,
        "method": "bonett_price",
    }  # fmt: skip


def said(draw: random.Random, n: int) -> Iterator[Row]:
    for group in ("mots", "autres"):
        for word in draw.sample(("lien", "accès", "peur", "défi", "droit", "vie"), 5):
            times = draw.randint(1, min(n, 4))
            yield {"metric": "word", "group": group, "level": word, "value": times} | {
                "unit": "answers", "n": n, "base": n, "method": "count",
            }  # fmt: skip


def shown(seed: int, tongue: str) -> Spelled:
    rows, facts = drawn(seed)
    common = {"event": "e", "group": "", "level": "", "status": "ok", "evidence": "microdata"}
    return spell(MEASURES.frame([common | row for row in rows]), facts, tongue)


# --- what a phrase claims -----------------------------------------------------------------


class Overclaim(AssertionError):
    """A sentence says what its numbers do not carry."""


def holds(true: bool, sentence: str) -> None:
    if not true:
        raise Overclaim(sentence)


def check(report: Spelled) -> None:
    """Raises Overclaim when a sentence claims more than its measures."""
    for subject, sentence in report.sentences.items():
        kind, _, group = subject.partition(":")
        text = f"{sentence.title} {sentence.text}"
        CHECKS[kind](report, text, group)
        holds("{" not in text and not re.search(r"\bnan\b", text), text)
    for line in limits(report):
        holds("majorité" not in line and "majority" not in line, line)


def check_titles(report: Spelled) -> None:
    """A chart's title is a checked sentence, or words that claim nothing."""
    for name in figures.__all__:
        chart = getattr(figures, name)(report)
        if chart is not None:
            neutral = report.say(f"figure.{chart.id}.title")
            checked = {sentence.title.rstrip(".") for sentence in report.sentences.values()}
            holds(chart.title in checked | {neutral}, chart.title)


def has(report: Spelled, phrase: str, text: str) -> bool:
    return re.search(SAID[report.language.code][phrase], text) is not None


def impression(report: Spelled, text: str, group: str) -> None:
    group = group or report.main_group("satisfied_share")
    row = report.one("satisfied_share", group)
    assert row is not None
    n = row.n or 0
    holds(n >= 5, text)
    holds(not has(report, "majority", text) or row.low > 0.5, text)
    holds(not has(report, "minority", text) or row.high < 0.5, text)
    holds(has(report, "cannot", text) or row.low > 0.5 or row.high < 0.5, text)
    if n < 20:
        before = re.split(r"\. ", text)[0]
        holds("%" not in before, text)
    if row.base is None and report.one("present") is not None:
        holds("du public" not in text and "the audience" not in text, text)


def finding(report: Spelled, text: str, group: str) -> None:
    row = report.one("satisfied_share", report.main_group("satisfied_share"))
    assert row is not None
    holds((row.n or 0) >= 5, text)
    holds(not has(report, "clearly", text) or row.low > 2 / 3, text)
    holds(not has(report, "mostly", text) or row.low > 0.5, text)
    holds(not has(report, "rarely", text) or row.high < 0.5, text)


def differential(report: Spelled, text: str, group: str) -> None:
    title = text.split(" : ")[0].split("\u00a0: ")[0].split(": ")[0]
    rows = {row.level: row for row in report.rows("differential")}
    named = [name for name in NAMES if name in title]
    for name in named:
        row = rows[name]
        holds((row.n or 0) >= 5, text)
        holds(not has(report, "for", text) or row.low > 0, text)
        holds(not has(report, "against", text) or row.high < 0, text)
    apart = {
        frozenset((row.group, row.level))
        for row in report.rows("differential_pair")
        if row.value < 0.05
    }
    tied = [pair for pair in combinations(named, 2) if frozenset(pair) not in apart]
    holds(not tied or has(report, "apart", text), text)


def audience(report: Spelled, text: str, group: str) -> None:
    rows = {row.level: row for row in report.rows("audience")}
    n = rows["professional"].n or 0
    most = max(row.value for row in rows.values()) / n
    title = text[: text.index(" ", 25)] if len(text) > 30 else text
    holds(n >= 5, text)
    holds(not has(report, "mainly", title) or most >= 0.6, text)
    holds(not has(report, "more", title) or most > 0.5, text)
    known = sum(row.value for row in rows.values()) / n
    holds(not has(report, "divided", title) or (most <= 0.5 and known >= 0.8), text)
    holds(n >= 20 or "%" not in text, text)


def origin(report: Spelled, text: str, group: str) -> None:
    row = report.rows("origin_department")[0]
    holds((row.n or 0) >= 5, text)
    holds((row.n or 0) >= 20 or "%" not in text, text)


def rate(report: Spelled, text: str, group: str) -> None:
    base = report.rows("responses")[0].base
    holds("%" not in text or (base or 0) >= 20, text)


def represented(report: Spelled, text: str, group: str) -> None:
    row = report.rows("representativeness")[0]
    holds(not has(report, "larger", text) or row.low > 0, text)
    holds(not has(report, "smaller", text) or row.high < 0, text)
    holds((row.n or 0) >= 20 or "point" not in text, text)


def bounds(report: Spelled, text: str, group: str) -> None:
    rows = report.rows("satisfied_bound", group or report.main_group("satisfied_bound"))
    holds((rows[0].n or 0) >= 5, text)
    holds("%" not in text or (rows[0].base or 0) >= 20, text)


def recommended(report: Spelled, text: str, group: str) -> None:
    row = report.rows("recommendation_score")[0]
    holds((row.n or 0) >= 5, text)
    holds(not has(report, "promoted", text) or row.low > 0, text)
    holds(not has(report, "detracted", text) or row.high < 0, text)
    holds(row.interval_text in text, text)


def words(report: Spelled, text: str, group: str) -> None:
    rows = report.rows("word", group or report.main_group("word"))
    top = max(row.value for row in rows)
    holds((rows[0].n or 0) >= 5, text)
    for row in rows:
        quoted = report.language.quoted(row.label)
        holds(quoted not in text or row.value == top, text)


def counts_only(report: Spelled, text: str, group: str) -> None:
    """A full count of the people: nothing is estimated."""


CHECKS: dict[str, Callable[[Spelled, str, str], None]] = {
    "overall_impression": impression,
    "finding_impression": finding,
    "differential": differential,
    "finding_differential": differential,
    "audience": audience,
    "origin": origin,
    "finding_origin": origin,
    "response_rate": rate,
    "representativeness": represented,
    "bounds": bounds,
    "recommendation": recommended,
    "words": words,
    "attendance": counts_only,
}


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_no_sentence_claims_more_than_its_interval(tongue):
    subjects = set()
    for seed in range(DRAWS):
        report = shown(seed, tongue)
        check(report)
        subjects |= {subject.partition(":")[0] for subject in report.sentences}
    assert subjects == set(CHECKS)


MUTATIONS = [
    (opinions, "HALF", 0.4),
    (opinions, "HALF", 0.6),
    (opinions, "CLEARLY", 0.6),
    (opinions, "SIGNIFICANT", 0.1),
    (opinions, "MINIMUM", 1),
    (opinions, "FEW", 5),
    (fractions, "FEW", 5),
    (sentences, "MAINLY", 0.5),
    (sentences, "MAJORITY", 0.4),
    (sentences, "MINIMUM", 1),
]


@pytest.mark.parametrize(("module", "name", "value"), MUTATIONS)
def test_a_threshold_made_looser_is_found(monkeypatch, module, name, value):
    monkeypatch.setattr(module, name, value)
    with pytest.raises(Overclaim):
        for seed in range(DRAWS):
            check(shown(seed, "fr"))


def test_the_titles_of_charts_that_are_no_sentence_claim_nothing():
    for tongue in ("fr", "en"):
        for key, text in language(tongue).words.items():
            if re.fullmatch(r"figure\.\w+\.title", key):
                assert not re.search(r"\d|%|plus de|majorit|most of|more than", text), key


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_a_title_is_a_checked_sentence_or_claims_nothing(tongue):
    for seed in range(15):
        check_titles(shown(seed, tongue))


def test_a_chart_bears_the_sentence_on_its_own_question():
    report = shown(7, "fr")
    for question in report.groups("satisfied_share"):
        subject = f"overall_impression:{question}"
        assert title_of(report, subject, "x") == report.sentences[subject].title
