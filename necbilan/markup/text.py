"""Blocks as plain text: what a terminal shows, and what a reader without pictures needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Data = Mapping[str, Any]
    Labels = Mapping[str, str]

__all__ = ["plain"]


def plain(data: Data, labels: Labels) -> str:
    """One block as lines of text; a chart is its title, its alternative and its table.

    Raises ValueError when the kind of block is not known.
    """
    return "\n".join(line for line in _lines(data, labels) if line)


def _lines(data: Data, labels: Labels) -> list[str]:
    match data["kind"]:
        case "paragraph" | "caution":
            return [" ".join(part for part in (data["lead"], data["text"]) if part)]
        case "subheading":
            return [data["text"]]
        case "key_figures":
            return [
                " · ".join(
                    part
                    for part in (f"{figure['value']} {figure['label']}", figure["context"])
                    if part
                )
                for figure in data["figures"]
            ]
        case "bullets":
            return [f"– {item}" for item in data["items"]]
        case "quotes":
            return [
                data["title"],
                *(
                    f"{labels['quote_open']}{quote}{labels['quote_close']}"
                    for quote in data["quotes"]
                ),
            ]
        case "lessons":
            return [data["title"], *_lessons(data, labels)]
        case "table":
            return [data["caption"], *_rows(data), data["source"]]
        case "chart":
            return [data["title"], data["subtitle"], data["alt"], *_rows(data), data["source"]]
        case "photographs":
            return [
                " – ".join(part for part in (picture["alternative"], picture["credit"]) if part)
                for picture in data["pictures"]
            ]
        case "section":
            return [data["title"], *(plain(block, labels) for block in data["blocks"])]
        case "cover":
            return [data["origin"], data["title"], data["subtitle"]]
        case unknown:
            raise ValueError(f"there is no text for a block of kind {unknown!r}")


def _lessons(data: Data, labels: Labels) -> list[str]:
    lines = []
    for rank, lesson in enumerate(data["lessons"], start=1):
        lines.append(f"{rank}. {lesson['voice']}{labels['colon']}{lesson['text']}")
        lines += [
            f"   {labels[name]}{labels['colon']}{lesson[name]}"
            for name in ("decision", "owner", "due")
            if lesson[name]
        ]
    return lines


def _rows(data: Data) -> list[str]:
    return ["\t".join(row) for row in (data["headers"], *data["rows"])]
