"""event.toml: what an organiser writes about the event, checked key by key.

An unknown key, a wrong type or a missing compulsory key is refused by a French
sentence naming the key, its line and what was expected.  TOML holds no code, no
tags, no aliases and refuses duplicate keys by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan import reference, style
from necbilan.model import Event, Improvement, Meeting, Photo, Problem, Task
from necbilan.safe_cells import visible
from necbilan.sources.event.checking import check_table
from necbilan.sources.event.programme import budget_frame
from necbilan.sources.event.schema import SCHEMA
from necbilan.sources.event.written import Written, parsed
from necbilan.sources.folding import fold
from necbilan.sources.places import resolve_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

__all__ = ["EventFile", "FileEntry", "read_event", "safe_slug"]

_FILES = frozenset({"files", "file", "logo", "previous"})
"""keys that name files"""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WINDOWS_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{i}" for port in ("com", "lpt") for i in range(10)}
)


@dataclass(frozen=True)
class FileEntry:
    """One table to read: what it holds, where it is, and whom it speaks of."""

    kind: str
    """registrations | attendance | survey | programme | speakers | budget"""
    path: Path
    sheet: str | None = None
    audience: str = ""
    role: str = ""

    def said(self, problem: Problem) -> Problem:
        """The problem, said of this table."""
        return replace(problem, file=self.path.name, sheet=self.sheet or "")


@dataclass(frozen=True)
class EventFile:
    """event.toml, read: the event, its files, and the tables it gives itself.

    ``activities`` and ``speakers`` are as written there: speakers' names go no further than
    ``programme_frames``, scrubbing and the leak test.  ``texts`` is all that is written
    there to be read by anybody.
    """

    event: Event
    files: tuple[FileEntry, ...]
    activities: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    speakers: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    budget: pd.DataFrame | None = None
    presence: str = ""
    survey_mode: str = ""
    previous: Path | None = None
    logo: Path | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)


def read_event(folder: str | Path) -> EventFile:
    """The event.toml of a folder.

    Raises InputMissing when the folder or the file is not there, ConfigError when the
    file says something we refuse.
    """
    content, written = parsed(Path(folder))
    check_table(content, SCHEMA, written)
    return _event_file(_visible(content), written)


def safe_slug(text: str) -> str | None:
    """``text`` if it may name a folder on every system, else None.

    >>> safe_slug("metz-2023"), safe_slug("../metz"), safe_slug("con")
    ('metz-2023', None, None)
    """
    return text if _SLUG.fullmatch(text) and text not in _WINDOWS_NAMES else None


def _visible(value: Any) -> Any:
    """The same content without what nobody sees in its texts and free keys."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_visible(element) for element in value]
    if isinstance(value, dict):
        return {_visible(key): _visible(inner) for key, inner in value.items()}
    return value


def _event_file(content: dict[str, Any], written: Written) -> EventFile:
    logo = content.get("brand", {}).get("logo")
    previous = content.get("previous")
    return EventFile(
        event=_event(content, written),
        files=tuple(_files(content.get("files", {}), written)),
        activities=tuple(content.get("activities", ())),
        speakers=tuple(content.get("speakers", ())),
        budget=budget_frame(content.get("budget", [])),
        presence=content.get("presence", ""),
        survey_mode=content.get("survey_mode", ""),
        previous=None if previous is None else written.inside(previous, ("previous",)),
        logo=None if logo is None else written.inside(logo, ("brand", "logo")),
        texts=tuple(_texts(content)),
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text of the content, and every free key (a task, a kind of meeting).

    Names of files are left out: nobody writes them to be read.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _FILES:
                yield from (key, *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _slug(content: Mapping[str, Any], written: Written) -> str:
    """The id, or the name of the folder made one."""
    folder = re.sub(r"[^a-z0-9]+", "-", fold(written.root.resolve().name)).strip("-")[:64]
    slug = safe_slug(str(content.get("id", "")) or folder or "evenement")
    if slug is None:
        raise written.refused(
            "cet identifiant ne peut pas nommer un dossier",
            "des minuscules sans accent, des chiffres et des tirets, et pas un nom réservé "
            "par Windows (con, aux, nul…)",
            ("id",),
        )
    return slug


def _files(content: Mapping[str, Any], written: Written) -> Iterator[FileEntry]:
    for kind, value in content.items():
        for element in value if isinstance(value, list) else [value]:
            given = {"file": element} if isinstance(element, str) else element
            yield FileEntry(
                kind=kind,
                path=written.inside(given["file"], ("files", kind)),
                sheet=given.get("sheet"),
                audience=given.get("audience", ""),
                role=given.get("role", ""),
            )


def _brand(given: Mapping[str, str], written: Written) -> dict[str, str]:
    """The organiser's colours; one that could not be read on white is refused."""
    colours: dict[str, str] = {
        name: given[name].upper() for name in ("primary", "secondary") if name in given
    }
    ratio = style.contrast(colours.get("primary", style.colour("night")), style.colour("white"))
    if ratio < style.READABLE:
        measured = f"{ratio:.1f}".replace(".", ",")
        raise written.refused(
            f"{colours['primary']} n’a qu’un contraste de {measured} sur le blanc",
            "une couleur plus foncée, de contraste 4,5 au moins",
            ("brand", "primary"),
        )
    return colours


def _improvements(rows: list[dict[str, str]]) -> tuple[Improvement, ...]:
    return tuple(
        Improvement(
            text=row["text"],
            theme=row.get("theme", ""),
            decision=row.get("decision", ""),
            owner=row.get("owner", ""),
            due=row.get("due", ""),
            voice="public" if row.get("voice") == "public" else "organisers",
        )
        for row in rows
    )


def _insee(commune: str, written: Written) -> str:
    """The INSEE code of the event's commune; a name that fits several or none is refused."""
    if not commune:
        return ""
    if reference.place_name(f"insee:{commune}"):
        return commune
    place = resolve_places(pd.DataFrame({"commune": [commune]})).iloc[0]
    if place["status"] != "commune":
        raise written.refused(
            "ce nom désigne plusieurs communes, ou aucune",
            'le nom officiel, ou le code INSEE : commune = "57463"',
            ("commune",),
        )
    return str(place["insee"])


def _dates(content: Mapping[str, Any]) -> tuple[date, ...]:
    return tuple(sorted(content.get("dates") or [content["date"]]))


def _target(content: Mapping[str, Any], written: Written) -> tuple[int, int] | None:
    given = content.get("target")
    if given is None:
        return None
    bounds = [given, given] if isinstance(given, int) else given
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise written.refused(
            "l’objectif n’est pas lisible",
            "un nombre, ou deux du plus petit au plus grand : target = [150, 250]",
            ("target",),
        )
    return bounds[0], bounds[1]


def _event(content: dict[str, Any], written: Written) -> Event:
    commune = content.get("commune", "")
    preparation = content.get("preparation", {})
    return Event(
        slug=_slug(content, written),
        name=content["name"],
        dates=_dates(content),
        place=content["place"],
        commune=commune,
        insee=_insee(commune, written),
        organiser=content.get("organiser", ""),
        organiser_kind=content.get("organiser_kind", ""),
        edition=content.get("edition", ""),
        description=content.get("description", ""),
        context=content.get("context", ""),
        themes=tuple(content.get("themes", ())),
        target=_target(content, written),
        capacity=content.get("capacity"),
        partners=tuple(content.get("partners", ())),
        informed=tuple(content.get("informed", ())),
        calendar=tuple((step["when"], step["what"]) for step in preparation.get("calendar", ())),
        meetings=tuple(
            Meeting(kind, count) for kind, count in preparation.get("meetings", {}).items()
        ),
        mobilised=tuple(
            Task(task, people) for task, people in content.get("mobilised", {}).items()
        ),
        improvements=_improvements(content.get("improvements", [])),
        lessons=_improvements(content.get("lessons", [])),
        decisions=_improvements(content.get("decisions", [])),
        previous_points=_improvements(content.get("previous_points", [])),
        charter=dict(content.get("charter", {})),
        declared={key: float(value) for key, value in content.get("declared", {}).items()},
        retention=content.get("retention"),
        fictional=content.get("fictional", ""),
        brand=_brand(content.get("brand", {}), written),
        photos=tuple(
            Photo(
                path=written.inside(photo["file"], ("photos", index, "file")),
                alternative=photo["alternative"],
                credit=photo.get("credit", ""),
            )
            for index, photo in enumerate(content.get("photos", []))
        ),
        median_point=content.get("median_point", False),
        options=frozenset(key for key, asked in content.get("options", {}).items() if asked),
    )
