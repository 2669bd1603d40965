"""The invented events of data_samples give the measures that were worked by hand."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from necbilan import measure
from necbilan.sources import load
from necbilan.sources.proposing import proposals

ROOT = Path(__file__).parents[2]
EXPECTED = sorted((ROOT / "tests" / "data" / "expected").glob("*.csv"))
SAMPLES = ROOT / "data_samples"


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_sample_gives_the_measures_worked_by_hand(path: Path) -> None:
    measures = measure(load(SAMPLES / path.stem))
    found = {
        (row["metric"], row["group"], row["level"]): row["value"]
        for row in measures.to_dict("records")
    }
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    wrong = {}
    for row in rows:
        key = (row["metric"], row["group"], row["level"])
        value = float(Fraction(row["value"]))
        if key not in found or found[key] != pytest.approx(value, abs=1e-9):
            wrong[key] = (found.get(key), value)
    assert not wrong


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_sample_needs_no_decision_for_what_is_plain(path: Path) -> None:
    asked = {proposal.kind for proposal in proposals(SAMPLES / path.stem)}
    assert asked <= {"word", "remark"}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_nothing_blocks_or_asks_in_a_sample(path: Path) -> None:
    problems = load(SAMPLES / path.stem).problems
    assert {problem.severity for problem in problems} <= {"note"}
