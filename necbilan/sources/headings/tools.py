"""Export tools, recognised by the shape of their headings (vocabulary/formats/)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from necbilan import vocabulary
from necbilan.sources.folding import fold, fold_heading, fold_label, heading_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.headings.heading import Heading

__all__ = ["Tool", "known_tools", "recognise_tool"]


@dataclass(frozen=True)
class Tool:
    """What formats/<id>.toml says of an export.

    ``holds``: registrations | survey | waiting_list | refused.  ``signature``: groups of
    headings; the tool is recognised when each group has at least one of its headings in
    the file.  ``columns``: folded heading → field.  ``meta``: headings that are no
    question of a survey.  ``statuses``: folded word → status.
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
    delimiters: tuple[str, ...] = ()
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
        delimiters=tuple(said.get("delimiters", ())),
        answer_codes=said.get("answer_codes", False),
        submitted=tuple(said.get("submitted", ())),
        refusal=said.get("refusal", ""),
        remedy=said.get("remedy", ""),
    )


def recognise_tool(columns: Sequence[Heading], delimiter: str = "") -> Tool | None:
    """The tool whose every group of headings is met, the most demanding first; else None.

    A delimiter that only one tool writes (Grist's 💩) tells it too.
    """
    present = {
        form
        for heading in columns
        for form in (fold(heading.leaf).rstrip(" :*?"), fold_heading(heading.leaf))
    }
    return next(
        (
            tool
            for tool in known_tools()
            if (tool.signature and all(group & present for group in tool.signature))
            or (delimiter and delimiter in tool.delimiters)
        ),
        None,
    )
