"""Events side by side: what is compared, what is pooled, who is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan.comparison import ENSEMBLE, compare
from necbilan.errors import InputMissing, UnreadableFile, UsageError
from necbilan.exchange import Exchange, measures_csv
from tests.comparison.events import FIVE, FOUR, event, row


def cell(table: pd.DataFrame, slug: str, metric: str) -> dict:
    found = table[table["event"].eq(slug) & table["metric"].eq(metric)]
    assert len(found) == 1
    return found.iloc[0].to_dict()


THREE = [event("a", 8, 10, 50), event("b", 30, 40, 100), event("c", 45, 50, 50)]


def test_rows_stand_by_number_of_answers_and_never_by_share():
    table = compare(THREE)
    assert list(dict.fromkeys(table["event"])) == ["c", "b", "a", ENSEMBLE]


def test_counts_are_added_and_a_rate_is_taken_over_all_who_were_present():
    table = compare(THREE)
    assert cell(table, ENSEMBLE, "present")["value"] == 200
    assert cell(table, ENSEMBLE, "responses")["value"] == 100
    assert cell(table, ENSEMBLE, "response_rate")["value"] == 100 / 200


def test_the_share_of_the_whole_weighs_events_by_those_present():
    whole = cell(compare(THREE), ENSEMBLE, "satisfied_share")
    assert whole["value"] == pytest.approx((50 * 0.8 + 100 * 0.75 + 50 * 0.9) / 200)
    assert whole["low"] < whole["value"] < whole["high"]
    assert (whole["n"], whole["base"], whole["events"]) == (100, 200, 3)


def test_each_event_keeps_the_interval_of_its_own_report():
    measures, _ = THREE[1]
    own = measures[measures["metric"].eq("satisfied_share")].iloc[0]
    shown = cell(compare(THREE), "b", "satisfied_share")
    assert (shown["low"], shown["high"], shown["method"]) == (
        own["low"],
        own["high"],
        "hypergeometric",
    )


def test_another_number_of_levels_is_not_compared_and_is_named():
    table = compare([*THREE, event("d", 19, 20, 60, scale=FOUR)])
    assert cell(table, "d", "satisfied_share")["reason"] == "other_scale"
    assert cell(table, "d", "response_rate")["comparable"]
    whole = cell(table, ENSEMBLE, "satisfied_share")
    assert (whole["events"], whole["missing"]) == (3, "NEC d")


def test_another_wording_is_not_compared_but_dress_is_no_wording():
    other = event("d", 19, 20, 60, wording="Le repas vous a-t-il plu ?")
    dressed = event("e", 19, 20, 60, wording="QUELLE EST VOTRE IMPRESSION GÉNÉRALE")
    table = compare([*THREE, other, dressed])
    assert cell(table, "d", "satisfied_share")["reason"] == "other_wording"
    assert cell(table, "e", "satisfied_share")["reason"] == ""


def test_two_events_of_two_scales_have_no_whole():
    table = compare([THREE[0], event("d", 19, 20, 60, scale=FOUR)])
    whole = cell(table, ENSEMBLE, "satisfied_share")
    assert whole["status"] == "not_comparable"
    assert pd.isna(whole["value"])
    assert whole["missing"].split("\n") == ["NEC d", "NEC a"]


def test_measures_without_attributes_count_but_their_rates_are_not_compared():
    alone, _ = event("alone", 5, 9, 30)
    table = compare([*THREE, alone])
    assert cell(table, "alone", "response_rate")["reason"] == "unknown_attributes"
    assert cell(table, "alone", "satisfied_share")["reason"] == "unknown_attributes"
    assert cell(table, ENSEMBLE, "present")["value"] == 230


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"status": "not_collected", "value": None, "low": None, "high": None}, "not_collected"),
        ({"status": "suppressed", "value": None, "low": None, "high": None}, "suppressed"),
        ({"evidence": "declared"}, "declared"),
    ],
)
def test_what_is_absent_hidden_or_only_declared_says_so(changed, reason):
    rate = row("attendance_rate", 0.8, "share", n=40, base=40) | changed
    table = compare([*THREE, event("d", 6, 10, 40, more=(rate,))])
    assert cell(table, "d", "attendance_rate")["reason"] == reason
    assert not cell(table, "d", "attendance_rate")["comparable"]


def test_organisations_are_not_added_since_one_may_come_twice():
    some = row("organisations", 10.0, "organisations", n=20, base=40)
    events = [event(slug, 8, 10, 40, more=(some,)) for slug in "ab"]
    whole = cell(compare(events), ENSEMBLE, "organisations")
    assert pd.isna(whole["value"])
    assert whole["reason"] == "not_additive"


def test_women_are_counted_among_the_speakers_whose_gender_is_declared():
    people = [
        row("speaker_gender", value, "people", level=level, n=9, base=9)
        for level, value in (("woman", 3.0), ("man", 3.0), ("not_given", 3.0))
    ]
    share = cell(compare([event("a", 8, 10, 40, more=tuple(people))]), "a", "women_share")
    assert (share["value"], share["n"]) == (0.5, 6)


def test_a_share_of_fewer_than_five_is_not_compared():
    few = row("located_share", 1.0, "share", n=4, base=4)
    table = compare([event("a", 8, 10, 40, more=(few,)), *THREE[1:]])
    assert cell(table, "a", "located_share")["reason"] == "too_few"
    hidden = compare([*THREE, event("few", 4, 4, 30)])
    assert cell(hidden, "few", "satisfied_share")["reason"] == "suppressed"


def test_nothing_given_is_changed():
    before = [measures.copy() for measures, _ in THREE]
    compare(THREE)
    for (measures, _), copy in zip(THREE, before, strict=True):
        pd.testing.assert_frame_equal(measures, copy)


def test_the_place_on_the_scale_is_worked_out_from_its_levels():
    counts = (17, 33, 6, 2, 0)  # Metz 2023, best first: mean 4.1207 of 5
    levels = tuple(
        row("overall_impression", float(count), "answers", group="q", level=level, n=58, base=181)
        for count, level in zip(counts, FIVE[::-1], strict=True)
    )
    place = cell(compare([event("m", 50, 58, 181, more=levels)]), "m", "scale_position")
    assert place["value"] == pytest.approx((4.1207 - 1) / 4 * 100, abs=0.01)
    assert (place["n"], place["method"], place["comparable"]) == (58, "student", True)
    assert place["low"] == pytest.approx((3.929 - 1) / 4 * 100, abs=0.02)


def test_the_place_on_the_scale_needs_ten_answers():
    levels = tuple(
        row("overall_impression", count, "answers", group="q", level=level, n=8, base=20)
        for count, level in zip((3.0, 3.0, 1.0, 1.0, 0.0), FIVE[::-1], strict=True)
    )
    place = cell(compare([event("s", 6, 8, 20, more=levels)]), "s", "scale_position")
    assert pd.isna(place["value"])
    assert place["reason"] == "too_few"


# ---------------------------------------------------------------- what events send
def send(folder, measures, attributes=None):
    folder.mkdir()
    (folder / "measures.csv").write_text(measures_csv(measures), encoding="utf-8")
    if attributes is not None:
        package = {"necbilan": {"schema_version": 1, **attributes}}
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def test_files_and_frames_of_the_same_measures_compare_the_same(tmp_path):
    paths = [send(tmp_path / str(rank), *one) for rank, one in enumerate(THREE)]
    exchanges = [Exchange(*one) for one in THREE]
    pd.testing.assert_frame_equal(compare(paths), compare(THREE))
    pd.testing.assert_frame_equal(compare(exchanges), compare(THREE))


def test_the_two_samples_compare_from_their_folders():
    samples = Path(__file__).parents[2] / "data_samples"
    table = compare([samples / "metz-2023", samples / "littoral-2024"])
    metz = cell(table, "metz-2023", "satisfied_share")
    assert (metz["n"], metz["base"], metz["reason"]) == (58, 181, "other_scale")
    assert (round(metz["low"], 3), round(metz["high"], 3)) == (0.768, 0.923)
    assert cell(table, "metz-2023", "organisations")["value"] == 71
    assert cell(table, ENSEMBLE, "present")["value"] == 181 + 35
    assert table["fictional"].fillna("").ne("").sum() > 0


def test_one_unreadable_file_is_named_and_stops_nothing(tmp_path):
    bad = tmp_path / "rives-2025"
    bad.mkdir()
    (bad / "measures.csv").write_text("bonjour\n", encoding="utf-8")
    table = compare([*THREE, bad / "measures.csv", tmp_path / "nulle-part"])
    assert cell(table, "rives-2025", "present")["reason"] == "unreadable"
    assert "measures.csv" in cell(table, "rives-2025", "present")["refused"]
    assert cell(table, "nulle-part", "present")["reason"] == "not_found"
    assert str(tmp_path) not in " ".join(table["refused"].dropna())
    whole = cell(table, ENSEMBLE, "present")
    assert (whole["value"], whole["missing"]) == (200, "nulle-part\nrives-2025")


def test_when_nothing_can_be_read_the_first_reason_is_raised(tmp_path):
    bad = tmp_path / "measures.csv"
    bad.write_text("bonjour\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"measures\.csv"):
        compare([bad])
    with pytest.raises(InputMissing):
        compare([tmp_path / "absent"])
    with pytest.raises(InputMissing, match="aucun événement"):
        compare([])


def test_two_events_of_one_slug_are_told_apart():
    measures, attributes = THREE[0]
    later = measures.assign(value=measures["value"].where(measures["unit"].eq("share"), 50))
    table = compare([THREE[0], (later, attributes)])
    assert set(table["event"]) == {"a", "a (2)", ENSEMBLE}


def test_an_event_given_twice_counts_once():
    table = compare([THREE[0], THREE[1], THREE[0]])
    assert set(table["event"]) == {"a", "b", ENSEMBLE}
    assert table.equals(compare(THREE[:2]))


def test_one_event_alone_instead_of_a_list_is_refused():
    with pytest.raises(UsageError, match="liste"):
        compare(THREE[0][0])


def test_one_frame_may_hold_several_events():
    together = pd.concat([measures for measures, _ in THREE], ignore_index=True)
    table = compare([together])
    assert set(table["event"]) == {"a", "b", "c", ENSEMBLE}
    assert cell(table, ENSEMBLE, "present")["value"] == 200


COUNTS = st.tuples(st.integers(1, 60), st.integers(0, 200)).flatmap(
    lambda pair: st.tuples(st.integers(0, pair[0]), st.just(pair[0]), st.just(sum(pair)))
)


@settings(max_examples=25, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_the_whole_lies_between_the_lowest_and_the_highest_event(counts):
    events = [event(f"e{rank}", *one) for rank, one in enumerate(counts)]
    table = compare(events)
    shares = table[table["metric"].eq("satisfied_share")]
    used = shares[shares["comparable"] & shares["event"].ne(ENSEMBLE)]
    whole = cell(table, ENSEMBLE, "satisfied_share")
    if len(used) < 2:
        assert pd.isna(whole["value"])
    else:
        assert used["value"].min() - 1e-9 <= whole["value"] <= used["value"].max() + 1e-9
        assert 0 <= whole["low"] <= whole["value"] <= whole["high"] <= 1


def test_two_versions_of_one_event_count_once_and_the_last_given_is_said():
    measures, attributes = THREE[0]
    dated = {**attributes, "event": {**attributes["event"], "dates": ["2025-06-19"]}}
    later = measures.assign(value=measures["value"].where(measures["unit"].eq("share"), 50))
    table = compare([(measures, dated), THREE[1], (later, dated)])
    assert set(table["event"]) == {"a", "b", ENSEMBLE}
    assert cell(table, "a", "present")["value"] == 50
    assert "deux versions" in cell(table, "a", "present")["refused"]
    assert cell(table, "b", "present")["refused"] == ""
