"""The labels of an event counted once: clusters, doubtful pairs and merges of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.errors import misused
from necbilan.model import Merge
from necbilan.sources.organisations.lexicon import fold_name, lexicon
from necbilan.sources.organisations.linking import link
from necbilan.sources.organisations.naming import displayed_name, organisation_type, tidy
from necbilan.sources.organisations.proposing import propose
from necbilan.sources.organisations.reading import context, names_nothing, read_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from necbilan.sources.organisations.groups import Groups
    from necbilan.sources.organisations.proposing import Proposal

__all__ = [
    "Counted",
    "cluster_organisations",
    "counted_organisations",
]


def cluster_organisations(
    labels: pd.Series,
    *,
    commune: str | None = None,
    department: str | None = None,
    decided: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row a label, same index: organisation, type, status; ``labels`` is not changed.

    ``commune`` (a name) and ``department`` (an INSEE code) are the event's: «Conseil
    départemental» alone is then its own.  ``decided`` maps a label to the name of its
    organisation ('' or «-» = none); it is matched without case, accents and punctuation and
    comes before every rule.  When that name is one of the organisations present, the labels
    surely the same follow; a new name takes its label alone; a label answered by itself
    stays where it is.

    organisation is NA when status is "none"; type is one of the eight ids of
    vocabulary/organisations.toml or NA (unclassified; "individual" when status is
    "none" and something was written); status "proposed" marks the labels of a pair that
    waits for an answer.  Raises UsageError when this is no Series.
    """
    if not isinstance(labels, pd.Series):
        raise misused("cluster_organisations", "une Series de noms", labels)
    return counted_organisations(
        labels, commune=commune, department=department, decided=decided
    ).clusters(labels)


@dataclass(frozen=True)
class Counted:
    """Names, types and reasons by folded label; keys that name nothing are absent."""

    spellings: Mapping[str, Counter[str]]
    names: Mapping[str, str]
    types: Mapping[str, str]
    reasons: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    decided: frozenset[str]

    def surface(self, key: str) -> str:
        """The most frequent spelling of a key, tidied."""
        spellings = self.spellings[key]
        return tidy(min(spellings, key=lambda text: (-spellings[text], text)))

    def clusters(self, labels: pd.Series) -> pd.DataFrame:
        """What ``cluster_organisations`` says of the labels counted."""
        doubtful = {self.names[key] for pair in _open(self) for key in pair[:2]}
        rows: list[tuple[object, object, str]] = []
        for text in _texts(labels):
            key = fold_name(text)
            name = self.names.get(key)
            if name is None:
                rows.append((pd.NA, "individual" if text.strip() else pd.NA, "none"))
            else:
                status = "proposed" if name in doubtful else "sure"
                rows.append((name, self.types[key] or pd.NA, status))
        columns = ["organisation", "type", "status"]
        return pd.DataFrame(rows, index=labels.index, columns=columns, dtype="string")

    def pairs(self) -> pd.DataFrame:
        """The doubtful pairs, likeliest first: label_a, label_b, organisation, reason (French).

        Each label_a stands once: deciding label_a → organisation makes the two one, deciding
        label_a → label_a keeps them apart; either answer closes the question.
        """
        reasons = lexicon().reasons
        rows = [
            (self.surface(small), self.surface(large), self.names[large], reasons[reason])
            for small, large, reason in _open(self)
        ]
        columns = ["label_a", "label_b", "organisation", "reason"]
        return pd.DataFrame(rows, columns=columns, dtype="string")

    def merges(self) -> tuple[Merge, ...]:
        """Every organisation counted from several spellings, with them and the reasons."""
        together: dict[str, list[str]] = {}
        for key, name in self.names.items():
            together.setdefault(name, []).append(key)
        reasons = lexicon().reasons
        return tuple(
            Merge(
                organisation=name,
                labels=tuple(self.surface(key) for key in keys),
                reason=", ".join(
                    dict.fromkeys(reasons[self.reasons[key]] for key in keys if key in self.reasons)
                ),
            )
            for name, keys in sorted(together.items())
            if len(keys) > 1
        )


def _texts(labels: pd.Series) -> list[str]:
    return labels.astype("string").fillna("").tolist()


def counted_organisations(
    labels: pd.Series,
    *,
    commune: str | None = None,
    department: str | None = None,
    decided: Mapping[str, str] | None = None,
) -> Counted:
    """The labels counted once, for who needs clusters, pairs and merges of the same ones."""
    where = context(commune=commune, department=department)
    answers = {fold_name(label): name.strip() for label, name in (decided or {}).items()}
    spellings: dict[str, Counter[str]] = {}
    for text in _texts(labels):
        spellings.setdefault(fold_name(text), Counter())[text] += 1
    first = {key: next(iter(found)) for key, found in spellings.items()}
    readings = {
        key: read_label(text, where)
        for key, text in first.items()
        if not names_nothing(text) or answers.get(key, "").strip("- ")
    }
    groups = link(readings, where, first)
    names, types = {}, {}
    for together in groups.together():
        written = {text: times for key in together for text, times in spellings[key].items()}
        read = {text: readings[key] for key in together for text in spellings[key]}
        shown, type_ = displayed_name(written, read), organisation_type(read)
        for key in together:
            names[key], types[key] = shown, type_
    names = _told_apart(names, groups, first)
    reasons = dict(groups.reasons)
    _apply(answers, names, types, reasons)
    return Counted(
        spellings=spellings,
        names={key: name for key, name in names.items() if name},
        types=types,
        reasons=reasons,
        proposals=tuple(propose(groups)),
        decided=frozenset(answers),
    )


def _told_apart(
    names: Mapping[str, str], groups: Groups, first: Mapping[str, str]
) -> dict[str, str]:
    """Two groups never share a displayed name: the second shows its own spelling."""
    owner: dict[str, str] = {}
    apart = {}
    for key, name in names.items():
        leader = groups.leader(key)
        if owner.setdefault(name, leader) == leader:
            apart[key] = name
        else:
            apart[key] = tidy(first[leader])
    return apart


def _apply(
    answers: Mapping[str, str],
    names: dict[str, str],
    types: dict[str, str],
    reasons: dict[str, str],
) -> None:
    """A human's answers, in the maps being built by ``counted_organisations``."""
    present = {fold_name(name): name for name in names.values()}
    present.update({key: names[key] for key in names if key not in answers})
    type_of = {names[key]: types[key] for key in names}
    own = dict(names)
    for key, answer in answers.items():
        if key not in own or fold_name(answer) == key:
            continue  # answered by itself: it stays where the rules put it
        wanted = "" if not answer.strip("- ") else present.get(fold_name(answer), answer)
        follows = wanted in own.values() and wanted != own[key]
        for other in own if follows else (key,):
            if other == key or (own[other] == own[key] and other not in answers):
                names[other] = wanted
                types[other] = type_of.get(wanted, types[other])
                reasons[other] = "decided"


def _open(counted: Counted) -> list[tuple[str, str, str]]:
    """The doubts that remain: the label to decide, the other, the reason; one a label.

    The label to decide is that of the smaller group.
    """
    names = counted.names
    people: Counter[str] = Counter()
    for key, name in names.items():
        people[name] += counted.spellings[key].total()
    found: dict[str, tuple[str, str, str]] = {}
    for pair in counted.proposals:
        if not {pair.left, pair.right} <= names.keys():
            continue
        small, large = sorted(
            (pair.right, pair.left), key=lambda key: (people[names[key]], -len(key))
        )
        if names[small] != names[large] and small not in counted.decided:
            found.setdefault(small, (small, large, pair.reason))
    return list(found.values())
