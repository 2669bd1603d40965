"""The pieces a report is made of: each shows itself in Jupyter and feeds page and PDF.

Every block has ``data()``, a JSON-able dict with its ``kind``: the one source of both
the HTML page and the PDF, carried in a notebook's output as
``application/vnd.necbilan.v1+json`` beside ``text/html``.  Texts are plain: they are
escaped by whoever renders them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from necbilan import markup

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Picture

__all__ = [
    "MIME",
    "Block",
    "Bullets",
    "Caution",
    "Chart",
    "Cover",
    "DataTable",
    "KeyFigure",
    "KeyFigures",
    "Lesson",
    "Lessons",
    "Paragraph",
    "Photographs",
    "Quotes",
    "Section",
    "Subheading",
]

MIME = "application/vnd.necbilan.v1+json"


class Block(ABC):
    """What all blocks share: a dict, and a MIME bundle made from it."""

    @abstractmethod
    def data(self) -> dict[str, Any]:
        """The block as JSON-able data, with its ``kind``."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        data = self.data()
        return {"text/html": markup.to_html(data), MIME: data, "text/plain": markup.to_text(data)}


@dataclass(frozen=True)
class Paragraph(Block):
    """Sentences; ``lead`` is set in bold before them."""

    text: str
    lead: str = ""

    def data(self) -> dict[str, Any]:
        return {"kind": "paragraph", "lead": self.lead, "text": self.text}


@dataclass(frozen=True)
class Subheading(Block):
    """A heading inside a section (h3)."""

    text: str

    def data(self) -> dict[str, Any]:
        return {"kind": "subheading", "text": self.text}


@dataclass(frozen=True)
class KeyFigure:
    """A large number with what it counts and, in grey, its context (n, target, …)."""

    value: str
    label: str
    context: str = ""


@dataclass(frozen=True)
class KeyFigures(Block):
    """Up to six large numbers."""

    figures: tuple[KeyFigure, ...]

    def data(self) -> dict[str, Any]:
        return {
            "kind": "key_figures",
            "figures": [
                {"value": figure.value, "label": figure.label, "context": figure.context}
                for figure in self.figures
            ],
        }


@dataclass(frozen=True)
class Bullets(Block):
    """A list of sentences."""

    items: tuple[str, ...]
    ordered: bool = False

    def data(self) -> dict[str, Any]:
        return {"kind": "bullets", "items": list(self.items), "ordered": self.ordered}


@dataclass(frozen=True)
class Quotes(Block):
    """Approved remarks, quoted exactly, under their theme."""

    title: str
    quotes: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        return {"kind": "quotes", "title": self.title, "quotes": list(self.quotes)}


@dataclass(frozen=True)
class Photographs(Block):
    """Photos of the day, each with its alternative text and what stands under it."""

    pictures: tuple[Picture, ...]

    def data(self) -> dict[str, Any]:
        return {
            "kind": "photographs",
            "pictures": [
                {
                    "source": picture.source,
                    "alternative": picture.alternative,
                    "credit": picture.credit,
                    "width": picture.width,
                    "height": picture.height,
                }
                for picture in self.pictures
            ],
        }


@dataclass(frozen=True)
class Caution(Block):
    """A boxed warning."""

    text: str
    lead: str = ""

    def data(self) -> dict[str, Any]:
        return {"kind": "caution", "lead": self.lead, "text": self.text}


@dataclass(frozen=True)
class Lesson:
    """A lesson with its voice («Le public», «L'équipe»), decision, owner, date when given."""

    text: str
    voice: str
    decision: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class Lessons(Block):
    """Numbered lessons or decisions."""

    title: str
    lessons: tuple[Lesson, ...]

    def data(self) -> dict[str, Any]:
        return {
            "kind": "lessons",
            "title": self.title,
            "lessons": [
                {
                    "text": lesson.text,
                    "voice": lesson.voice,
                    "decision": lesson.decision,
                    "owner": lesson.owner,
                    "due": lesson.due,
                }
                for lesson in self.lessons
            ],
        }


def _cells(frame: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    headers = [str(name) for name in frame.columns]
    rows = [["" if cell is None else str(cell) for cell in row] for row in frame.values.tolist()]
    return headers, rows


@dataclass(frozen=True)
class DataTable(Block):
    """A table of display strings; the first column heads the rows.

    ``numeric`` names the columns set right-aligned.
    """

    caption: str
    table: pd.DataFrame
    numeric: tuple[str, ...] = ()
    source: str = ""

    def data(self) -> dict[str, Any]:
        headers, rows = _cells(self.table)
        return {
            "kind": "table",
            "caption": self.caption,
            "headers": headers,
            "rows": rows,
            "numeric": [header in self.numeric for header in headers],
            "source": self.source,
        }


@dataclass(frozen=True)
class Chart(Block):
    """A drawing that cannot be made without its alternative and its table.

    ``svg`` is drawn for a page 7.5 in wide, ``narrow`` for a phone (3 in), both with
    real text and without the title, which stands outside so that it wraps.  ``alt``
    states the result.  ``table`` holds the same numbers as display strings, first
    column = row headers.  ``tag`` marks invented data on the figure's own line.
    Raises ValueError when ``alt``, ``title`` or the table is empty.
    """

    id: str
    title: str
    svg: str
    alt: str
    table: pd.DataFrame
    subtitle: str = ""
    source: str = ""
    caption: str = ""
    narrow: str = ""
    tag: str = ""
    numeric: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.alt.strip():
            raise ValueError(f"chart {self.id!r} has no title or no alternative text")
        if self.table.empty:
            raise ValueError(f"chart {self.id!r} has no table")

    def data(self) -> dict[str, Any]:
        headers, rows = _cells(self.table)
        return {
            "kind": "chart",
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "tag": self.tag,
            "svg": self.svg,
            "narrow": self.narrow,
            "alt": self.alt,
            "source": self.source,
            "caption": self.caption or self.title,
            "headers": headers,
            "rows": rows,
            "numeric": [header in self.numeric for header in headers],
        }


@dataclass(frozen=True)
class Section(Block):
    """A titled part of the report (h2); ``sentences`` and ``charts`` are read from its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The texts of its paragraphs."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    def data(self) -> dict[str, Any]:
        return {
            "kind": "section",
            "id": self.id,
            "title": self.title,
            "blocks": [block.data() for block in self.blocks],
        }


@dataclass(frozen=True)
class Cover(Block):
    """The head of the report: line of origin, title (h1), one sentence, tag.

    ``labels`` holds the furniture words of page and PDF in the report's language
    (keys: contents, skip, data_of_figure, figure, page, language …).  ``paper`` is how the
    PDF stands: portrait, or landscape for a board and what stands beside it.
    """

    origin: str
    title: str
    subtitle: str
    language: str
    tag: str = ""
    credits: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    brand: dict[str, str] = field(default_factory=dict)
    paper: Literal["portrait", "landscape"] = "portrait"

    def data(self) -> dict[str, Any]:
        return {
            "kind": "cover",
            "origin": self.origin,
            "title": self.title,
            "subtitle": self.subtitle,
            "language": self.language,
            "tag": self.tag,
            "credits": list(self.credits),
            "labels": dict(self.labels),
            "brand": dict(self.brand),
            "paper": self.paper,
        }
