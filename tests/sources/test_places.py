"""Places: labelled cases of every kind, then one test a rule, worked out by hand."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan.errors import UsageError
from necbilan.reference import tables
from necbilan.sources.places import locate, resolve_places

CASES = pd.read_csv(
    Path(__file__).parents[1] / "data/geo/cases_public.csv", dtype=str, keep_default_na=False
)
WRITTEN = ["postal_code", "commune", "text", "country"]
FIRM = {"commune", "departement", "epci", "region", "pays"}


def resolved(*, event_commune: str | None = None, **cells: str) -> pd.Series:
    """The one row that these cells give, '' for NA."""
    frame = pd.DataFrame({name: [value] for name, value in cells.items()})
    return resolve_places(frame, event_commune=event_commune).fillna("").iloc[0]


def all_cases(one_by_one: bool) -> pd.DataFrame:
    """Every case resolved in its context, alone or with all cases of that context."""
    found = []
    for context, cases in CASES.groupby("ctx"):
        event = context.removeprefix("event:") if context.startswith("event:") else None
        kept_zero = pd.DataFrame({"postal_code": ["01000"]}) if context == "zeros_intacts" else None
        for part in [cases.loc[[at]] for at in cases.index] if one_by_one else [cases]:
            frame = (
                pd.concat([part[WRITTEN], kept_zero]) if kept_zero is not None else part[WRITTEN]
            )
            found.append(resolve_places(frame, event_commune=event).iloc[: len(part)])
    return pd.concat(found).loc[CASES.index].fillna("")


def differs(found: pd.DataFrame) -> pd.Series:
    wrong = found["status"] != CASES["expected_status"]
    for ours, theirs in (("insee", "insee"), ("department", "dep"), ("country", "country")):
        expected = CASES[f"expected_{theirs}"]
        wrong |= expected.ne("") & found[ours].ne(expected)
    return wrong


@pytest.mark.parametrize("one_by_one", [False, True])
def test_labelled_cases_are_as_expected_and_none_is_firmly_wrong(one_by_one: bool) -> None:
    found = all_cases(one_by_one)
    wrong = differs(found)
    assert (~wrong).mean() >= 0.99, CASES[wrong].to_string()
    firmly = wrong & found["status"].isin(FIRM)
    assert not firmly.any(), CASES[firmly].to_string()


def test_the_given_frame_is_not_changed_and_its_index_is_kept() -> None:
    frame = pd.DataFrame({"commune": ["Metz", None]}, index=["b", "a"])
    before = frame.copy()
    found = resolve_places(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(found.index) == ["b", "a"]
    assert list(found.columns) == ["status", "insee", "epci", "department", "region", "country"]
    assert found.loc["b"].tolist() == ["commune", "57463", "200039865", "57", "44", "FR"]
    assert found.loc["a", "status"] == "unresolved"


def test_no_column_and_no_row_are_no_fault() -> None:
    assert resolve_places(pd.DataFrame({"commune": []})).empty
    assert resolve_places(pd.DataFrame()).empty


def test_numbers_are_read_as_the_codes_they_were() -> None:
    frame = pd.DataFrame({"postal_code": [57000.0, float("nan"), 6000.0]})
    assert resolve_places(frame)["insee"].fillna("").tolist() == ["57463", "", "06088"]


def test_four_digits_are_french_only_where_the_column_lost_its_zeros() -> None:
    lost = resolve_places(pd.DataFrame({"postal_code": ["6000", "57000"]}))
    kept = resolve_places(pd.DataFrame({"postal_code": ["6000", "06000"]}))
    assert lost["insee"].fillna("").tolist() == ["06088", "57463"]
    assert kept["status"].tolist() == ["ambiguous", "commune"]


def test_four_digits_near_the_border_stay_ambiguous() -> None:
    # 6700 is Arlon, 25 km from Longwy, as well as 06700 on the Riviera
    frame = pd.DataFrame({"postal_code": ["6700", "54400"]})
    assert resolve_places(frame, event_commune="Longwy")["status"].iloc[0] == "ambiguous"


def test_a_column_of_insee_codes_is_read_as_such() -> None:
    codes = ["57463", "57672", "54395", "57036", "57751"]
    assert resolve_places(pd.DataFrame({"postal_code": codes}))["insee"].tolist() == codes
    assert resolved(postal_code="57036")["status"] == "ambiguous"


@pytest.mark.parametrize(
    ("written", "status", "code"),
    [
        ("Metz / Nancy", "ambiguous", ""),
        ("près de Metz", "ambiguous", ""),
        ("Paris La Défense", "ambiguous", ""),
        ("Metz (Queuleu)", "commune", "57463"),
        ("Metz-Borny", "commune", "57463"),
        ("Saint-Pierre", "ambiguous", ""),
        ("Évry", "commune", "91228"),
        ("Landes", "ambiguous", ""),
        ("12 avenue Foch 54000 Nancy", "commune", "54395"),
        ("4 rue de Paris 57000 Metz", "commune", "57463"),
        ("B-6700 Arlon", "pays", ""),
        ("Je ne sais pas", "unresolved", ""),
        ("MÃƒÂ©zilles", "commune", "89254"),
        ("Orl?ans", "commune", "45234"),
    ],
)
def test_free_text_says_no_more_than_it_says(written: str, status: str, code: str) -> None:
    found = resolved(text=written)
    assert (found["status"], found["insee"]) == (status, code)


def test_a_country_given_beside_a_french_homonym_decides() -> None:
    assert resolved(commune="Cologne", country="Allemagne")["country"] == "DE"
    assert resolved(commune="Fribourg")["status"] == "ambiguous"
    assert resolved(postal_code="1700", commune="Fribourg")["country"] == "CH"


def test_the_event_settles_homonyms_by_size_and_nearness() -> None:
    assert resolved(commune="Marly")["status"] == "ambiguous"
    assert resolved(commune="Marly", event_commune="Metz")["insee"] == "57447"
    assert resolved(commune="Marly", event_commune="59606")["insee"] == "59383"


def test_overseas_territories_are_departments_of_france() -> None:
    assert resolved(country="Nouvelle-Calédonie")[["department", "country"]].tolist() == [
        "988",
        "FR",
    ]
    assert resolved(commune="Martinique")["status"] == "departement"


def test_locate_gives_the_columns_of_registrations_with_distances() -> None:
    frame = pd.DataFrame({"commune": ["Nancy", "Luxembourg-Ville", "", "zzz"]})
    found = locate(frame, event_commune="Metz")
    assert found["place_status"].tolist() == ["commune", "pays", "not_given", "unresolved"]
    assert found["commune"].fillna("").tolist() == ["Nancy", "", "", ""]
    # Metz to Nancy: 48 km as the crow flies; to Luxembourg: 55 km
    assert found["distance_km"].iloc[0] == pytest.approx(48, abs=2)
    assert found["distance_km"].iloc[1] == pytest.approx(55, abs=3)
    assert found["distance_km"].isna().tolist() == [False, False, True, True]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_anything_may_be_written_in_a_cell(postal_code: str, text: str) -> None:
    found = resolved(postal_code=postal_code, text=text)
    assert found["status"] in FIRM | {"ambiguous", "unresolved"}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_code_and_full_name_give_that_commune_whatever_the_dress(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(tables.postal_codes())))
    insee, source = data.draw(st.sampled_from(tables.postal_codes()[code]))
    table = tables.communes()
    row = table.row[insee]
    if source != "laposte" or table.parent[row]:
        return
    name = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(table.name[row])
    found = resolved(postal_code=code, commune=name.replace("-", " "))
    assert found["insee"] in (insee, ""), (code, name)
    assert found["department"] == table.department[row]


def test_a_hundred_thousand_rows_take_three_seconds() -> None:
    table = tables.communes()
    pairs = [(code, insee) for code, found in tables.postal_codes().items() for insee, _ in found]
    rows = [(code, table.name[table.row[insee]].upper()) for code, insee in pairs]
    frame = pd.DataFrame((rows * 3)[:100_000], columns=["postal_code", "commune"])
    began = time.process_time()
    found = resolve_places(frame)
    assert time.process_time() - began <= 3
    assert (found["status"] == "commune").mean() > 0.99


def test_insee_code_of_its_own_column_is_the_commune() -> None:
    frame = pd.DataFrame(
        {
            "insee": ["57463", "1004", "2a004", "13201", "", "zut"],
            "postal_code": ["", "", "", "", "57000", "57000"],
        }
    )
    found = locate(frame, event_commune="Metz")
    assert found["insee"].tolist() == ["57463", "01004", "2A004", "13055", "57463", "57463"]
    assert found["place_status"].eq("commune").all()


HELD_OUT = pd.read_csv(
    Path(__file__).parents[1] / "data/geo/cases_held_out.csv", dtype=str, keep_default_na=False
)


def short(found: pd.Series) -> str:
    """57463, dep:57, reg:44, epci:200039865, pays:LU, amb:57, amb or none."""
    column, prefix = {
        "commune": ("insee", ""),
        "departement": ("department", "dep:"),
        "region": ("region", "reg:"),
        "epci": ("epci", "epci:"),
        "pays": ("country", "pays:"),
        "ambiguous": ("department", "amb:"),
    }.get(found["status"], ("", "none"))
    return (prefix + (found[column] if column else "")).removesuffix(":")


def test_cases_written_after_the_rules_are_as_expected_and_none_is_firmly_wrong() -> None:
    """Each accepts one answer, or several separated by «/» where doubt is right too."""
    wrong = []
    for event, cases in HELD_OUT.groupby("event"):
        for at in cases.index:  # one by one: a column says more than a cell
            found = resolve_places(cases.loc[[at], WRITTEN], event_commune=event or None)
            answer = short(found.fillna("").iloc[0])
            if answer not in cases.loc[at, "expected"].split("/"):
                wrong.append((*cases.loc[at], answer))
    assert len(HELD_OUT) > 600
    assert wrong == []


def test_a_frame_without_any_column_of_places_is_an_error_that_names_them():
    with pytest.raises(UsageError, match=r"postal_code, commune, department, text, country.*ville"):
        resolve_places(pd.DataFrame({"ville": ["Metz"]}))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Landes", "40"),
        ("Nord", "59"),
        ("Paris", "75"),
        ("1", "01"),
        ("075", "75"),
        ("2A", "2A"),
        ("Gers (32)", "32"),
        ("31 - Haute-Garonne", "31"),
        ("La Réunion (974)", "974"),
    ],
)
def test_a_column_of_departements_holds_departements(written, code):
    found = resolve_places(pd.DataFrame({"department": [written]})).iloc[0]
    assert (found["status"], found["department"]) == ("departement", code)


def test_the_column_of_departements_tells_homonyms_apart():
    frame = pd.DataFrame(
        {"commune": ["Saint-Denis", "Saint-Denis"], "department": ["La Réunion", "93"]}
    )
    assert resolve_places(frame)["insee"].tolist() == ["97411", "93066"]


def test_what_is_no_departement_is_read_as_any_place():
    frame = pd.DataFrame({"department": ["Luxembourg", "Service RH"]})
    assert resolve_places(frame)["status"].tolist() == ["pays", "unresolved"]
