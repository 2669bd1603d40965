"""Export tools, recognised by the shape of their headings (vocabulary/formats/)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold, fold_heading, fold_label, heading_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.headings.heading import Heading

__all__ = ["Tool", "is_named", "is_shortened", "known_tools", "recognise_tool"]

_SHORTENED = re.compile(r"\.\.(?:\s*\[.*)?$")
_FEWEST_SHAPED = 3
"""headings of a tool's own shape that tell it when its signature was taken out"""


@dataclass(frozen=True)
class Tool:
    """What formats/<id>.toml says of an export.

    ``holds``: registrations | survey | waiting_list | refused.  ``signature``: groups of
    headings; the tool is recognised when each group has at least one of its headings in
    the file, or when every heading but one has its ``shape``.  ``columns``: folded heading
    → field.  ``meta``: headings that are no question of a survey.  ``statuses``: folded
    word → status.
    """

    id: str
    label: str
    holds: str
    signature: tuple[frozenset[str], ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    meta: frozenset[str] = frozenset()
    statuses: Mapping[str, str] = field(default_factory=dict)
    present_statuses: frozenset[str] = frozenset()
    presence: str = ""
    status_by_default: str = ""
    any_text_is_present: bool = False
    choices: str = ""
    finished: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    answer_codes: bool = False
    underscores: bool = False
    not_shown: tuple[str, ...] = ()
    other: str = ""
    delimiters: tuple[str, ...] = ()
    shape: str = ""
    submitted: tuple[str, ...] = ()
    refusal: str = ""
    remedy: str = ""


@cache
def known_tools() -> tuple[Tool, ...]:
    """Every tool of vocabulary/formats, the most demanding signature first."""
    tools = [_tool(name) for name in vocabulary.names("formats")]
    return tuple(sorted(tools, key=lambda tool: (-len(tool.signature), tool.id)))


def _tool(name: str) -> Tool:
    said = vocabulary.read(name)
    return Tool(
        id=name.rsplit("/", maxsplit=1)[-1],
        label=said["label"],
        holds=said["holds"],
        signature=tuple(
            frozenset(form for text in group for form in heading_forms(text))
            for group in said["signature"]
        ),
        columns={fold(text).rstrip(" :*?"): f for text, f in said.get("columns", {}).items()},
        meta=frozenset(form for text in said.get("meta", ()) for form in heading_forms(text)),
        statuses={
            fold_label(word): status
            for status, words in said.get("statuses", {}).items()
            for word in words
        },
        present_statuses=frozenset(fold_label(word) for word in said.get("present_statuses", ())),
        presence=said.get("presence", ""),
        status_by_default=said.get("status_by_default", ""),
        any_text_is_present=said.get("any_text_is_present", False),
        choices=said.get("choices", ""),
        finished=tuple(said.get("finished", ())),
        draft=tuple(said.get("draft", ())),
        not_shown=tuple(said.get("not_shown", ())),
        underscores=said.get("underscores", False),
        other=said.get("other", ""),
        delimiters=tuple(said.get("delimiters", ())),
        shape=said.get("shape", ""),
        answer_codes=said.get("answer_codes", False),
        submitted=tuple(said.get("submitted", ())),
        refusal=said.get("refusal", ""),
        remedy=said.get("remedy", ""),
    )


def recognise_tool(columns: Sequence[Heading], delimiter: str = "") -> Tool | None:
    """The tool whose every group of headings is met, the most demanding first; else None.

    A delimiter that only one tool writes (Grist's 💩) tells it too, then a shape of headings.
    """
    leaves = [heading.leaf for heading in columns if heading.leaf]
    signed = (
        tool
        for tool in known_tools()
        if (tool.signature and all(_has_one(leaves, group) for group in tool.signature))
        or (delimiter and delimiter in tool.delimiters)
    )
    return next(signed, None) or next((t for t in known_tools() if _is_shaped(leaves, t)), None)


def _has_one(leaves: Sequence[str], names: frozenset[str]) -> bool:
    return any(is_named(leaf, names) for leaf in leaves)


def _is_shaped(leaves: Sequence[str], tool: Tool) -> bool:
    """All the headings but one (an index, a column that was added) have the tool's shape."""
    shaped = sum(bool(tool.shape and re.fullmatch(tool.shape, leaf)) for leaf in leaves)
    return shaped >= _FEWEST_SHAPED and shaped >= len(leaves) - 1


def is_shortened(heading: str) -> bool:
    """Whether LimeSurvey cut it («Quelle est votre..», «Notez.. [Le repas]»)."""
    return _SHORTENED.search(heading) is not None


def is_named(heading: str, names: frozenset[str]) -> bool:
    """Whether a heading is one of the folded ``names``, in any dress a tool gives it.

    Underscores may stand for spaces, and LimeSurvey may have cut it («Date de soumiss..»).

    >>> is_named("Date_de_soumission", frozenset({"date de soumission"}))
    True
    >>> is_named("Date de soumiss..", frozenset({"date de soumission"}))
    True
    """
    spaced = heading.replace("_", " ")
    forms = {fold(heading).rstrip(" :*?"), fold_heading(heading)}
    forms |= {fold(spaced).rstrip(" :*?"), fold_heading(spaced)}
    if forms & names:
        return True
    if not is_shortened(heading):
        return False
    start = fold(heading).rstrip(". ")
    return any(name.startswith(start) for name in names)
