"""How right the rules are on labelled lists (tests/data/organisations/README.md)."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from necbilan.sources.organisations import cluster_organisations, counted_organisations
from necbilan.sources.organisations.lexicon import fold_name

DATA = Path(__file__).parents[1] / "data" / "organisations"
TYPES = {
    "COL": "local_authority",
    "ETAT": "state",
    "ASSO": "association",
    "ENT": "company",
    "ENS": "education_research",
    "SAN": "health_social",
    "TL": "third_place",
}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, dtype="string", keep_default_na=False)


def events(name: str):
    table = read(name)
    for (commune, department), rows in table.groupby(["commune", "departement"], sort=False):
        yield rows, {"commune": commune, "department": department}


def pairs(name: str) -> tuple[int, int, int]:
    """Pairs of an event rightly merged, wrongly merged, missed."""
    right = wrong = missed = 0
    for rows, where in events(name):
        found = cluster_organisations(rows["libelle"], **where)["organisation"]
        meant = rows["structure_id"].where(rows["structure_id"].ne("NONE"))
        for (ours, ours_meant), (theirs, theirs_meant) in combinations(
            zip(found, meant, strict=True), 2
        ):
            together = not pd.isna(ours) and not pd.isna(theirs) and ours == theirs
            one = not pd.isna(ours_meant) and not pd.isna(theirs_meant)
            one = one and ours_meant == theirs_meant
            right += together and one
            wrong += together and not one
            missed += one and not together
    return right, wrong, missed


@pytest.mark.parametrize("name", ["orgs_public.csv", "orgs_elsewhere.csv"])
def test_precision_is_at_least_99_and_recall_85_per_cent(name):
    right, wrong, missed = pairs(name)
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.85


def test_no_two_near_misses_are_merged():
    labels = read("near_misses.csv")["libelle"]
    found = cluster_organisations(labels, commune="Metz", department="57")
    assert found["status"].ne("none").all()
    assert found["organisation"].nunique() == labels.nunique()


def test_the_count_of_simulated_files_is_right_within_8_per_cent():
    table = read("orgs_public.csv")
    table = table[table["structure_id"].ne("NONE")]
    # France Travail is one structure in all events (the list numbers it per event)
    table["structure_id"] = table["structure_id"].replace({"pe31": "ft"})
    labels = {key: rows["libelle"].tolist() for key, rows in table.groupby("structure_id")}
    random = np.random.default_rng(20261124)
    errors = []
    for _ in range(12):
        chosen = random.choice(sorted(labels), 71, replace=False)
        rows = [*chosen, *random.choice(chosen, 181 - 71)]
        written = pd.Series([random.choice(labels[key]) for key in rows])
        found = cluster_organisations(written, commune="Metz", department="57")
        errors.append(abs(found["organisation"].nunique() - 71) / 71)
    assert np.mean(errors) <= 0.08


def test_types_are_right_for_nine_strings_in_ten_that_are_classified():
    told, right = 0, 0
    for table, where in events("orgs_public.csv"):
        rows = table[table["structure_id"].ne("NONE")]
        found = cluster_organisations(rows["libelle"], **where)["type"]
        told += int(found.notna().sum())
        right += int((found == rows["type"].map(TYPES)).sum())
    assert right / told >= 0.9
    assert right / 392 >= 0.77


def test_metz_has_88_exact_spellings_and_71_organisations():
    table = read("metz_present.csv")
    meant = table[table["structure_id"].ne("")]
    assert len(meant) == 118
    assert meant["libelle"].map(fold_name).nunique() == 88
    found = cluster_organisations(table["libelle"], commune="Metz", department="57")
    assert found["organisation"].nunique() == 71
    assert found["organisation"].isna().sum() == 63
    one_to_one = meant.assign(shown=found["organisation"]).groupby("shown")["structure_id"]
    assert one_to_one.nunique().max() == 1


def test_at_metz_nothing_is_left_to_ask():
    labels = read("metz_present.csv")["libelle"]
    assert counted_organisations(labels, commune="Metz", department="57").pairs().empty
