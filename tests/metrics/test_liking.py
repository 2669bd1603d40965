"""Most and least liked, on votes counted by hand and on Metz."""

from __future__ import annotations

import time
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from necbilan.metrics import liking
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import RESPONSES

Ballot = tuple[list[str] | None, list[str] | None]
"""what one respondent named most, then least; None = the question was not put"""


def votes(ballots: list[Ballot], exposure: dict[str, int] | None = None) -> Dossier:
    rows = []
    for number, named in enumerate(ballots):
        who = f"r{number:04d}"
        rows.append({"respondent": who, "question": "", "role": "submission"})
        for role, answers in zip(("liked_most", "liked_least"), named, strict=True):
            if answers is None:
                continue
            rows += [
                {"respondent": who, "question": role, "role": role, "answer": answer}
                for answer in answers or [None]
            ]
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici")
    facts = Facts(event=event, exposure=exposure or {})
    return Dossier(event=event, facts=facts, responses=RESPONSES.frame(rows))


def net(most: int, least: int, neither: int, name: str = "Pix") -> list[Ballot]:
    return [([name], [])] * most + [([], [name])] * least + [([], [])] * neither


METZ_MOST = {
    "Stands découverte": 21, "Ateliers professionnels": 19,
    "Regard croisé Danemark, Luxembourg, France": 11, "Table ronde Moselle": 3,
    "Plénière d'ouverture": 3, "Clôture": 1,
}  # fmt: skip
METZ_LEAST = {
    "Stands découverte": 1, "Ateliers professionnels": 1,
    "Regard croisé Danemark, Luxembourg, France": 4, "Table ronde Moselle": 12,
    "Plénière d'ouverture": 17, "Clôture": 13,
}  # fmt: skip
METZ_BOUNDS = {
    "Stands découverte": (0.3448, 0.1973, 0.4693),
    "Ateliers professionnels": (0.3103, 0.1669, 0.4331),
    "Regard croisé Danemark, Luxembourg, France": (0.1207, -0.0147, 0.2481),
    "Table ronde Moselle": (-0.1552, -0.2792, -0.0208),
    "Clôture": (-0.2069, -0.3205, -0.0795),
    "Plénière d'ouverture": (-0.2414, -0.3747, -0.0919),
}


def metz() -> Dossier:
    """58 people, arranged so that nobody names one activity both ways."""
    most = [name for name, count in METZ_MOST.items() for _ in range(count)]
    stands, workshops, crossed, table, opening, closing = METZ_LEAST
    silent = ""
    least = [opening] * 17 + [closing] * 13 + [table] * 12 + [stands, workshops]
    least += [silent] * 7 + [crossed] * 4 + [silent] * 3
    ballots: list[Ballot] = [
        ([one], [two] if two else []) for one, two in zip(most, least, strict=True)
    ]
    assert all(one != two for one, two in ballots)
    return votes(ballots)


def only(table: pd.DataFrame) -> pd.Series:
    assert len(table) == 1
    return table.iloc[0]


def test_metz_has_its_votes_its_differentials_and_its_order():
    dossier = metz()
    most = liking.liked_most(dossier).set_index("level")["value"]
    least = liking.liked_least(dossier).set_index("level")["value"]
    assert dict(most) == METZ_MOST
    assert dict(least) == METZ_LEAST
    table = liking.differential(dossier)
    assert list(table["level"]) == list(METZ_BOUNDS)
    for row in table.to_dict("records"):
        found = tuple(round(row[name], 4) for name in ("value", "low", "high"))
        assert found == METZ_BOUNDS[row["level"]]
    assert set(table["n"]) == {58}
    assert set(table["method"]) == {"bonett_price"}


def test_who_names_an_activity_both_ways_cancels_out():
    row = only(liking.differential(votes([(["Pix"], ["Pix"]), (["Pix"], []), ([], [])])))
    assert row["value"] == pytest.approx(1 / 3)


def test_several_activities_may_be_named_by_one_person_and_each_counts_once():
    dossier = votes([(["Pix", "Fresque", "Pix"], ["Débat"])])
    assert list(liking.liked_most(dossier)["value"]) == [1, 1, 0]


def test_exposure_is_the_denominator_when_it_is_known():
    """5 of 8 who could be at Pix liked it best, among 30 respondents."""
    row = only(liking.differential(votes(net(5, 0, 25), {"Pix": 8})))
    assert row["value"] == pytest.approx(5 / 8)
    assert (row["n"], row["base"]) == (8, 30)


@pytest.mark.parametrize("exposed", [500, 3, 0])
def test_an_exposure_that_cannot_be_gives_way_to_the_respondents(exposed):
    """More than answered, or fewer than voted."""
    row = only(liking.differential(votes(net(5, 0, 25), {"Pix": exposed})))
    assert (row["value"], row["n"]) == (pytest.approx(5 / 30), 30)


def test_nobody_disliking_anything_is_a_differential_all_the_same():
    dossier = votes(net(6, 0, 14))
    assert only(liking.liked_least(dossier))["value"] == 0
    assert only(liking.differential(dossier))["value"] == pytest.approx(0.3)


def test_a_question_that_was_not_put_leaves_a_gap():
    dossier = votes([(["Pix"], None)] * 12)
    assert only(liking.liked_most(dossier))["value"] == 12
    for metric in (liking.liked_least, liking.differential, liking.differential_pair):
        assert only(metric(dossier))["status"] == "not_collected"


@pytest.mark.parametrize("ballots", [[], [([], [])], [([], []), ([], [])]])
def test_no_vote_is_a_gap(ballots):
    dossier = votes(ballots)
    for metric in (liking.differential, liking.differential_pair):
        assert only(metric(dossier))["status"] == "not_collected"


def test_without_a_survey_every_row_is_not_collected():
    event = Event(slug="e", name="E", dates=(date(2025, 1, 2),), place="Ici")
    dossier = Dossier(event=event, facts=Facts(event=event))
    for name in liking.__all__:
        assert only(getattr(liking, name)(dossier))["status"] == "not_collected"


def test_pairs_are_compared_by_students_test_on_each_persons_scores():
    """One pair, so Holm changes nothing: scipy's paired test says the same."""
    ballots = [(["A"], ["B"])] * 9 + [(["B"], ["A"])] * 2 + [(["A"], [])] * 3 + [([], [])] * 6
    one = [1] * 9 + [-1] * 2 + [1] * 3 + [0] * 6
    two = [-1] * 9 + [1] * 2 + [0] * 3 + [0] * 6
    row = only(liking.differential_pair(votes(ballots)))
    assert (row["group"], row["level"], row["method"]) == ("A", "B", "student")
    assert row["value"] == pytest.approx(stats.ttest_rel(one, two).pvalue)


def test_pairs_are_adjusted_for_being_many():
    table = liking.differential_pair(metz())
    assert len(table) == 15
    pairs = table.set_index(["group", "level"])["value"]
    assert pairs["Stands découverte", "Ateliers professionnels"] == 1.0
    assert pairs["Stands découverte", "Plénière d'ouverture"] < 0.001


def test_under_ten_respondents_no_pair_is_compared():
    ballots = [(["A"], ["B"])] * 9
    assert only(liking.differential_pair(votes(ballots)))["status"] == "not_collected"
    told = only(liking.differential_pair(votes([*ballots, ballots[0]])))
    assert told["value"] == pytest.approx(2.0**-9)


def test_five_thousand_respondents_and_thirty_activities_take_seconds():
    names = [f"Atelier {number}" for number in range(30)]
    ballots: list[Ballot] = [
        ([names[row % 30]], [names[(row * 7 + 1) % 30]]) for row in range(5000)
    ]
    dossier = votes(ballots)
    start = time.process_time()
    assert len(liking.differential_pair(dossier)) == 435
    assert len(liking.differential(dossier)) == 30
    assert time.process_time() - start < 3


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("ABC"), max_size=3),
            st.lists(st.sampled_from("ABC"), max_size=2),
        ),
        max_size=25,
    ),
    st.dictionaries(st.sampled_from("ABC"), st.integers(0, 40)),
)
def test_whatever_the_votes_bounds_are_shares_and_nobody_exposed_is_invented(ballots, exposure):
    table = liking.differential(votes(list(ballots), exposure))
    for row in table[table["status"] == "ok"].to_dict("records"):
        assert -1 <= row["low"] <= row["high"] <= 1
        assert -1 <= row["value"] <= 1
        assert row["n"] <= row["base"]
