"""``jupyter nbconvert --to necbilan-html`` and ``--to necbilan-pdf``."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from necbilan import markup, style
from necbilan.publishing.content import content_of
from necbilan.publishing.nbimports import quick_jupyter_imports

with quick_jupyter_imports():
    from nbconvert.exporters import Exporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets import default

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

    from necbilan.publishing.content import Content

__all__ = ["NecbilanHTMLExporter", "NecbilanPDFExporter"]

TEMPLATES = Path(__file__).parent / "templates"
PAGE_FONTS = {"NecbilanSans-Regular": 400, "NecbilanSans-Semibold": 600}


class NecbilanHTMLExporter(TemplateExporter):
    """One HTML file: no code, no script, no call to the network."""

    export_from_notebook = "Bilan (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "necbilan"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_notebook_node(  # type: ignore[override]  # every nbconvert exporter does so
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook."""
        content = content_of(nb, title=_title(nb, resources))
        self.environment.globals["page"] = _page(content)
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return page, resources


class NecbilanPDFExporter(Exporter):
    """A tagged PDF set by typst from the same blocks as the page."""

    export_from_notebook = "Bilan (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # every nbconvert exporter does so
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of an executed notebook."""
        from necbilan.publishing.typesetting import report  # typst, which the page has no use for

        content = content_of(nb, title=_title(nb, resources))
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return report(content), resources


def _title(notebook: NotebookNode, resources: Mapping[str, Any] | None) -> str:
    """What heads a notebook without a cover: its title, else its file's name."""
    named = (resources or {}).get("metadata", {}).get("name")
    return str(notebook.metadata.get("title") or named or "Bilan")


def _page(content: Content) -> dict[str, Any]:
    cover = content.cover
    return {
        "language": content.language,
        "title": " – ".join(part for part in (cover["title"], cover["origin"]) if part),
        "description": cover["subtitle"],
        "css": "\n".join((_style_sheet(), _brand(content.colours), _folios(content.labels))),
        "labels": content.labels,
        "cover": markup.fragment(cover, content.labels),
        "contents": content.contents,
        "pieces": [markup.fragment(block, content.labels) for block in content.blocks],
        "credits": cover["credits"],
    }


@cache
def _style_sheet() -> str:
    family = style.tokens()["font"]["family"]
    faces = "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{PAGE_FONTS[path.stem]};'
        f'src:url("data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()}")'
        ' format("woff2")}'
        for path in style.font_files(".woff2")
        if path.stem in PAGE_FONTS
    )
    page = (TEMPLATES / "necbilan" / "page.css").read_text(encoding="utf-8")
    return f"{faces}\n{markup.block_css()}\n{page}"


def _brand(colours: Mapping[str, str]) -> str:
    properties = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f".necbilan{{{properties}}}" if properties else ""


def _folios(labels: Mapping[str, str]) -> str:
    """«page 2 sur 9» at the foot of each printed page."""
    counters = {"n": "counter(page)", "total": "counter(pages)"}
    parts = []
    for part in re.split(r"(\{n\}|\{total\})", labels["page"]):
        if part.strip("{}") in counters:
            parts.append(counters[part.strip("{}")])
        elif part:
            words = re.sub(r'[\\"<>\n]', "", part)
            parts.append(f'"{words}"')
    family = style.tokens()["font"]["family"]
    look = f'font:8.2pt "{family}",sans-serif;color:{style.colour("grey")}'
    return f"@media print{{@page{{@bottom-right{{content:{' '.join(parts)};{look}}}}}}}"
