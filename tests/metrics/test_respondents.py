"""Respondents beside those present: by département, by first time, and what may be printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from necbilan.disclosure import protect
from necbilan.metrics.catalogue import measure
from necbilan.sources import load

EVENT = """name = "E"
date = 2025-10-01
place = "Ici"
[files]
registrations = "i.csv"
survey = "s.csv"
"""


def event(folder: Path, came: dict[str, int], answered: dict[str, int]):
    (folder / "event.toml").write_text(EVENT, encoding="utf-8")
    people = [code for code, count in came.items() for _ in range(count)]
    names = [f"Nom{chr(97 + i // 26)}{chr(97 + i % 26)};Ada;{c};x" for i, c in enumerate(people)]
    (folder / "i.csv").write_text(
        "\n".join(["Nom;Prénom;Code postal;Présent", *names]) + "\n", encoding="utf-8"
    )
    said = [code for code, count in answered.items() for _ in range(count)]
    rows = [f"Satisfait;{code};{'Oui' if i % 2 else 'Non'}" for i, code in enumerate(said)]
    head = (
        "Globalement, êtes-vous satisfait ?;Votre code postal ?;Avez-vous déjà participé à un NEC ?"
    )
    (folder / "s.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return measure(load(folder))


def values(measures, metric: str) -> dict[str, float]:
    rows = measures[measures["metric"] == metric]
    return dict(zip(rows["level"], rows["value"], strict=True))


def test_respondents_are_placed_by_departement_and_compared_with_those_present(tmp_path):
    measures = event(tmp_path, {"57000": 30, "54000": 10}, {"57000": 12, "54000": 8, "": 1})
    assert values(measures, "respondent_origin") == {"57": 12, "54": 8, "not_given": 1}
    gap = values(measures, "representativeness_origin")
    assert gap["57"] == pytest.approx(12 / 20 - 30 / 40)
    assert gap["54"] == pytest.approx(8 / 20 - 10 / 40)


def test_a_first_time_asked_the_other_way_round_is_turned(tmp_path):
    measures = event(tmp_path, {"57000": 30}, {"57000": 11})
    assert values(measures, "respondent_first_time") == {"yes": 6, "no": 5}


def test_the_gap_of_a_departement_with_few_respondents_is_not_published(tmp_path):
    raw = event(tmp_path, {"57000": 30, "54000": 10}, {"57000": 12, "54000": 2})
    safe = protect(raw)
    rows = safe[safe["metric"].eq("representativeness_origin")]
    assert rows["value"].isna().all()
    said = safe[safe["metric"].eq("respondent_origin") & safe["value"].notna()]
    assert not said["value"].between(1, 4).any()
