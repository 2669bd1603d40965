"""A presentation being written: the one place that knows python-pptx's slides and layouts.

Titles and texts stand in the placeholders of four layouts, so that the outline, a screen
reader and a change of theme follow them.  Nothing is smaller than 14 points: people read
this from the back of a room.
"""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Any

from necbilan import style
from necbilan.figures.lettering import REGULAR, SEMIBOLD, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.words.spelled import Spelled

__all__ = ["BODY", "HEIGHT", "MARGIN", "SMALLEST", "WIDTH", "Box", "Deck", "fitted", "shorter"]

Box = tuple[float, float, float, float]
"""left, top, width and height in inches"""

WIDTH, HEIGHT = 13.333, 7.5
"""inches of a 16:9 slide"""
MARGIN = 0.7
INSET = 0.1
"""inches that PowerPoint leaves between a box and its text"""
SMALLEST = 14
"""points"""
LEADING = 1.2
AFTER = 6
"""points of white under a paragraph"""
WIDER = 1.2
"""how much wider than ours the font of a machine without Calibri may be (DejaVu Sans)"""
WIDER_BOLD = 1.42

COVER, TEXT, COMPARED, TITLED = 0, 1, 4, 5
"""the layouts of python-pptx's template that are kept"""
TITLE: Box = (MARGIN, 0.3, WIDTH - 2 * MARGIN, 1.05)
BAR: Box = (MARGIN + INSET, 1.42, 0.9, 0.07)
BODY: Box = (MARGIN, 1.8, WIDTH - 2 * MARGIN, 4.9)
HALF = (WIDTH - 2 * MARGIN - 0.5) / 2
PLACES: Mapping[int, Mapping[int, Box]] = {
    COVER: {0: (MARGIN, 1.6, WIDTH - 2 * MARGIN, 1.9), 1: (MARGIN, 3.9, WIDTH - 2 * MARGIN, 2.2)},
    TEXT: {0: TITLE, 1: BODY},
    COMPARED: {
        0: TITLE,
        1: (MARGIN, 1.8, HALF, 0.5),
        2: (MARGIN, 2.4, HALF, 4.3),
        3: (MARGIN + HALF + 0.5, 1.8, HALF, 0.5),
        4: (MARGIN + HALF + 0.5, 2.4, HALF, 4.3),
    },
    TITLED: {0: TITLE},
}
"""layout → index of a placeholder → where it stands"""

_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>necbilan</Application></Properties>'
)
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_PAGE_NUMBER = (
    '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'id="{7B3F1C52-2D0B-4C1B-9A52-6F0C2A4E8D11}" type="slidenum">'
    '<a:rPr lang="fr-FR" sz="1400"/><a:t>‹N›</a:t></a:fld>'
)
_NO_BULLET = '<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
ACCENTS = ("indigo", "night", "ochre", "green", "brown", "yellow")


def fitted(
    paragraphs: Sequence[str], box: Box, sizes: Sequence[float], *, bold: bool = False
) -> float:
    """The first of ``sizes``, in points, at which the paragraphs fit in the box; else the last."""
    for size in sizes:
        if _height(paragraphs, box[2], size, bold=bold) <= box[3] * 72:
            return size
    return sizes[-1]


def _height(paragraphs: Sequence[str], width: float, size: float, *, bold: bool) -> float:
    """Points that the paragraphs take in ``width`` inches, whatever the machine's font.

    Infinite when a word that cannot be broken is wider.
    """
    broken = [(text, _broken(text, width, size, 99, bold=bold)) for text in paragraphs]
    if any(line.endswith("…") and line not in text for text, lines in broken for line in lines):
        return math.inf
    counted = sum(len(lines) for _, lines in broken)
    return counted * size * LEADING + AFTER * len(paragraphs)


def _broken(text: str, width: float, size: float, most: int, *, bold: bool) -> list[str]:
    room = (width - 2 * INSET) * 72 / (WIDER_BOLD if bold else WIDER)
    return lines(text, room, size=size, weight=SEMIBOLD if bold else REGULAR, most=most)


def shorter(text: str, width: float, size: float, most: int, *, bold: bool = False) -> str:
    """The text, ended by an ellipsis when it takes more than ``most`` lines of ``width`` inches."""
    broken = _broken(text, width, size, most, bold=bold)
    return " ".join(broken) if broken[-1].endswith("…") else text


class Deck:
    """Slides in the event's colours and language; each method adds one thing to a slide."""

    def __init__(self, presentation: Any, shown: Spelled, colours: Mapping[str, str]) -> None:
        from pptx.util import Inches

        self.presentation = presentation
        self.inches = Inches
        self.language = {"fr": "fr-FR", "en": "en-GB"}[shown.language.code]
        self.colours = {**style.tokens()["colour"], **style.drawn_colours(colours), **colours}
        presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
        names = [shown.say(f"slides.layout.{name}") for name in ("cover", "text", "two", "titled")]
        self._lay_out(dict(zip((COVER, TEXT, COMPARED, TITLED), names, strict=True)))
        self._name(shown)

    def _name(self, shown: Spelled) -> None:
        """Whose it is and in what language; nothing of the template's author."""
        properties = self.presentation.core_properties
        properties.title = shown.facts.event.name
        properties.language = self.language
        properties.author = properties.last_modified_by = shown.facts.event.organiser
        properties.comments = ""
        package = self.presentation.part.package
        for key, relation in list(package._rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                package._rels.pop(key)
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _APPLICATION.encode()
        for key, relation in list(self.presentation.part.rels.items()):
            if relation.reltype.endswith("/printerSettings"):
                self.presentation.part.rels.pop(key)

    def _lay_out(self, names: Mapping[int, str]) -> None:
        """Keep four layouts, on a wide slide, with the bar and the page number on each."""
        layouts = self.presentation.slide_layouts
        self.layouts = {kept: layouts[kept] for kept in names}
        for layout in list(layouts):
            if layout not in self.layouts.values():
                layouts.remove(layout)
        master = self.presentation.slide_master
        for shape in master.placeholders:
            shape.left, shape.top, shape.width, shape.height = self._box(
                {0: TITLE, 1: BODY}.get(
                    shape.placeholder_format.idx, (MARGIN, HEIGHT - 0.5, 2, 0.3)
                )
            )
        self._recolour(master.part)
        for kept, layout in self.layouts.items():
            layout._element.cSld.set("name", names[kept])
            for shape in list(layout.placeholders):
                place = PLACES[kept].get(shape.placeholder_format.idx)
                if place is None:
                    shape._element.getparent().remove(shape._element)
                else:
                    shape.left, shape.top, shape.width, shape.height = self._box(place)
                    shape.text_frame.text = names[kept]
            bar = (MARGIN + INSET, 3.6, 0.9, 0.07) if kept == COVER else BAR
            _ornament(layout, self._box(bar), self.colour("yellow"))
            if kept != COVER:
                _page_number(layout, self._box((WIDTH - MARGIN - 0.8, 6.95, 0.8, 0.4)))

    def _recolour(self, master: Any) -> None:
        """The theme's accents are ours: what the organiser adds matches."""
        for relation in master.rels.values():
            if relation.reltype.endswith("/theme"):
                theme = relation.target_part.blob.decode()
                for number, name in enumerate(ACCENTS, start=1):
                    colour = str(self.colours[name]).removeprefix("#")
                    theme = re.sub(
                        rf'(<a:accent{number}><a:srgbClr val=")[0-9A-F]{{6}}',
                        rf"\g<1>{colour}",
                        theme,
                    )
                relation.target_part._blob = theme.encode()

    def _box(self, box: Box) -> tuple[Any, Any, Any, Any]:
        left, top, width, height = (self.inches(side) for side in box)
        return left, top, width, height

    def colour(self, name: str) -> Any:
        """A colour of the event, as python-pptx takes it."""
        from pptx.dml.color import RGBColor

        return RGBColor.from_string(str(self.colours[name]).removeprefix("#"))

    def slide(self, title: str, subtitle: str = "", *, layout: int = TITLED) -> Any:
        """A new slide; its title on two lines at most, its subtitle under the bar."""
        from pptx.enum.text import MSO_ANCHOR

        slide = self.presentation.slides.add_slide(self.layouts[layout])
        place = PLACES[layout][0]
        sizes = (40, 36, 32, 28, 24) if layout == COVER else (28, 26, 24)
        alone = [size for size in sizes if len(_broken(title, place[2], size, 2, bold=True)) == 1]
        size = alone[0] if alone else fitted([title], place, (*sizes[1:], 22), bold=True)
        most = int(place[3] * 72 / (size * LEADING))
        slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        cut = shorter(title, place[2], size, most, bold=True)
        self.write(slide.shapes.title, [cut], size, "night", bold=True)
        if subtitle:
            said = shorter(subtitle, WIDTH - 2 * MARGIN, SMALLEST, 2)
            self.text(slide, [said], (MARGIN, 1.55, WIDTH - 2 * MARGIN, 0.65), SMALLEST, "grey")
        return slide

    def text(
        self,
        slide: Any,
        paragraphs: Sequence[str],
        box: Box,
        size: float,
        colour: str = "ink",
        *,
        bold: bool = False,
    ) -> Any:
        """A box of text beside the placeholders."""
        shape = slide.shapes.add_textbox(*self._box(box))
        self.write(shape, paragraphs, size, colour, bold=bold)
        return shape

    def fill(self, slide: Any, index: int, paragraphs: Sequence[str], size: float) -> None:
        """Write into a placeholder of the slide's layout."""
        self.write(slide.placeholders[index], paragraphs, size, "ink")

    def write(
        self,
        shape: Any,
        paragraphs: Sequence[str],
        size: float,
        colour: str,
        *,
        bold: bool = False,
        plain: bool = False,
    ) -> None:
        """The paragraphs, to the left, in the deck's language; ``plain``: no list marks."""
        from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
        from pptx.oxml import parse_xml
        from pptx.util import Pt

        frame = shape.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        for number, said in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(AFTER)
            paragraph.space_before = Pt(0)
            if plain:
                properties = paragraph._p.get_or_add_pPr()
                properties.set("marL", "0")
                properties.set("indent", "0")
                properties.append(parse_xml(_NO_BULLET))
            run = paragraph.add_run()
            run.text = said
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = self.colour(colour)
            run._r.get_or_add_rPr().set("lang", self.language)

    def picture(self, slide: Any, image: bytes, box: Box, alternative: str) -> Any:
        """An image as large as the box lets it be, at its upper left, with its alternative."""
        left, top, width, height = self._box(box)
        shape = slide.shapes.add_picture(io.BytesIO(image), left, top)
        scale = min(width / shape.width, height / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        self.describe(shape, alternative)
        return shape

    def describe(self, shape: Any, alternative: str) -> None:
        """The alternative text of a picture, a chart or a table."""
        shape._element.xpath(".//p:cNvPr")[0].set("descr", alternative)

    def note(self, slide: Any, paragraphs: Sequence[str]) -> None:
        """What the speaker, or a reader who does not see the chart, finds under the slide."""
        self.write(slide.notes_slide.notes_placeholder, paragraphs, SMALLEST, "ink")


def _ornament(layout: Any, box: tuple[Any, Any, Any, Any], colour: Any) -> None:
    """The yellow bar: on the layout, where no reading order meets it."""
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    tree = layout.shapes._spTree
    element = tree.add_autoshape(_next_id(tree), "bar", "rect", *box)
    element.remove(element.find(f"{{{tree.nsmap['p']}}}style"))
    element.xpath(".//p:cNvPr")[0].append(parse_xml(_DECORATIVE))
    bar = next(shape for shape in layout.shapes if shape._element is element)
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour
    bar.line.width = Inches(0)
    bar.line.fill.background()


def _page_number(layout: Any, box: tuple[Any, Any, Any, Any]) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml

    tree = layout.shapes._spTree
    element = tree.add_textbox(_next_id(tree), "page", *box)
    number = next(shape for shape in layout.shapes if shape._element is element)
    paragraph = number.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    paragraph._p.append(parse_xml(_PAGE_NUMBER))


def _next_id(tree: Any) -> int:
    return 1 + max(int(known) for known in tree.xpath(".//p:cNvPr/@id"))
