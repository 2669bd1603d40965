"""What travels beside the frames: the event, its problems, its facts, and the dossier.

All frozen; nothing here holds a name or an e-mail of a participant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd

__all__ = [
    "Dossier",
    "Event",
    "Facts",
    "Improvement",
    "Meeting",
    "Merge",
    "Photo",
    "Picture",
    "Previous",
    "Problem",
    "Question",
    "Remark",
    "Severity",
    "Source",
    "Task",
]

Severity = Literal["blocks", "ask", "note"]
_SEVERITIES: Mapping[str, Severity] = {"E": "blocks", "A": "ask", "W": "note"}


@dataclass(frozen=True)
class Problem:
    """One fault in the data: where, what was found, what was expected, what to do.

    ``code`` is stable, and its letter is the severity: E_… blocks, A_… asks, W_… notes.
    ``found`` never quotes a cell of a personal column.  ``cell`` is an Excel address
    ("C14") or "ligne 14".  The texts are French, ready to be shown.
    """

    code: str
    severity: Severity = field(init=False)
    found: str
    remedy: str
    expected: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "severity", _SEVERITIES[self.code[0]])

    def __repr__(self) -> str:
        return f"Problem({self.code}: {self.sentence()})"

    def where(self) -> str:
        """«inscriptions.xlsx, feuille « Pros », C14», or '' when nowhere in particular."""
        sheet = f"feuille «\u00a0{self.sheet}\u00a0»" if self.sheet else ""
        return ", ".join(part for part in (self.file, sheet, self.cell) if part)

    def sentence(self) -> str:
        """Where, what was found, what was expected, what to do: as the user reads it."""
        where = self.where()
        parts = [f"{where}\u00a0: {self.found}" if where else self.found]
        if self.expected:
            parts.append(f"attendu\u00a0: {self.expected}")
        text = "\u202f; ".join(part.rstrip(".") for part in parts) + "."
        return f"{text} {self.remedy}".rstrip()


@dataclass(frozen=True)
class Meeting:
    """Preparation meetings of one kind."""

    kind: str
    count: int


@dataclass(frozen=True)
class Task:
    """People mobilised on the day for one task."""

    task: str
    people: int


@dataclass(frozen=True)
class Improvement:
    """A point to improve, a lesson or a decision, as the organisers wrote it."""

    text: str
    theme: str = ""
    decision: str = ""
    owner: str = ""
    due: str = ""
    voice: Literal["public", "organisers"] = "organisers"


@dataclass(frozen=True)
class Photo:
    """A picture of the folder, with its alternative text and credit."""

    path: Path = field(repr=False)
    alternative: str
    credit: str = ""


@dataclass(frozen=True)
class Picture:
    """A photo read and made fit to publish: ``source`` is a data URI, sizes are in pixels."""

    source: str = field(repr=False)
    alternative: str
    width: int
    height: int
    credit: str = ""


@dataclass(frozen=True)
class Event:
    """What event.toml says, checked.  ``declared`` maps a metric id to a declared figure.

    ``options`` are what the organisers asked for beyond the usual report: means,
    recommendation_score.
    """

    slug: str
    name: str
    dates: tuple[date, ...]
    place: str
    commune: str = ""
    insee: str = ""
    organiser: str = ""
    organiser_kind: str = ""
    edition: str = ""
    description: str = ""
    context: str = ""
    themes: tuple[str, ...] = ()
    target: tuple[int, int] | None = None
    capacity: int | None = None
    partners: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    calendar: tuple[tuple[str, str], ...] = ()
    meetings: tuple[Meeting, ...] = ()
    mobilised: tuple[Task, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    lessons: tuple[Improvement, ...] = ()
    decisions: tuple[Improvement, ...] = ()
    previous_points: tuple[Improvement, ...] = ()
    charter: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, float] = field(default_factory=dict)
    retention: date | None = None
    fictional: str = ""
    brand: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    median_point: bool = False
    options: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        days = ", ".join(day.isoformat() for day in self.dates)
        return f"Event({self.slug!r}, {self.name!r}, {days})"


@dataclass(frozen=True)
class Question:
    """A question of the survey.

    ``scale`` lists the levels from the worst to the best (empty when not ordered);
    ``positive`` is how many of the best levels count as satisfied (2 of 4, 2 of 5);
    ``neutral`` marks a scale with a middle level; ``answers_asked`` counts the
    respondents who were shown it.
    """

    id: str
    wording: str
    role: str
    kind: Literal["scale", "single", "multi", "text", "number"] = "text"
    scale: tuple[str, ...] = ()
    positive: int = 0
    no_opinion: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Remark:
    """A scrubbed remark that a human approved, word for word."""

    text: str
    theme: str
    question: str = ""


@dataclass(frozen=True)
class Merge:
    """One organisation and the labels that were counted as it (reversible: listed)."""

    organisation: str
    labels: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Source:
    """A file that was read: provenance and the account of its lines.

    ``lines`` and ``kept`` are None where they would count a group of people.
    """

    file: str
    sheet: str
    kind: str
    tool: str
    sha256: str
    lines: int | None
    kept: int | None
    dropped: tuple[tuple[str, int], ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class Previous:
    """The edition before, as its own measures tell it; ``questions`` by their role."""

    name: str
    measures: pd.DataFrame = field(repr=False)
    questions: tuple[Question, ...] = ()
    survey_mode: str = ""


@dataclass(frozen=True)
class Facts:
    """What a human wrote or approved, and where the numbers come from.

    ``presence`` is how attendance was seen: scan | roll (émargement) | count | declared
    | not_measured.  ``exposure`` maps an activity to the people who could vote on it and
    ``exposure_from`` to how that is known (attended | chosen | seats), both empty when
    unknown; ``followed`` maps it to the respondents who say that they followed it.
    ``explained`` maps the nature and line of the budget to why it departs from its plan.
    ``remarks`` and ``words`` hold only what a human approved; ``echoes`` are (question,
    word) where the word is the question's own; ``waiting`` counts, by kind, the rows of
    decisions.csv without answer.
    ``pictures`` are the photos that could be read, ``logo`` the organiser's as a data URI.
    """

    event: Event
    questions: tuple[Question, ...] = ()
    presence: str = "not_measured"
    survey_mode: str = ""
    remarks: tuple[Remark, ...] = ()
    words: frozenset[str] = frozenset()
    echoes: frozenset[tuple[str, str]] = frozenset()
    refused_words: frozenset[str] = frozenset()
    merges: tuple[Merge, ...] = ()
    activity_matches: tuple[tuple[str, str, str], ...] = ()
    exposure: Mapping[str, int] = field(default_factory=dict)
    explained: Mapping[tuple[str, str], str] = field(default_factory=dict)
    exposure_from: Mapping[str, str] = field(default_factory=dict)
    followed: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    waiting: Mapping[str, int] = field(default_factory=dict)
    place_names: Mapping[str, str] = field(default_factory=dict)
    previous: Previous | None = None
    pictures: tuple[Picture, ...] = ()
    logo: str = field(default="", repr=False)

    def __repr__(self) -> str:
        return (
            f"Facts({self.event.slug!r}, questions={len(self.questions)}, "
            f"sources={len(self.sources)}, problems={len(self.problems)})"
        )

    def question(self, role: str) -> Question | None:
        """The first question of that role, or None."""
        return next((question for question in self.questions if question.role == role), None)


@dataclass(frozen=True)
class Dossier:
    """One event, loaded: frames as written in ``tables``, problems, facts.

    ``registrations`` is None when no registration file was given, ``responses`` None
    when there is no survey: absent is not empty.  ``place_names`` of facts maps codes
    ("insee:57463", "department:57", "region:44", "epci:…", "country:LU") to names.
    """

    event: Event
    facts: Facts
    problems: tuple[Problem, ...] = ()
    registrations: pd.DataFrame | None = None
    responses: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None
    speakers: pd.DataFrame | None = None
    budget: pd.DataFrame | None = None

    def __repr__(self) -> str:
        def rows(frame: pd.DataFrame | None) -> str:
            return "–" if frame is None else str(len(frame))

        return (
            f"Dossier({self.event.slug!r}, registrations={rows(self.registrations)}, "
            f"responses={rows(self.responses)}, problems={len(self.problems)})"
        )
