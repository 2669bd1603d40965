"""What each event sent: its measures, and what explains them when that came too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan.disclosure import protect
from necbilan.errors import DataError, InputMissing, UsageError, misused
from necbilan.exchange import MEASURES_FILE, Exchange, datapackage, read_measures
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from necbilan.errors import NecbilanError

__all__ = ["EventLike", "Sent", "received"]

EventLike = pd.DataFrame | Exchange | tuple[pd.DataFrame, "Mapping[str, Any]"] | str | Path


@dataclass(frozen=True)
class Sent:
    """One event.

    ``attributes`` is empty when the measures came alone.  Without any measure ``reason``
    is "not_found" or "unreadable", and ``refused`` the sentence that says why; it names
    the file, never a folder of the reader's machine.  Beside measures ``refused`` says that
    another version of the event was left.  ``mine``: it is the reader's own.
    """

    slug: str
    name: str
    measures: pd.DataFrame
    attributes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    refused: str = ""
    mine: bool = False


def received(events: Sequence[EventLike], mine: str | Path = "") -> tuple[Sent, ...]:
    """The events, each once, in the order given; measures are protected.

    A path is an event's folder, a measures.csv or the folder that holds one.  What cannot
    be read is kept with its reason, so that one file never stops the others; when nothing
    can be read, the first reason is raised.  Raises InputMissing without any event,
    UsageError when something given is no event, or when ``mine``, the slug or the path of
    one, is none of them.
    """
    if isinstance(events, (str, Path, pd.DataFrame, Exchange)):
        raise UsageError("plusieurs événements sont attendus\u00a0: donnez-les dans une liste.")
    if not events:
        raise InputMissing(
            "aucun événement à comparer\u00a0: donnez des dossiers d’événement ou des fichiers "
            "measures.csv."
        )
    found: list[Sent] = []
    faults: list[NecbilanError] = []
    for event in events:
        try:
            found += [replace(one, mine=_is_mine(one.slug, event, mine)) for one in _read(event)]
        except (DataError, InputMissing) as error:
            path = Path(str(event))
            name = path.parent.name if path.name == "measures.csv" else path.name
            absent = isinstance(error, InputMissing)
            reason, refused = ("not_found", "") if absent else ("unreadable", f"{name}, {error}")
            found.append(Sent(name, name, MEASURES.frame(), reason=reason, refused=refused))
            faults.append(error)
    if faults and len(faults) == len(found):
        raise faults[0]
    if str(mine) and not any(one.mine for one in found):
        raise UsageError(
            f"«\u00a0{mine}\u00a0» n’est pas parmi les événements comparés\u00a0: donnez son "
            "dossier ou son identifiant."
        )
    return tuple(_told_apart(_last_versions(found)))


def _last_versions(events: Sequence[Sent]) -> list[Sent]:
    """Of two versions of an event (one slug, the same days), the one given last, said so."""
    kept: list[Sent] = []
    for sent in events:
        days = _days(sent)
        older = next(
            (one for one in kept if days and (one.slug, _days(one)) == (sent.slug, days)), None
        )
        if older is None:
            kept.append(sent)
            continue
        told = older.refused
        if not older.measures.equals(sent.measures):
            told = (
                f"{sent.name}\u00a0: deux versions différentes de cet événement sont "
                "données\u202f; celle donnée en dernier est comptée, l’autre est laissée."
            )
        newest = replace(sent, mine=sent.mine or older.mine, refused=told)
        kept[kept.index(older)] = newest
    return kept


def _days(sent: Sent) -> tuple[str, ...]:
    about = sent.attributes.get("event") or {}
    return tuple(about.get("dates") or ()) if isinstance(about, dict) else ()


def _is_mine(slug: str, event: EventLike, mine: str | Path) -> bool:
    if not str(mine):
        return False
    if str(mine) == slug:
        return True
    if not isinstance(event, (str, Path)):
        return False
    one, other = Path(event), Path(mine)
    return one in (other, other / MEASURES_FILE) or one / MEASURES_FILE == other


def _read(event: EventLike) -> list[Sent]:
    if isinstance(event, pd.DataFrame):
        return _split(event, {})
    if isinstance(event, Exchange):
        return _split(event.measures, event.attributes)
    if isinstance(event, tuple):
        measures, attributes = event
        return _split(measures, attributes)
    if not isinstance(event, (str, Path)):
        raise misused("compare", "des mesures, des dossiers ou des measures.csv", event)
    path = Path(event)
    if (path / "event.toml").is_file():
        return _from_folder(path)
    exchange = read_measures(path)
    return _split(exchange.measures, exchange.attributes)


def _from_folder(folder: Path) -> list[Sent]:
    from necbilan.metrics.catalogue import measure
    from necbilan.sources import load

    dossier = load(folder)
    measures = protect(measure(dossier))
    return _split(measures, datapackage(measures, dossier.facts)["necbilan"])


def _split(measures: pd.DataFrame, attributes: Mapping[str, Any]) -> list[Sent]:
    """One frame may hold several events; attributes are those of their event only."""
    about = attributes.get("event", {}) if isinstance(attributes.get("event", {}), dict) else {}
    sent = []
    for slug, rows in protect(measures).groupby("event", sort=False):
        own = attributes if about.get("slug", slug) == slug else {}
        name = str(about.get("name") or slug) if own else str(slug)
        sent.append(Sent(str(slug), name, rows.reset_index(drop=True), own))
    return sent


def _told_apart(events: Iterable[Sent]) -> list[Sent]:
    """Two events of one slug are numbered, so that no row is taken for another's.

    What was given twice, the same to the last number, counts once.
    """
    seen: dict[str, int] = {}
    given: list[Sent] = []
    apart = []
    for sent in events:
        if any(sent.slug == one.slug and sent.measures.equals(one.measures) for one in given):
            continue
        given.append(sent)
        times = seen[sent.slug] = seen.get(sent.slug, 0) + 1
        if times == 1:
            apart.append(sent)
            continue
        suffix = f" ({times})"
        apart.append(replace(sent, slug=sent.slug + suffix, name=sent.name + suffix))
    return apart
