"""Several answers to one question, in every way that tools write them.

One cell: ``A;B;`` (Microsoft Forms), ``A;B`` (Google Forms), ``["A","B"]`` (ranking),
``A, B`` or ``A,B`` (Sheets, Framaforms, pretix, SurveyJS) with labels that hold commas
themselves, ``A B`` (KoboToolbox), one a line (Jotform).  One column an option: X, Oui, Y,
TRUE, 1, or the option again (Typeform, SurveyMonkey).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from necbilan.sources.cells import is_blank, yes_no
from necbilan.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["are_choices", "are_ranks", "option_of", "repeats", "split_choices", "ticks"]

_TIGHT_COMMA = re.compile(r",(?! )")
_NOT_REACHED = frozenset({"N/A"})


def ticks(texts: Sequence[str], option: str = "") -> list[bool | None] | None:
    """A column of ticks as booleans (None = not shown), or None when it is no such column.

    Blank is not ticked where every filled cell is a tick, or repeats the ``option`` that
    heads it; a column without any answer is no tick column.
    """
    filled = [text.strip() for text in texts if text.strip()]
    shown = [text for text in filled if text not in _NOT_REACHED]
    if not shown:
        return None
    if repeats(shown, option):
        return [None if text.strip() in _NOT_REACHED else bool(text.strip()) for text in texts]
    if any(yes_no(text) is None for text in shown):
        return None
    return [
        None if text.strip() in _NOT_REACHED else bool(text.strip() and yes_no(text))
        for text in texts
    ]


def repeats(texts: Sequence[str], heading: str) -> bool:
    """Whether every filled cell says just what its heading says, and one at least is filled."""
    said = {fold(text) for text in texts if text.strip()}
    return said == {fold(heading)}


def option_of(heading: str) -> str:
    """The option in a heading: «Ateliers [Fresque]», «Ateliers – Fresque», «Ateliers (Fresque)».

    >>> option_of("G01Q03[SQ003]. Ateliers suivis [Fresque du numérique]")
    'Fresque du numérique'
    """
    for pattern in (r"\[([^\[\]]+)\]\s*$", r" – (.+)$", r"\((.+)\)\s*$"):
        found = re.search(pattern, heading)
        if found:
            return found[1].strip()
    return heading.strip()


def split_choices(
    texts: Sequence[str], *, separator: str = "", options: Iterable[str] = ()
) -> list[list[str]]:
    """The options chosen in each cell; [] when blank.

    ``separator`` is the tool's own when it is known; ``options`` are labels known from
    elsewhere.  Without them a comma belongs to a label when what follows starts with a
    lower-case letter and never opens an answer («Oui, tout à fait»), or when both sides
    are never met apart («Danemark, Luxembourg, France»).
    """
    known = [option for option in options if option]
    written = [text.strip() for text in texts]
    filled = [text for text in written if not is_blank(text)]
    style = "json" if _all_json(filled) else separator or _style(filled)
    if style == "json":
        return [_json(text) for text in written]
    if style == "; ":
        style = ";"
    if style == ";":
        return [[p.strip() for p in text.split(";") if p.strip()] for text in written]
    if style == "\n":
        return [[p.strip() for p in text.splitlines() if p.strip()] for text in written]
    if style == " ":
        whole = known or _shortest(filled)
        return [[] if is_blank(text) else _segment(text, whole, " ") for text in written]
    if style == ",":
        return [[p.strip() for p in _TIGHT_COMMA.split(text) if p.strip()] for text in written]
    if style == ", ":
        lower = _openings(filled)
        parted = [_by_comma(text, lower, known) for text in written]
        apart = _added_words(parted)
        glued = _inseparable(parted, known)
        return [
            [option for part in _joined(parts, glued) for option in apart.get(part, [part])]
            for parts in parted
        ]
    return [[] if is_blank(text) else [text] for text in written]


def are_choices(texts: Sequence[str]) -> bool:
    """Whether cells hold several options: the parts recur more than the whole answers do."""
    filled = [text.strip() for text in texts if not is_blank(text)]
    if any(text.startswith('["') for text in filled):
        return True
    if filled and all(text.endswith(";") for text in filled):
        return True
    if not _style(filled):
        return False
    split = split_choices(filled)
    if not any(len(parts) > 1 for parts in split):
        return False
    parts = Counter(part for options in split for part in options)
    recurring = sum(count for count in parts.values() if count > 1)
    return (
        recurring >= 0.7 * parts.total()
        and len(parts) <= max(12, len(filled) / 2)
        and max(map(len, parts)) <= 120
    )


def are_ranks(texts: Sequence[str], *, separator: str = "") -> bool:
    """Whether every cell holds the same several options, in an order of its own: a ranking."""
    filled = [text for text in texts if not is_blank(text)]
    split = split_choices(filled, separator=separator)
    if not split or len({frozenset(options) for options in split}) > 1:
        return False
    return len(split[0]) > 1 and len({tuple(options) for options in split}) > 1


def _style(filled: Sequence[str]) -> str:
    """How cells are joined: "json", ";", newline, ",", ", " or "" for one answer a cell."""
    if _all_json(filled):
        return "json"
    if filled and (
        sum(text.endswith(";") for text in filled) >= len(filled) / 2
        or any(";" in text for text in filled)
    ):
        return ";"
    if any("\n" in text for text in filled):
        return "\n"
    if any(_TIGHT_COMMA.search(text) for text in filled):
        return ","
    return ", " if any(", " in text for text in filled) else ""


def _all_json(filled: Sequence[str]) -> bool:
    return bool(filled) and all(text.startswith("[") and text.endswith("]") for text in filled)


def _json(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return [] if is_blank(text) else [text]
    return [str(option).strip() for option in found] if isinstance(found, list) else [str(found)]


def _openings(filled: Sequence[str]) -> frozenset[str]:
    return frozenset(_unquoted(text.split(", ")[0]) for text in filled)


def _unquoted(part: str) -> str:
    return part.strip().strip('"').strip()


def _by_comma(text: str, starts: frozenset[str], known: Sequence[str]) -> list[str]:
    if is_blank(text):
        return []
    quoted = re.findall(r'"([^"]+)"(?:, |$)', text)
    for option in sorted([*known, *quoted], key=len, reverse=True):
        if ", " in option:
            text = text.replace(f'"{option}"', option)
            text = text.replace(option, option.replace(", ", ",\u00a0"))
    parts: list[str] = []
    for part in text.split(", "):
        lower = part[:1].islower() and _unquoted(part) not in starts
        if parts and lower and part not in known:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return [_unquoted(part.replace(",\u00a0", ", ")) for part in parts if part.strip()]


def _added_words(parted: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """«Atelier IA, les pauses» → both parts, where «Atelier IA» is an option by itself.

    What people type beside «Autre» starts with a small letter too.  Only in a column that
    does hold several options: in «Oui, tout à fait» the comma belongs to the answer.
    """
    if not any(len(parts) > 1 for parts in parted):
        return {}
    alone = Counter(part for parts in parted for part in parts)
    found: dict[str, list[str]] = {}
    for part in alone:
        first, comma, rest = part.partition(", ")
        if comma and alone[first] > 1 and alone[first] >= alone[part]:
            found[part] = [first, rest]
    return found


def _inseparable(parted: Sequence[Sequence[str]], known: Sequence[str]) -> frozenset[str]:
    """Pairs «A, B» always met together, in that order: one label that holds a comma."""
    alone = Counter(part for parts in parted for part in parts)
    pairs = Counter(pair for parts in parted for pair in pairwise(parts))
    return frozenset(
        f"{first}, {second}"
        for (first, second), count in pairs.items()
        if count == alone[first] == alone[second] and first not in known and second not in known
    )


def _joined(parts: Sequence[str], glued: frozenset[str]) -> list[str]:
    found: list[str] = []
    last = ""
    for part in parts:
        if found and f"{last}, {part}" in glued:
            found[-1] += f", {part}"
        else:
            found.append(part)
        last = part
    return found


def _shortest(filled: Sequence[str]) -> list[str]:
    """The answers that are no chain of other answers: the options, as far as one can tell."""
    found: list[str] = []
    for text in sorted(set(filled), key=len):
        rest = _segment(text, found, " ")
        if len(rest) == 1 and rest[0] == text:
            found.append(text)
        else:
            found += [part for part in rest if part not in found]
    return found


def _segment(text: str, options: Sequence[str], joint: str) -> list[str]:
    """The text cut at the known options, longest first; what is left is an option too."""
    for option in sorted(options, key=len, reverse=True):
        edge = re.escape(joint)
        found = re.search(rf"(?:^|{edge}){re.escape(option)}(?={edge}|$)", text)
        if found:
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            return (
                (_segment(before, options, joint) if before else [])
                + [option]
                + (_segment(after, options, joint) if after else [])
            )
    return [text] if text else []
