"""A folder → a Dossier: every file read, joined and shaped; names and e-mails left behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.errors import BlockedByProblems
from necbilan.model import Dossier, Facts, Problem
from necbilan.sources.event.previous_edition import read_previous
from necbilan.sources.event.programme_sheets import read_budget
from necbilan.sources.free_text.word_groups import echoes_question
from necbilan.sources.gathering import gather
from necbilan.sources.naming import place_names
from necbilan.sources.people.apart import without_unjoinable
from necbilan.sources.people.distinct import distinct_people
from necbilan.sources.people.doubts import doubts_of_lists
from necbilan.sources.people.registrations import Registered, registered_frame
from necbilan.sources.privacy.linking import link_key
from necbilan.sources.privacy.personal import identifiers_of, scrubber
from necbilan.sources.privacy.unnaming import (
    folder_names_somebody,
    unnamed_id,
    unnamed_labels,
    unnamed_merge,
    unnamed_problem,
    unnamed_question,
    unnamed_source,
    unnaming,
)
from necbilan.sources.programme import programme_of
from necbilan.sources.provenance import publishable, source_of
from necbilan.sources.survey.exposure import exposure_of, followed_by
from necbilan.sources.survey.responses import approved_remarks, survey_responses
from necbilan.sources.typography import typeset_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from necbilan.model import Event, Previous
    from necbilan.sources.gathered import Gathered, ReadFile
    from necbilan.sources.people.distinct import Person
    from necbilan.sources.privacy.identifiers import Identifiers
    from necbilan.sources.survey.responses import Answered

__all__ = ["Built", "build", "load", "load_with_identifiers", "unblocked"]


@dataclass(frozen=True, repr=False)
class Built:
    """A Dossier and what ``check`` needs beside it; ``dossier.problems`` may block."""

    gathered: Gathered
    dossier: Dossier
    people: tuple[Person, ...]
    registered: Registered | None
    identifiers: Identifiers
    unnamed: Callable[[str], str]
    """a text without whom it names: what ``check`` says of files and headings goes through it"""
    doubtful: tuple[tuple[str, str, str], ...] = ()


def load(folder: str | Path, *, key_file: str | Path | None = None) -> Dossier:
    """The event of a folder: event.toml, decisions.csv and the spreadsheets.

    ``registrations``, ``responses``, ``activities``, ``speakers`` and ``budget`` are the
    frames of ``necbilan.tables``, None when no file holds them; ``problems`` is what was odd.
    No name and no e-mail is in any of them.

    Pseudonyms are new at each call; two calls with the same ``key_file`` (made when it is
    not there, 0600) give the same person the same one, in two editions for instance.

    Raises InputMissing when there is nothing to read, ConfigError on event.toml or
    decisions.csv, BlockedByProblems when a Problem of the data blocks.
    """
    key = link_key(key_file) if key_file is not None else None
    return unblocked(build(gather(folder), key))


def load_with_identifiers(folder: str | Path) -> tuple[Dossier, Identifiers]:
    """As ``load``, with the identifiers of the input, for the leak test."""
    built = build(gather(folder))
    return unblocked(built), built.identifiers


def unblocked(built: Built) -> Dossier:
    """The dossier.  Raises BlockedByProblems when a Problem of the data blocks."""
    blocking = [problem for problem in built.dossier.problems if problem.severity == "blocks"]
    if blocking:
        raise BlockedByProblems(blocking)
    return built.dossier


def build(gathered: Gathered, key: bytes | None = None) -> Built:
    """Join what was gathered; a fault of the data is in ``dossier.problems``.

    ``key`` makes the pseudonyms of people; it is drawn and forgotten when not given.
    """
    event, decisions = gathered.event_file.event, gathered.decisions
    problems = list(gathered.problems)
    scrubbed, identifiers = scrubber(gathered), identifiers_of(gathered)
    unnamed = unnaming(identifiers, scrubbed)
    problems += [folder_names_somebody()] if identifiers.kinds_in(gathered.folder) else []
    activities, speakers, budget = _sheets(gathered, scrubbed, unnamed, problems)
    titles = tuple(activities["activity"]) if activities is not None else ()
    event, lists, told = without_unjoinable(event, gathered.of_kind("registrations", "attendance"))
    problems += told
    tickets = [ticket for file in lists if file.tickets for ticket in file.tickets.tickets]
    people = distinct_people(sorted(tickets, key=lambda ticket: not ticket.listed))
    registered = None
    if people:
        registered = registered_frame(people, event, decisions, titles=titles, key=key)
        registered = _naming_nobody(_with_the_absent(registered, lists), unnamed)
    activities = _with_attendance(activities, registered)
    problems += doubts_of_lists(people, gathered)
    answered = _asked_of_nobody(survey_responses(gathered, scrubbed, titles), unnamed)
    told_of = [unnamed_problem(problem, unnamed) for problem in (*problems, *answered.problems)]
    problems = [typeset_problem(problem) for problem in told_of]
    read = [source_of(file, people, index) for index, file in enumerate(gathered.files)]
    exposure, exposure_from = exposure_of(activities, registered.frame if registered else None)
    words = frozenset(decisions.answers("word"))
    facts = Facts(
        event=event,
        questions=answered.questions,
        presence=_presence(gathered, event, lists, registered),
        survey_mode=gathered.event_file.survey_mode,
        remarks=approved_remarks(answered.frame, decisions),
        words=words,
        echoes=_echoes(answered, words),
        refused_words=decisions.refused("word"),
        merges=registered.merges if registered else (),
        activity_matches=answered.matches,
        exposure=exposure,
        exposure_from=exposure_from,
        followed=followed_by(answered.frame),
        explained=_explained(budget),
        sources=publishable(
            tuple(unnamed_source(source, unnamed) for source in read),
            registered.frame if registered else None,
        ),
        problems=tuple(problems),
        waiting=decisions.waiting(),
        place_names=place_names(registered.frame) if registered else {},
        previous=_previous(gathered),
        pictures=gathered.pictures,
        logo=gathered.logo,
    )
    dossier = Dossier(
        event=event,
        facts=facts,
        problems=tuple(problems),
        registrations=registered.frame if registered else None,
        responses=answered.frame,
        activities=activities,
        speakers=speakers,
        budget=budget,
    )
    return Built(gathered, dossier, people, registered, identifiers, unnamed, answered.doubtful)


def _echoes(answered: Answered, words: frozenset[str]) -> frozenset[tuple[str, str]]:
    """(question, word) of the approved words that the question itself holds."""
    return frozenset(
        (question.id, word)
        for question in answered.questions
        if question.role == "word_association"
        for word in words
        if echoes_question(word, question.wording)
    )


def _previous(gathered: Gathered) -> Previous | None:
    path = gathered.event_file.previous
    return read_previous(path) if path is not None else None


# --- registrations ------------------------------------------------------------------------


def _with_the_absent(registered: Registered, lists: Sequence[ReadFile]) -> Registered:
    """Who is marked in no attendance list did not come, once somebody is marked."""
    signed = [file for file in lists if file.entry.kind == "attendance"]
    if not any(file.tickets and file.tickets.presence for file in signed):
        return registered
    frame = registered.frame.assign(present=registered.frame["present"].fillna(False))
    return replace(registered, frame=frame)


def _naming_nobody(registered: Registered, unnamed: Callable[[str], str]) -> Registered:
    """The same, no organisation or profile naming somebody of the lists.

    «Cabinet Josiane Martin» stands in the measures, its spellings in the report.
    """
    frame = registered.frame
    shown = unnamed_labels(frame["organisation"].dropna(), unnamed)
    words = unnamed_labels(frame["profile_label"].dropna(), unnamed)
    merges = [
        replace(merge, organisation=shown.get(merge.organisation, merge.organisation))
        for merge in registered.merges
    ]
    return replace(
        registered,
        frame=frame.assign(
            organisation=frame["organisation"].replace(shown),
            profile_label=frame["profile_label"].replace(words),
        ),
        merges=tuple(unnamed_merge(merge, unnamed) for merge in merges),
    )


def _asked_of_nobody(answered: Answered, unnamed: Callable[[str], str]) -> Answered:
    """The same, no question naming somebody of the lists."""
    frame = answered.frame
    if frame is not None:
        ids = {name: unnamed_id(name, unnamed) for name in frame["question"].unique()}
        frame = frame.assign(question=frame["question"].replace(ids))
    return replace(
        answered,
        frame=frame,
        questions=tuple(unnamed_question(question, unnamed) for question in answered.questions),
        matches=tuple((unnamed(label), title, why) for label, title, why in answered.matches),
    )


def _presence(
    gathered: Gathered, event: Event, lists: Sequence[ReadFile], registered: Registered | None
) -> str:
    said = gathered.event_file.presence
    if registered is not None and registered.frame["present"].notna().any():
        ways = [file.tickets.presence for file in lists if file.tickets and file.tickets.presence]
        return said or (ways[0] if ways else "roll")
    if "present" in event.declared:
        return said if said not in ("", "not_measured") else "declared"
    return "not_measured"


# --- programme and budget -----------------------------------------------------------------


def _sheets(
    gathered: Gathered,
    scrubbed: Callable[[str], str],
    unnamed: Callable[[str], str],
    problems: list[Problem],
) -> tuple[pd.DataFrame | None, pd.DataFrame | None, pd.DataFrame | None]:
    """ACTIVITIES, SPEAKERS, BUDGET: from the sheets, else from event.toml itself."""
    activities, speakers, _ = programme_of(gathered)
    budget = gathered.event_file.budget
    for file in gathered.of_kind("budget"):
        found, told = read_budget(file.reading, file.columns)
        if found is not None:
            told_why = found["explanation"].map(scrubbed, na_action="ignore")
            budget = found.assign(
                line=found["line"].map(unnamed).astype("string"),
                explanation=told_why.astype("string"),
            )
        problems += map(file.entry.said, told)
    return activities, speakers, budget


def _explained(budget: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """Nature and line → why it departs from its plan, where somebody said so."""
    if budget is None:
        return {}
    told = budget[budget["explanation"].notna()]
    return {
        (str(nature), str(line)): str(why)
        for nature, line, why in zip(told["nature"], told["line"], told["explanation"], strict=True)
    }


def _with_attendance(
    activities: pd.DataFrame | None, registered: Registered | None
) -> pd.DataFrame | None:
    """ACTIVITIES, those that nobody counted with the people seen on their own lists."""
    if activities is None or registered is None or not registered.attended:
        return activities
    seen = activities["activity"].map(registered.attended).astype("Int64")
    return activities.assign(attended=activities["attended"].fillna(seen))
