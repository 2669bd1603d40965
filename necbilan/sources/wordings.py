"""Headings taken apart: the question, the row or option it is about, what is beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from necbilan.sources.choices import ticks
from necbilan.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from necbilan.sources.columns import Heading

__all__ = ["Part", "is_other", "parts_of", "spread_groups"]

_CODE = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)(?:\[([^\]]*)\])*\.\s+")
_BRACKET = re.compile(r"^(.*?)\s*\[([^\[\]]*)\]\s*$", re.S)
_OTHER = re.compile(r"^si autre\b|^(?:autre|other)\s*(?:$|[,(.:…])|^-oth-")
_PLACEHOLDER = re.compile(r"^(?:question|column|colonne|unnamed: ?)\s?\d*$")
_SUBMISSION = frozenset({"details de la soumission", "submission details"})
_MOST_LABELS = 12
_LONG_GROUP = 40
"""characters above which what stands before «/» or «:» is a question, not a section"""


@dataclass(frozen=True)
class Part:
    """A column of a question: ``stem`` groups columns, ``item`` is its row or option."""

    position: int
    stem: str
    wording: str
    item: str = ""


def parts_of(columns: Sequence[Heading], text: pd.DataFrame) -> list[Part]:
    """The columns that ask something; companions («Autre, précisez») and blanks left out."""
    leaves = [_bare(heading.leaf) for heading in columns]
    known = set(leaves)
    sections = _sections(leaves, known)
    parts: list[Part] = []
    for heading, leaf in zip(columns, leaves, strict=True):
        answered = any(cell.strip() for cell in text.iloc[:, heading.position])
        if not answered and (not leaf or _PLACEHOLDER.match(fold(leaf))):
            continue
        named = leaf or f"Colonne {heading.letter or heading.position + 1}"
        part = _part(heading, named, known, sections)
        if part is not None:
            twins = sum(p.wording == part.wording and not p.item for p in parts)
            if twins and not part.item:
                numbered = f"{part.wording} ({twins + 1})"
                part = Part(part.position, numbered, numbered)
            parts.append(part)
    return parts


def is_other(label: str) -> bool:
    """«Autre», «Autre (précisez)»: the option, or the column, of what is not listed."""
    return bool(_OTHER.search(fold(label)))


def spread_groups(columns: Sequence[Heading], text: pd.DataFrame) -> tuple[Heading, ...]:
    """The group row carried on to the columns it covers.

    A text file writes the group over its first column only, and nothing says where it
    ends: it goes on while the cells are of the same kind (ticks, or the same labels).
    """
    spread: list[Heading] = []
    group: tuple[str, ...] = ()
    first: list[str] = []
    for heading in columns:
        cells = [cell.strip() for cell in text.iloc[:, heading.position]]
        if any(heading.levels[:-1]):
            group, first = heading.levels[:-1], cells
        elif group and _goes_on(heading, cells, first):
            first = first if any(first) else cells
            spread.append(replace(heading, levels=(*group, heading.leaf)))
            continue
        else:
            group = ()
        spread.append(heading)
    return tuple(spread)


def _goes_on(heading: Heading, cells: Sequence[str], first: Sequence[str]) -> bool:
    if not any(cells) or is_other(heading.leaf):
        return True
    if not any(first):
        return ticks(cells) is not None
    if ticks(first) is not None:
        return ticks(cells) is not None
    labels, known = set(cells) - {""}, set(first) - {""}
    return bool(labels & known) and len(labels | known) <= _MOST_LABELS


def _bare(leaf: str) -> str:
    """The heading without LimeSurvey's code, no-break spaces, doubled spaces."""
    bare = re.sub(r"\s+", " ", _CODE.sub("", leaf.replace("\u00a0", " "))).strip()
    return bare.rstrip(" :*") or bare


def _sections(leaves: Sequence[str], known: set[str]) -> frozenset[str]:
    """What several headings start with before «/» or «:» and that is no question itself."""
    before = Counter(
        found[0] for leaf in leaves if (found := re.match(r"^[^/:?\[\]]{2,}(?:/|: )", leaf))
    )
    return frozenset(
        start
        for start, count in before.items()
        if count > 1
        and len(start) <= _LONG_GROUP
        and start.rstrip("/: ") not in known
        and not fold(start).startswith(("votre avis", "etes-vous", "notez", "evaluez"))
    )


def _part(heading: Heading, leaf: str, known: set[str], sections: frozenset[str]) -> Part | None:
    code = _CODE.match(heading.leaf.replace("\u00a0", " "))
    if code and "[other]" in code[0].casefold():
        return None
    section = next((start for start in sections if leaf.startswith(start)), "")
    leaf = leaf.removeprefix(section).strip()
    known = known | {name.removeprefix(section).strip() for name in known}
    if heading.group and fold(heading.group) not in _SUBMISSION:
        if is_other(leaf):
            return None
        return Part(heading.position, heading.group, heading.group, leaf)
    if found := _BRACKET.match(leaf):
        stem, item = found[1].strip(), found[2].strip()
        if item and not stem:
            return Part(heading.position, code[1] if code else item, item, item)
        if item and stem:
            return None if is_other(item) else Part(heading.position, stem, stem, item)
        leaf = stem or leaf
    for joint in ("/", " (", " – ", " - "):
        for stem in sorted(known, key=len, reverse=True):
            if stem != leaf and leaf.startswith(stem + joint):
                item = leaf.removeprefix(stem + joint).rstrip(")" if joint == " (" else "")
                return None if is_other(item) else Part(heading.position, stem, stem, item)
            if joint.strip() == "-" and leaf.casefold() == f"autre - {stem}".casefold():
                return None
    if is_other(leaf) and len(leaf) <= _LONG_GROUP:
        return None
    for joint in (" – ", " - "):
        stem, found_joint, item = leaf.rpartition(joint)
        siblings = sum(name.startswith(stem + joint) for name in known)
        if found_joint and siblings > 1:
            return Part(heading.position, stem, stem, item)
    return Part(heading.position, leaf, _wording(leaf, known))


def _wording(leaf: str, known: set[str]) -> str:
    """The second question of a title: «Accueil2» (Microsoft Forms), «Accueil__1» (Survey123)."""
    found = re.match(r"^(.*?)__(\d)$", leaf)
    if found:
        return f"{found[1].strip()} ({int(found[2]) + 1})"
    found = re.match(r"^(.*\D)(\d)$", leaf)
    if found and found[1].strip() in {name.strip() for name in known}:
        return f"{found[1].strip()} ({found[2]})"
    return leaf
