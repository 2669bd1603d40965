"""The pieces a report is made of: each shows itself in Jupyter and feeds page and PDF.

Every block has ``data()``, a JSON-able dict with its ``kind``: the one source of both
the HTML page and the PDF, carried in a notebook's output as
``application/vnd.necbilan.v1+json`` beside ``text/html``.  Texts are plain: they are
escaped by whoever renders them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

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


@dataclass(frozen=True)
class Block:
    """What all blocks share: a dict, and a MIME bundle made from it."""

    kind: ClassVar[str]

    def data(self) -> dict[str, Any]:
        """The block as JSON-able data: its ``kind`` and its fields."""
        return {"kind": self.kind, **_listed(asdict(self))}

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        data = self.data()
        return {"text/html": markup.to_html(data), MIME: data, "text/plain": markup.to_text(data)}


def _listed(value: Any) -> Any:
    """The same data, its tuples made the lists that JSON knows."""
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Paragraph(Block):
    """Sentences; ``lead`` is set in bold before them."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True)
class Subheading(Block):
    """A heading inside a section (h3)."""

    kind: ClassVar[str] = "subheading"
    text: str


@dataclass(frozen=True)
class KeyFigure:
    """A large number with what it counts and, in grey, its context (n, target, …)."""

    value: str
    label: str
    context: str = ""


@dataclass(frozen=True)
class KeyFigures(Block):
    """Up to six large numbers."""

    kind: ClassVar[str] = "key_figures"
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Bullets(Block):
    """A list of sentences."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quotes(Block):
    """Approved remarks, quoted exactly, under their theme."""

    kind: ClassVar[str] = "quotes"
    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Photographs(Block):
    """Photos of the day, each with its alternative text and what stands under it."""

    kind: ClassVar[str] = "photographs"
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Caution(Block):
    """A boxed warning."""

    kind: ClassVar[str] = "caution"
    text: str
    lead: str = ""


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

    kind: ClassVar[str] = "lessons"
    title: str
    lessons: tuple[Lesson, ...]


def _cells(frame: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    headers = [str(name) for name in frame.columns]
    rows = [
        ["" if cell is None else str(cell) for cell in row] for row in frame.to_numpy().tolist()
    ]
    return headers, rows


@dataclass(frozen=True)
class DataTable(Block):
    """A table of display strings; the first column heads the rows.

    ``numeric`` names the columns set right-aligned.
    """

    kind: ClassVar[str] = "table"
    caption: str
    table: pd.DataFrame
    numeric: tuple[str, ...] = ()
    source: str = ""

    def data(self) -> dict[str, Any]:
        headers, rows = _cells(self.table)
        return {
            "kind": self.kind,
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

    kind: ClassVar[str] = "chart"
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
    numeric: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Chart({self.id!r}, {self.title!r})"

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.alt.strip():
            raise ValueError(f"chart {self.id!r} has no title or no alternative text")
        if self.table.empty:
            raise ValueError(f"chart {self.id!r} has no table")

    def data(self) -> dict[str, Any]:
        headers, rows = _cells(self.table)
        return {
            "kind": self.kind,
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

    kind: ClassVar[str] = "section"
    id: str
    title: str
    blocks: tuple[Block, ...]

    def __repr__(self) -> str:
        return f"Section({self.id!r}, {self.title!r}, {len(self.blocks)} blocks)"

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
            "kind": self.kind,
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

    kind: ClassVar[str] = "cover"
    origin: str
    title: str
    subtitle: str
    language: str
    tag: str = ""
    credits: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    brand: dict[str, str] = field(default_factory=dict)
    paper: Literal["portrait", "landscape"] = "portrait"
