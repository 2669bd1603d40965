"""The sections of the comparison notebook, each from what ``compare`` returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import (
    Block,
    Bullets,
    Caution,
    Cover,
    DataTable,
    KeyFigure,
    KeyFigures,
    Section,
)
from necbilan.comparison.board import board
from necbilan.comparison.board_drawing import METRIC
from necbilan.comparison.funnel import NEAR, funnel, funnel_of, funnel_result
from necbilan.comparison.side_by_side import ENSEMBLE, KEY_MEASURES
from necbilan.comparison.told import tell

if TYPE_CHECKING:
    from necbilan.comparison.funnel import Funnel
    from necbilan.comparison.told import Cell, Told

__all__ = ["cover", "events", "method", "totals"]

TABLES = {
    "public": ("registered", "present", "attendance_rate", "organisations", "local_share"),
    "survey": ("responses", "response_rate", "satisfied_share", "scale_position"),
    "means": ("speakers", "women_share", "budget_actual", "cost_per_participant"),
}
"""the tables of events side by side, by subject"""

NAMED = 6
"""missing events that are named before the others are counted"""


def cover(compared: pd.DataFrame, language: str = "fr") -> Cover:
    """What the funnel says when there is one, else how many events; no ranking."""
    told = tell(compared, language)
    found, whole = funnel_of(told), told.cell(ENSEMBLE, METRIC)
    subtitle = told.say("subtitle")
    if whole.known:
        events = told.say("key.of", count=whole.events, n=whole.events, all=len(told.events))
        subtitle = told.say(
            "subtitle_share", share=whole.text, interval=whole.interval_text, events=events
        )
    count = len(told.events)
    return Cover(
        origin=told.say("origin"),
        title=funnel_result(told, found) if found else told.say("title", count=count, n=count),
        subtitle=subtitle,
        language=told.language.code,
        tag=told.tag,
        credits=(told.language.say("cover.licence"),),
        labels={"contents": told.say("contents")},
        paper="landscape",
    )


def events(compared: pd.DataFrame, language: str = "fr") -> Section:
    """The board of events, the funnel from three events up, and what they allow to say."""
    told = tell(compared, language)
    blocks: list[Block] = list(board(told))
    found = funnel_of(told)
    if found is not None:
        blocks.append(funnel(told, found))
    if not told.cell(ENSEMBLE, METRIC).known:
        blocks.append(Caution(told.say("say.scale"), lead=told.say("say.alone")))
    said = (*_sayings(told, found), told.say("say.order"), *told.refused)
    return Section("events", told.say("events"), (*blocks, Bullets(said)))


def totals(compared: pd.DataFrame, language: str = "fr") -> Section:
    """Every measure of the whole with who is missing, then the events side by side."""
    told = tell(compared, language)
    drawn = METRIC if told.cell(ENSEMBLE, METRIC).known else ""
    whole = {metric: told.cell(ENSEMBLE, metric) for metric in KEY_MEASURES}
    columns = {
        "measure": [told.say(f"metric.{metric}") for metric in whole],
        "whole": [
            cell.text or ("–" if KEY_MEASURES[metric][1] else told.say("not_added"))
            for metric, cell in whole.items()
        ],
        "interval": [cell.interval_text or "–" for cell in whole.values()],
        "events": [str(cell.events) for cell in whole.values()],
        "missing": [_missing(told, cell) for cell in whole.values()],
    }
    if set(columns["interval"]) == {"–"}:
        del columns["interval"]
    frame = pd.DataFrame({told.say(f"column.{name}"): cells for name, cells in columns.items()})
    numeric = (told.say("column.whole"), told.say("column.events"))
    table = DataTable(caption=told.say("table.totals"), table=frame, numeric=numeric)
    sides = (_side_by_side(told, subject, drawn=drawn) for subject in TABLES)
    return Section("totals", told.say("totals"), (_key_figures(told), table, *sides))


def _key_figures(told: Told) -> KeyFigures:
    """The totals that can be made, each with the number of events in it."""
    total = len(told.events)
    figures = [KeyFigure(str(total), told.say("key.events", count=total))]
    for metric in ("present", "responses", "satisfied_share", "budget_actual"):
        whole = told.cell(ENSEMBLE, metric)
        if whole.known:
            context = told.say("key.of", count=whole.events, n=whole.events, all=total)
            if whole.interval_text:
                context = f"{whole.interval_text}, {context}"
            label = told.say(f"key.{metric}", count=whole.value)
            euros = told.language.euros(whole.value, short=True)
            shown = euros if metric == "budget_actual" else whole.text
            figures.append(KeyFigure(shown, label, context))
    return KeyFigures(tuple(figures))


def method(compared: pd.DataFrame, language: str = "fr") -> Section:
    """What the page can say, and what it cannot."""
    told = tell(compared, language)
    sayings = tuple(
        told.say(f"say.{key}") for key in ("scale", "position", "silent", "whole", "organisations")
    )
    return Section("method", told.say("method"), (Bullets(sayings),))


def _side_by_side(told: Told, subject: str, *, drawn: str = "") -> DataTable:
    """The events as rows, their key measures on a subject as columns, but one ``drawn``."""
    columns = {told.say("column.event"): [told.names[event] for event in told.events]}
    for metric in TABLES[subject]:
        if metric == drawn:
            continue
        columns[told.say(f"metric.{metric}")] = [
            _written(told, told.cell(event, metric)) for event in told.events
        ]
    frame = pd.DataFrame(columns)
    numeric = tuple(str(name) for name in frame.columns)[1:]
    return DataTable(told.say(f"table.{subject}"), frame, numeric)


def _written(told: Told, cell: Cell) -> str:
    """«86 % (de 77 à 92 %, n = 58)», and why it is not compared."""
    if not cell.known:
        return told.reason(cell) or "–"
    details = [cell.interval_text, _answers(told, cell) if cell.sampled else ""]
    details.append("" if cell.comparable else told.reason(cell))
    inside = ", ".join(detail for detail in details if detail)
    return f"{cell.text} ({inside})" if inside else cell.text


def _answers(told: Told, cell: Cell) -> str:
    """«n = 58», never broken over two lines."""
    return told.language.say("number.n", n=cell.n).replace(" ", "\u00a0")


def _sayings(told: Told, found: Funnel | None) -> tuple[str, ...]:
    """What the opinions allow to say, each sentence tested against its numbers."""
    said: list[str] = []
    whole = told.cell(ENSEMBLE, "satisfied_share")
    if found is not None:
        count, total = found.outside, len(found.events)
        expected = told.language.number(total * (1 - NEAR), 1)
        key = "say.outside_spread" if found.spread.differ else "say.outside"
        said.append(told.say(key, count=count, n=count, all=total, expected=expected))
        points = told.language.number(100 * found.spread.sd, 0)
        said.append(
            told.say("say.differ", points=points) if found.spread.differ else told.say("say.alike")
        )
    if whole.missing and any(told.cell(e, "responses").known for e in told.events):
        said.append(
            told.say(
                "say.not_compared",
                count=len(whole.missing),
                n=len(whole.missing),
                names=_reasons(told),
            )
        )
    return tuple(said)


def _reasons(told: Told) -> str:
    """The events left out and why: «Littoral 2024 (autre échelle)»."""
    cells = [(told.names[event], told.cell(event, "satisfied_share")) for event in told.events]
    left = [f"{name} ({told.reason(cell)})" for name, cell in cells if not cell.comparable]
    return _names(told, tuple(left))


def _missing(told: Told, whole: Cell) -> str:
    if not whole.missing:
        return told.say("nobody_missing")
    if len(whole.missing) == len(told.events):
        return told.say("everybody_missing")
    return _names(told, whole.missing)


def _names(told: Told, names: tuple[str, ...]) -> str:
    """«A, B et C»; beyond NAMED the others are counted."""
    if len(names) <= NAMED:
        return told.language.join(names)
    rest = len(names) - NAMED
    return told.say("and_others", count=rest, n=rest, names=", ".join(names[:NAMED]))
