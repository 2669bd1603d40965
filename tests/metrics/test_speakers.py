"""Speakers planned and on stage, by declared gender."""

from __future__ import annotations

from datetime import date

from necbilan.metrics import speakers
from necbilan.metrics.catalogue import measure
from necbilan.model import Dossier, Event, Facts
from necbilan.tables import SPEAKERS
from necbilan.words.spelling import spell

EVENT = Event(slug="e", name="E", dates=(date(2025, 10, 10),), place="Ici")


def dossier(*rows: tuple[str, str, str | None, bool | None]) -> Dossier:
    names = ("speaker", "activity", "gender", "on_stage")
    table = SPEAKERS.frame([dict(zip(names, row, strict=True)) for row in rows])
    return Dossier(event=EVENT, facts=Facts(event=EVENT), speakers=table)


def alert(*rows: tuple[str, str, str | None, bool | None]) -> str:
    told = dossier(*rows)
    sentence = spell(measure(told), told.facts).sentences.get("men_only")
    return sentence.title if sentence else ""


def test_on_stage_is_over_those_of_whom_it_was_recorded():
    table = speakers.speakers_on_stage(
        dossier(
            ("s1", "A", None, True),
            ("s1", "B", None, True),
            ("s2", "A", None, False),
            ("s3", "A", None, None),
        )
    )
    assert (table["value"].iloc[0], table["n"].iloc[0], table["base"].iloc[0]) == (1, 2, 3)


def test_nobody_recorded_is_a_gap_and_everybody_away_is_zero():
    unknown = speakers.speakers_on_stage(dossier(("s1", "A", None, None)))
    assert unknown["status"].tolist() == ["not_collected"]
    away = speakers.speakers_on_stage(dossier(("s1", "A", None, False)))
    assert away["value"].tolist() == [0]


def test_gender_on_stage_waits_until_every_speaker_is_recorded():
    part = dossier(("s1", "A", "man", True), ("s2", "A", "woman", None))
    assert speakers.speaker_gender_on_stage(part)["status"].tolist() == ["not_collected"]
    whole = dossier(("s1", "A", "man", True), ("s2", "A", "woman", False))
    table = speakers.speaker_gender_on_stage(whole)
    assert dict(zip(table["level"], table["value"], strict=True)) == {"woman": 0, "man": 1}


def test_a_panel_left_with_men_only_on_the_day_is_told_with_its_n():
    rows = [("s1", "Débat", "man", True), ("s2", "Débat", "man", True)]
    said = alert(*rows, ("s3", "Débat", "woman", False))
    assert "genres déclarés" in said
    assert "Débat" in said
    assert "2 personnes" in said


def test_a_panel_with_an_undeclared_gender_or_one_voice_raises_no_alert():
    assert alert(("s1", "A", "man", None), ("s2", "A", None, None)) == ""
    assert alert(("s1", "A", "man", None)) == ""
