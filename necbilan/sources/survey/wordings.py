"""Headings taken apart: the question, the row or option it is about, what is beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold
from necbilan.sources.survey.choices import repeats
from necbilan.sources.survey.roles import asks_of_the_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from necbilan.sources.headings.heading import Heading

__all__ = ["Part", "is_other", "parts_of"]

_CODE = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)(?:\[([^\]]*)\])*\.\s+")
_BRACKET = re.compile(r"^(.*?)\s*\[([^\[\]]*)\]\s*$", re.S)
_OTHER = re.compile(r"^si autre\b|^(?:autre|other)\s*(?:$|[,(.:…])|^-oth-")
_ANSWER = re.compile(r"reponses?|reponse (?:ouverte|libre)|(?:open-ended )?responses?|answer")
"""what SurveyMonkey writes under a question of one column"""
_PLACEHOLDER = re.compile(r"^(?:question|column|colonne|unnamed: ?)\s?\d*$")
_SECTION = re.compile(r"^[^/:?\[\]]{2,}(?:/|: )")
_DASHES = (" – ", " - ")
_ARROWS = (" >> ", " » ", " → ", " > ")
"""between a question and its row, as Jotform and others write it"""
_NUMBERED = re.compile(r"(.*[^\W\d])\s*(?:n°\s*)?(\d{1,2})")
_RATED = re.compile(
    r"(.+?)\s*\(([^()]*\b(?:note|avis|satisfaction|[eé]valuation|appr[eé]ciation|sur \d+)\b"
    r"[^()]*)\)",
    re.IGNORECASE,
)
"""an activity, then how it is rated: «Atelier IA (note sur 5)»"""
_COLON = ": "
_FEWEST_OPTIONS = 2
_SHOWN_OPTIONS = 3
_QUESTIONS = (
    "votre avis", "etes-vous", "notez", "evaluez", "votre satisfaction", "votre appreciation",
    "merci de noter", "que pensez-vous", "how satisfied", "rate", "please rate",
)  # fmt: skip
_SUBMISSION = frozenset({"details de la soumission", "submission details"})
_MANY_UNDERSCORES = 3
"""in a heading without a space: LimeSurvey was asked to write its spaces so"""
_LONG_GROUP = 40
"""characters above which what stands before «/» or «:» is a question, not a section"""


@dataclass(frozen=True)
class Part:
    """A column of a question: ``stem`` groups columns, ``item`` is its row or option.

    ``untold``: the file holds the options and not the question they answer.
    """

    position: int
    stem: str
    wording: str
    item: str = ""
    untold: bool = False


@dataclass(frozen=True)
class _Names:
    """The headings of a file without their section: all, and how many share a beginning."""

    all: frozenset[str]
    folded: frozenset[str]
    beginnings: Counter[str]
    sections: frozenset[str]
    endings: Counter[str]

    def section_of(self, leaf: str) -> str:
        start = _SECTION.match(leaf)
        return start[0] if start and start[0] in self.sections else ""

    def stem_of(self, leaf: str, joint: str) -> str:
        """The longest heading that ``leaf`` goes on from after ``joint``, "" when none."""
        pieces = leaf.split(joint)
        for size in range(len(pieces) - 1, 0, -1):
            stem = joint.join(pieces[:size])
            if stem in self.all:
                return stem
        return ""


def _names(leaves: Sequence[str]) -> _Names:
    sections = _sections(leaves)
    bare = [_without(leaf, sections) for leaf in leaves]
    beginnings = Counter(
        leaf.rpartition(joint)[0] + joint
        for leaf in bare
        for joint in (*_DASHES, *_ARROWS, _COLON)
        if joint in leaf
    )
    names = frozenset(bare)
    folded = frozenset(name.casefold() for name in names)
    endings = Counter(found[2] for name in names if (found := _RATED.fullmatch(name)))
    return _Names(names, folded, beginnings, sections, endings)


def _without(leaf: str, sections: frozenset[str]) -> str:
    start = _SECTION.match(leaf)
    return leaf.removeprefix(start[0]).strip() if start and start[0] in sections else leaf


def parts_of(columns: Sequence[Heading], text: pd.DataFrame) -> list[Part]:
    """The columns that ask something; companions («Autre, précisez») and blanks left out."""
    leaves = [_bare(heading.leaf) for heading in columns]
    names = _names(leaves)
    parts: list[Part] = []
    twins: Counter[str] = Counter()
    for heading, leaf in zip(columns, leaves, strict=True):
        answered = any(cell.strip() for cell in text.iloc[:, heading.position])
        if not answered and (not leaf or _PLACEHOLDER.match(fold(leaf))):
            continue
        named = leaf or f"Colonne {heading.letter or heading.position + 1}"
        part = _part(heading, named, names)
        if part is not None:
            twins[part.wording] += not part.item
            if not part.item and twins[part.wording] > 1:
                numbered = f"{part.wording} ({twins[part.wording]})"
                part = Part(part.position, numbered, numbered)
            parts.append(part)
    return _with_untold(_numbered(parts), text)


def _numbered(parts: Sequence[Part]) -> list[Part]:
    """«Mot 1», «Mot 2», «Mot 3»: one question of several columns."""
    found = {part: _NUMBERED.fullmatch(part.wording) for part in parts if not part.item}
    stems: dict[str, list[Part]] = {}
    for part, number in found.items():
        if number:
            stems.setdefault(number[1], []).append(part)
    several = {stem: run for stem, run in stems.items() if len(run) > 1 and _runs(run, found)}
    members = {part: stem for stem, run in several.items() for part in run}
    numbered = []
    for part in parts:
        stem = members.get(part)
        number = found.get(part)
        if stem is None or number is None:
            numbered.append(part)
        else:
            wording = f"{stem} 1 à {len(several[stem])}"
            numbered.append(Part(part.position, wording, wording, number[2]))
    return numbered


def _runs(run: Sequence[Part], found: Mapping[Part, re.Match[str] | None]) -> bool:
    """Numbered 1, 2, 3… without a gap."""
    numbers = [int(number[2]) for part in run if (number := found[part])]
    return numbers == list(range(1, len(run) + 1))


def _with_untold(parts: Sequence[Part], text: pd.DataFrame) -> list[Part]:
    """Columns side by side whose cells repeat their heading: the options of one question.

    Typeform writes the options and not the question; the wording lists them.
    """
    found: list[Part] = []
    run: list[Part] = []
    for part in [*parts, None]:
        if (
            part is not None
            and not part.item
            and repeats(list(text.iloc[:, part.position]), part.wording)
        ):
            run.append(part)
            continue
        found += _one_question(run) if len(run) >= _FEWEST_OPTIONS else run
        run = []
        found += [part] if part is not None else []
    return found


def _one_question(options: Sequence[Part]) -> list[Part]:
    shown = ", ".join(part.wording for part in options[:_SHOWN_OPTIONS])
    wording = f"Choix entre {shown}{'…' if len(options) > _SHOWN_OPTIONS else ''}"
    return [Part(part.position, wording, wording, part.wording, untold=True) for part in options]


def is_other(label: str) -> bool:
    """«Autre», «Autre (précisez)»: the option, or the column, of what is not listed."""
    return bool(_OTHER.search(fold(label)))


def _bare(leaf: str) -> str:
    """The heading without LimeSurvey's code, no-break spaces, doubled spaces."""
    bare = re.sub(r"\s+", " ", _CODE.sub("", leaf.replace("\u00a0", " "))).strip()
    if found := re.fullmatch(r"\[(.*\[.*\])\]", bare):
        bare = found[1]
    if " " not in bare and bare.count("_") >= _MANY_UNDERSCORES:
        bare = bare.replace("_", " ")
    return bare.rstrip(" :*") or bare


def _sections(leaves: Sequence[str]) -> frozenset[str]:
    """What several headings start with before «/» or «:» and that is no question itself."""
    before = Counter(found[0] for leaf in leaves if (found := _SECTION.match(leaf)))
    known = set(leaves)
    return frozenset(
        start
        for start, count in before.items()
        if count > 1
        and len(start) <= _LONG_GROUP
        and start.rstrip("/: ") not in known
        and not fold(start).startswith(_QUESTIONS)
    )


def _part(heading: Heading, full: str, names: _Names) -> Part | None:
    code = _CODE.match(heading.leaf.replace("\u00a0", " "))
    if code and "[other]" in code[0].casefold():
        return None
    leaf = full.removeprefix(names.section_of(full)).strip()
    if heading.group and fold(heading.group) not in _SUBMISSION:
        if _ANSWER.fullmatch(fold(leaf)):
            return Part(heading.position, heading.group, heading.group)
        return _item(heading, heading.group, leaf)
    if found := _BRACKET.match(leaf):
        stem, item = found[1].strip(), found[2].strip()
        if item and not stem:
            return Part(heading.position, code[1] if code else item, item, item)
        if item and stem:
            return _item(heading, stem, item)
        leaf = stem or leaf
    for joint in ("/", " (", *_DASHES):
        if stem := names.stem_of(leaf, joint):
            item = leaf.removeprefix(stem + joint)
            return _item(heading, stem, item.rstrip(")") if joint == " (" else item)
    companion = leaf.casefold().removeprefix("autre - ")
    if companion != leaf.casefold() and companion in names.folded:
        return None
    if is_other(leaf) and len(leaf) <= _LONG_GROUP:
        return None
    for joint in (*_DASHES, *_ARROWS, _COLON):
        stem, found_joint, item = leaf.rpartition(joint)
        asks = joint != _COLON or fold(stem).startswith(_QUESTIONS)
        if found_joint and asks and names.beginnings[stem + joint] > 1:
            return Part(heading.position, stem.strip(), stem.strip(), item)
    rated = _RATED.fullmatch(leaf)
    if rated and names.endings[rated[2]] > 1 and not asks_of_the_whole(rated[1]):
        stem = rated[2][:1].upper() + rated[2][1:]
        return Part(heading.position, stem, stem, rated[1])
    return Part(heading.position, leaf, _wording(leaf, names.all))


def _item(heading: Heading, stem: str, item: str) -> Part | None:
    """A row or an option of ``stem``; None for the text beside «Autre»."""
    return None if is_other(item) else Part(heading.position, stem, stem, item)


def _wording(leaf: str, known: frozenset[str]) -> str:
    """The second question of a title: «Accueil2» (Microsoft Forms), «Accueil__1» (Survey123)."""
    if found := re.match(r"^(.*?)__(\d)$", leaf):
        return f"{found[1].strip()} ({int(found[2]) + 1})"
    found = re.match(r"^(.*\D)(\d)$", leaf)
    if found and found[1].strip() in known:
        return f"{found[1].strip()} ({found[2]})"
    return leaf
