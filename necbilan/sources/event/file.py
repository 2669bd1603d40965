"""event.toml: what an organiser writes about the event, checked key by key.

An unknown key, a wrong type or a missing compulsory key is refused by a French
sentence naming the key, its line and what was expected.  TOML holds no code, no
tags, no aliases and refuses duplicate keys by itself.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necbilan import reference, style
from necbilan.errors import ConfigError
from necbilan.model import Event, Improvement, Meeting, Photo, Problem, Task
from necbilan.sources.event.finding import decoded, event_bytes
from necbilan.sources.event.mistakes import known_as, meant
from necbilan.sources.event.programme import budget_frame
from necbilan.sources.event.schema import SCHEMA, Kind
from necbilan.sources.folding import fold
from necbilan.sources.places import resolve_places
from necbilan.sources.typography import typeset_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["EventFile", "FileEntry", "read_event", "safe_slug"]

_UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""controls, and what turns the direction of writing round: the reader would not see them"""

SIZE_LIMIT = 1_000_000
"""bytes; an event.toml is a page of text"""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WINDOWS_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{i}" for port in ("com", "lpt") for i in range(10)}
)


@dataclass(frozen=True)
class FileEntry:
    """One table to read: what it holds, where it is, and whom it speaks of."""

    kind: str
    """registrations | attendance | survey | programme | budget"""
    path: Path
    sheet: str | None = None
    audience: str = ""
    role: str = ""


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
    solicited: int | None = None
    previous: Path | None = None
    logo: Path | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)


def read_event(folder: str | Path) -> EventFile:
    """The event.toml of a folder.

    Raises InputMissing when the folder or the file is not there, ConfigError when the
    file says something we refuse.
    """
    root = Path(folder)
    raw = event_bytes(root)
    if len(raw) > SIZE_LIMIT:
        raise _refused("le fichier dépasse 1 Mo", "un texte de quelques pages", 1)
    text = decoded(raw)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(*_syntax_fault(str(error), text)) from None
    except RecursionError:
        raise _refused(
            "les tableaux sont imbriqués trop profondément", "un TOML simple", 1
        ) from None
    _check(content, SCHEMA, (), text)
    return _event_file(_visible(content), root, text)


def safe_slug(text: str) -> str | None:
    """``text`` if it may name a folder on every system, else None.

    >>> safe_slug("metz-2023"), safe_slug("../metz"), safe_slug("con")
    ('metz-2023', None, None)
    """
    return text if _SLUG.fullmatch(text) and text not in _WINDOWS_NAMES else None


def _refused(found: str, expected: str, line: int, key: str = "") -> ConfigError:
    where = f"ligne {line}" if line else ""
    named = f"clé « {key} » : {found}" if key else found
    return ConfigError(
        typeset_problem(
            Problem(
                code="E_CONFIG",
                severity="blocks",
                file="event.toml",
                cell=where,
                found=named,
                expected=expected,
                remedy="Corrigez cette ligne puis relancez.",
            )
        )
    )


def _syntax_fault(message: str, text: str) -> tuple[str, str, int]:
    at = re.search(r"at line (\d+)", message)
    line = int(at.group(1)) if at else text.count("\n") + 1
    if "overwrite" in message or "mutate" in message or "twice" in message or "already" in message:
        return ("une clé est écrite en double", "chaque clé une seule fois", line)
    lines = text.split("\n")
    at_fault = lines[line - 1] if line <= len(lines) else ""
    alone = not any(above.lstrip().startswith("[") for above in lines[: line - 1])
    if (better := meant(at_fault, alone=alone)) is not None:
        return (*better, line)
    return (
        "cette ligne n’est pas du TOML",
        'clé = "texte entre guillemets", ou clé = nombre, ou clé = 2025-10-12',
        line,
    )


def _line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line where the last key of ``path`` is written, found by following the path."""
    position, table = 0, ""
    for index, part in enumerate(path):
        if isinstance(part, int):
            headers = list(re.finditer(rf"(?m)^\s*\[\[\s*{re.escape(table)}\s*\]\]", text))
            if part < len(headers):
                position = headers[part].start()
            continue
        table = ".".join(str(step) for step in path[: index + 1] if isinstance(step, str))
        quoted = rf"(?:\"{re.escape(part)}\"|{re.escape(part)})"
        pattern = rf"(?m)^\s*\[\[?\s*{re.escape(table)}\s*\]|(?:^|[\s{{,]){quoted}\s*(?:=|\.)"
        found = re.compile(pattern).search(text, position)
        if found:
            position = found.end() - 1
    return text.count("\n", 0, position) + 1


def _check(content: Mapping[str, Any], kind: Kind, path: tuple[str | int, ...], text: str) -> None:
    for key, value in content.items():
        here = (*path, key)
        known = kind.keys.get(key) or kind.any_key
        if known is None:
            ours = known_as(key)
            near = ours if ours in kind.keys else kind.nearest(key)
            hint = f"« {near} » peut-être" if near else "une des clés du guide"
            raise _refused("cette clé est inconnue", hint, _line_of(text, here), key)
        _check_value(value, known, here, text)
    for key in kind.compulsory:
        if key not in content:
            raise _refused(
                "cette clé manque",
                kind.keys[key].expected,
                _line_of(text, path) if path else 1,
                key,
            )


def _check_value(value: Any, kind: Kind, path: tuple[str | int, ...], text: str) -> None:
    if not kind.accepts(value):
        key = ".".join(str(part) for part in path if isinstance(part, str))
        found = f"on y trouve {_french_type(value)}"
        raise _refused(found, kind.expected, _line_of(text, path), key)
    if isinstance(value, dict):
        _check(value, kind, path, text)
    elif isinstance(value, list) and kind.of is not None:
        for index, element in enumerate(value):
            _check_value(element, kind.of, (*path, index), text)


def _visible(value: Any) -> Any:
    """The same content without what nobody sees in its texts and free keys."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, list):
        return [_visible(element) for element in value]
    if isinstance(value, dict):
        return {_visible(key): _visible(inner) for key, inner in value.items()}
    return value


def _french_type(value: Any) -> str:
    if isinstance(value, bool):
        return "un oui/non (true/false)"
    names = (
        (str, "un texte entre guillemets"),
        (int, "un nombre entier"),
        (float, "un nombre"),
        (datetime, "une date avec une heure"),
        (date, "une date"),
        (list, "une liste entre crochets"),
        (dict, "un groupe de clés"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "autre chose")


def _event_file(content: dict[str, Any], root: Path, text: str) -> EventFile:
    if "date" not in content and "dates" not in content:
        raise _refused("cette clé manque", "une date : date = 2025-10-12", 1, "date")
    given = str(content.get("id", "")) or _slug_of(root.resolve().name)
    slug = safe_slug(given)
    if slug is None:
        raise _refused(
            "cet identifiant ne peut pas nommer un dossier",
            "des minuscules sans accent, des chiffres et des tirets, et pas un nom réservé "
            "par Windows (con, aux, nul…)",
            _line_of(text, ("id",)) if "id" in content else 0,
            "id",
        )
    return EventFile(
        event=_event(content, slug, root, text),
        files=tuple(_files(content.get("files", {}), root, text)),
        activities=tuple(content.get("activities", ())),
        speakers=tuple(content.get("speakers", ())),
        budget=budget_frame(content.get("budget", [])),
        presence=content.get("presence", ""),
        survey_mode=content.get("survey_mode", ""),
        solicited=content.get("solicited"),
        previous=_inside(root, content["previous"], text, ("previous",))
        if "previous" in content
        else None,
        logo=_inside(root, content["brand"]["logo"], text, ("brand", "logo"))
        if "logo" in content.get("brand", {})
        else None,
        texts=tuple(_texts({key: content[key] for key in content if key != "files"})),
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text of the content, and every free key (a task, a kind of meeting)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:64] or "evenement"


def _inside(root: Path, name: str, text: str, path: tuple[str | int, ...]) -> Path:
    """The file ``name`` of the folder; a path that leaves the folder is refused."""
    target = (root / name).resolve()
    if not target.is_relative_to(root.resolve()):
        raise _refused(
            "ce chemin sort du dossier de l’événement",
            "un fichier placé dans le dossier",
            _line_of(text, path),
            str(path[-1]),
        )
    return root / name


def _files(content: dict[str, Any], root: Path, text: str) -> list[FileEntry]:
    entries = []
    for kind, value in content.items():
        for element in value if isinstance(value, list) else [value]:
            given = {"file": element} if isinstance(element, str) else element
            entries.append(
                FileEntry(
                    kind=kind,
                    path=_inside(root, given["file"], text, ("files", kind)),
                    sheet=given.get("sheet"),
                    audience=given.get("audience", ""),
                    role=given.get("role", ""),
                )
            )
    return entries


def _brand(given: dict[str, str], text: str) -> dict[str, str]:
    """The organiser's colours; one that could not be read on white is refused."""
    colours: dict[str, str] = {
        name: given[name].upper() for name in ("primary", "secondary") if name in given
    }
    ratio = style.contrast(colours.get("primary", style.colour("night")), style.colour("white"))
    if ratio < style.READABLE:
        measured = f"{ratio:.1f}".replace(".", ",")
        raise _refused(
            f"{colours['primary']} n’a qu’un contraste de {measured} sur le blanc",
            "une couleur plus foncée, de contraste 4,5 au moins",
            _line_of(text, ("brand", "primary")),
            "brand.primary",
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


def _insee(commune: str, text: str) -> str:
    """The INSEE code of the event's commune; a name that fits several or none is refused."""
    if not commune:
        return ""
    if reference.place_name(f"insee:{commune}"):
        return commune
    place = resolve_places(pd.DataFrame({"commune": [commune]})).iloc[0]
    if place["status"] != "commune":
        raise _refused(
            "ce nom désigne plusieurs communes, ou aucune",
            'le nom officiel, ou le code INSEE : commune = "57463"',
            _line_of(text, ("commune",)),
            "commune",
        )
    return str(place["insee"])


def _event(content: dict[str, Any], slug: str, root: Path, text: str) -> Event:
    dates = content.get("dates") or [content["date"]]
    target = content.get("target")
    if isinstance(target, int):
        target = [target, target]
    if target is not None and (len(target) != 2 or target[0] > target[1]):
        raise _refused(
            "l’objectif n’est pas lisible",
            "un nombre, ou deux du plus petit au plus grand : target = [150, 250]",
            _line_of(text, ("target",)),
            "target",
        )
    preparation = content.get("preparation", {})
    return Event(
        slug=slug,
        name=content["name"],
        dates=tuple(sorted(dates)),
        place=content["place"],
        commune=content.get("commune", ""),
        insee=_insee(content.get("commune", ""), text),
        organiser=content.get("organiser", ""),
        organiser_kind=content.get("organiser_kind", ""),
        edition=content.get("edition", ""),
        description=content.get("description", ""),
        context=content.get("context", ""),
        themes=tuple(content.get("themes", ())),
        target=(target[0], target[1]) if target else None,
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
        brand=_brand(content.get("brand", {}), text),
        photos=tuple(
            Photo(
                path=_inside(root, photo["file"], text, ("photos", index, "file")),
                alternative=photo["alternative"],
                credit=photo.get("credit", ""),
            )
            for index, photo in enumerate(content.get("photos", []))
        ),
        median_point=content.get("median_point", False),
        options=frozenset(key for key, asked in content.get("options", {}).items() if asked),
    )
