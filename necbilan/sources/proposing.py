"""What a human must be asked: the rows that ``check`` adds to decisions.csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.sources.decisions import Proposal
from necbilan.sources.folder import build
from necbilan.sources.folding import fold
from necbilan.sources.free_text.remarks import UNSORTED, theme_ids
from necbilan.sources.free_text.spelling import proposed_spellings
from necbilan.sources.free_text.word_groups import echoes_question
from necbilan.sources.gathering import column_key, gather
from necbilan.sources.headings.columns import DOUBTFUL
from necbilan.sources.organisations import names_nothing
from necbilan.sources.people.profiles import classify_profiles, says_too_little
from necbilan.sources.privacy.recognising import recognised_by
from necbilan.sources.survey.answers import REMARK_ROLES
from necbilan.sources.survey.roles import likely_role, role_label
from necbilan.sources.survey.scales import is_no_opinion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from necbilan.sources.folder import Built
    from necbilan.sources.survey.asked import Asked

__all__ = ["proposals", "proposals_of"]


_SAID_BY = 5
"""people from whom a label that no profile fits is asked"""


def proposals(folder: str | Path) -> list[Proposal]:
    """The questions that a folder leaves open, answered or not in decisions.csv.

    Raises what ``gather`` raises.
    """
    return proposals_of(build(gather(folder)))


def proposals_of(built: Built) -> list[Proposal]:
    """Columns and questions first, then organisations, activities, words, remarks.

    The key says what is asked, as the files write it; the reason names nobody.
    """
    asked = [
        *_columns(built),
        *_questions(built),
        *_profiles(built),
        *_organisations(built),
        *_activities(built),
        *_spellings(built),
        *_words(built),
        *_remarks(built),
    ]
    return [replace(one, reason=built.unnamed(one.reason)) for one in asked]


def _columns(built: Built) -> Iterator[Proposal]:
    for file in built.gathered.of_kind("registrations", "attendance"):
        for column in file.columns:
            if column.field and column.confidence <= DOUBTFUL:
                key = column_key(file.entry.path.name, column.heading.leaf)
                yield Proposal("column", key, column.label, column.reason)


def _questions(built: Built) -> Iterator[Proposal]:
    for file in built.gathered.of_kind("survey"):
        for asked in file.survey.asked if file.survey else ():
            question = asked.question
            if asked.doubt == "role":
                offered = role_label(likely_role(asked))
                yield Proposal("question", question.wording, offered, asked.reason)
            if asked.asks_scale:
                yield Proposal("scale", question.wording, _order(asked), _why(asked))


def _profiles(built: Built) -> Iterator[Proposal]:
    """Labels of people whom no profile fits, said by enough of them to be told.

    A title of any trade is not asked, nor a way of saying nothing.
    """
    said = Counter(text for one in built.people if (text := (one.profile or one.job).strip()))
    known = classify_profiles(pd.Series(list(said), dtype="string"))["profile"].notna()
    for (label, count), classified in zip(said.items(), known, strict=True):
        untold = says_too_little(label) or names_nothing(label)
        if not classified and count >= _SAID_BY and not untold:
            reason = (
                f"dit {count} fois, d’aucun profil connu : écrivez le sien (élue, association…)"
            )
            yield Proposal("profile", label, "", reason)


def _order(asked: Asked) -> str:
    """A guess at the order, for a human to accept or to write again; "" without any clue."""
    if asked.question.kind == "number":
        largest = max((int(label) for label in asked.labels if label.strip().isdigit()), default=10)
        return "de 0 à 10" if largest > 5 else "de 1 à 5"
    return " < ".join(asked.scale.labels) if asked.scale else ""


def _why(asked: Asked) -> str:
    if asked.question.kind == "number":
        return "l’étendue des notes n’est écrite ni dans la question ni dans les cases"
    if asked.scale is not None:
        return "plusieurs échelles ont ces réponses"
    labels = [label for label in asked.labels if not is_no_opinion(label)]
    return (
        "ces réponses ne forment aucune échelle connue : écrivez-les du pire au meilleur, séparées "
        f"par < (ou « aucune ») : {', '.join(sorted(labels, key=fold))}"
    )


def _organisations(built: Built) -> Iterator[Proposal]:
    if built.registered is None:
        return
    for pair in built.registered.pairs.to_dict("records"):
        yield Proposal(
            "organisation",
            str(pair["label_a"]),
            str(pair["organisation"]),
            f"même structure que « {pair['label_b']} » ? {pair['reason']}",
        )


def _activities(built: Built) -> Iterator[Proposal]:
    for answer, title, reason in built.doubtful:
        yield Proposal("activity", answer, title, reason)


def _spellings(built: Built) -> Iterator[Proposal]:
    """Words that look misspelt; a spelling already decided is not asked again."""
    responses = built.dossier.responses
    if responses is None:
        return
    said = responses.loc[responses["role"].eq("word_association"), "answer"].dropna()
    chosen = set(built.gathered.decisions.answers("typing_error").values())
    for row in proposed_spellings(said[~said.isin(chosen)]).to_dict("records"):
        yield Proposal("typing_error", str(row["form"]), str(row["proposal"]), str(row["reason"]))


def _words(built: Built) -> Iterator[Proposal]:
    responses = built.dossier.responses
    if responses is None:
        return
    said = responses[responses["role"].eq("word_association") & responses["answer"].notna()]
    wordings = {question.id: question.wording for question in built.dossier.facts.questions}
    counts = Counter(zip(said["answer"], said["question"], strict=True))
    for (form, question), count in counts.items():
        times = f"dit {count} fois" if count > 1 else "dit une fois"
        echo = echoes_question(form, wordings.get(question, ""))
        yield Proposal("word", form, form, f"{times}, reprend la question" if echo else times)


def _warned(remark: str, reason: str) -> str:
    """The reason, led by what in the remark makes somebody recognisable, if anything does."""
    traits = recognised_by(remark)
    if not traits:
        return reason
    told = " et ".join(filter(None, (", ".join(traits[:-1]), traits[-1])))
    return f"peut faire reconnaître quelqu’un ({told}) ; {reason}"


def _remarks(built: Built) -> Iterator[Proposal]:
    responses = built.dossier.responses
    if responses is None:
        return
    said = responses[responses["role"].isin(REMARK_ROLES) & responses["answer"].notna()]
    for text, role, theme in said[["answer", "role", "theme"]].itertuples(index=False):
        sorted_as = "à classer" if theme == UNSORTED else str(theme)
        reason = f"{role_label(str(role))}, thème : {sorted_as}"
        yield Proposal("remark", str(text), str(text), _warned(str(text), reason))
    themes = ", ".join(theme_ids())
    for text in said.loc[said["theme"].eq(UNSORTED), "answer"].drop_duplicates():
        yield Proposal("theme", str(text), UNSORTED, f"aucun mot du lexique ; écrivez : {themes}")
