"""diaporama.pptx: the slides of the Metz report, in its order, charts that can be edited.

python-pptx comes with the extra «slides».  Bars are native PowerPoint charts; the word
cloud is a picture.  Each carries an alternative text, each number is the measures' own.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from necbilan import style
from necbilan.errors import UsageError
from necbilan.publishing.figure_files import charts_of, logo_picture, picture
from necbilan.publishing.safe_cells import same_bytes
from necbilan.words.language import half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.publishing.content import Content
    from necbilan.words.spelled import Row, Spelled

__all__ = ["slides"]

WIDTH, HEIGHT = 13.333, 7.5
"""inches of a 16:9 slide"""

MARGIN = 0.7
INSET = 0.1
"""inches that PowerPoint leaves between a text box and its text"""

LOGO_HEIGHT = 14 / 25.4
"""inches: 14 mm, as on the page"""

BARS = (
    ("origin", "origin", "origin_department"),
    ("overall_impression", "impression", "overall_impression"),
    ("differential", "differential", "differential"),
)
"""the sentence, the figure and the metric of each native chart"""

LONGEST_LIST = 9
"""lines that stay readable from the back of a room"""


def slides(content: Content, shown: Spelled) -> bytes:
    """The presentation's bytes.  Raises UsageError when python-pptx is not installed."""
    try:
        import pptx
    except ModuleNotFoundError:
        raise UsageError(
            "le diaporama demande python-pptx : pip install 'necbilan[slides]', "
            "ou retirez slides de --formats."
        ) from None
    deck = _Deck(pptx.Presentation(), shown, content.colours)
    deck.cover(content)
    deck.numbers(content)
    told = {str(chart["id"]): str(chart["subtitle"]) for chart in charts_of(content)}
    for subject, chart, metric in BARS:
        deck.bars(subject, shown.rows(metric), told.get(chart, ""))
    deck.drawn(content, "words")
    deck.points()
    deck.caution(content)
    out = io.BytesIO()
    deck.presentation.save(out)
    return same_bytes(out.getvalue())


class _Deck:
    """A presentation being written: the one place that knows python-pptx."""

    def __init__(self, presentation: Any, shown: Spelled, colours: Mapping[str, str]) -> None:
        from pptx.util import Inches

        self.presentation = presentation
        self.shown = shown
        self.colours = {**style.tokens()["colour"], **style.drawn_colours(colours), **colours}
        self.inches = Inches
        presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
        properties = presentation.core_properties
        properties.title = shown.facts.event.name
        properties.language = shown.language.code
        properties.author = shown.facts.event.organiser

    def _slide(self, title: str, subtitle: str = "") -> Any:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[5])
        place = slide.shapes.title
        place.left, place.top = self.inches(MARGIN), self.inches(0.3)
        place.width, place.height = self.inches(WIDTH - 2 * MARGIN), self.inches(1.05)
        place.text_frame.vertical_anchor = _bottom()
        self._write(place.text_frame, title, size=26, bold=True, colour="night")
        bar = slide.shapes.add_shape(
            1, self.inches(MARGIN + INSET), self.inches(1.42), self.inches(0.9), self.inches(0.07)
        )
        bar.fill.solid()
        bar.fill.fore_color.rgb = self._colour("yellow")
        bar.line.fill.background()
        self._describe(bar, "")
        if subtitle:
            self._text(slide, subtitle, (MARGIN, 1.55, WIDTH - 2 * MARGIN, 0.7), 14, "grey")
        return slide

    def _colour(self, name: str) -> Any:
        from pptx.dml.color import RGBColor

        return RGBColor.from_string(str(self.colours[name]).removeprefix("#"))

    def _text(
        self,
        slide: Any,
        text: str,
        box: tuple[float, float, float, float],
        size: float,
        colour: str = "ink",
        *,
        bold: bool = False,
    ) -> None:
        shape = slide.shapes.add_textbox(*(self.inches(side) for side in box))
        shape.text_frame.word_wrap = True
        self._write(shape.text_frame, text, size=size, bold=bold, colour=colour)

    def _write(self, frame: Any, text: str, *, size: float, bold: bool, colour: str) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        for number, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.space_after = Pt(6)
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = self._colour(colour)

    @staticmethod
    def _describe(shape: Any, alternative: str) -> None:
        shape._element.xpath(".//p:cNvPr")[0].set("descr", alternative)

    def cover(self, content: Content) -> None:
        """Name, date and place, the one-sentence description."""
        cover = content.cover
        slide = self._slide(cover["title"], cover["origin"])
        self._text(slide, cover["subtitle"], (MARGIN, 2.6, WIDTH - 2 * MARGIN, 2), 24)
        if cover["tag"]:
            self._text(slide, cover["tag"], (MARGIN, 6.6, 6, 0.5), 14, "grey")
        if logo := logo_picture(str(cover["brand"].get("logo", ""))):
            shape = slide.shapes.add_picture(io.BytesIO(logo), 0, self.inches(0.45))
            scale = min(self.inches(LOGO_HEIGHT) / shape.height, self.inches(3) / shape.width)
            shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
            shape.left = self.inches(WIDTH - MARGIN) - shape.width
            self._describe(shape, content.labels["logo"])

    def numbers(self, content: Content) -> None:
        """The key figures, two rows of three."""
        figures = [
            figure
            for block in content.blocks
            for part in block.get("blocks", [block])
            if part["kind"] == "key_figures"
            for figure in part["figures"]
        ]
        if not figures:
            return
        slide = self._slide(self.shown.say("slides.agenda"))
        width = (WIDTH - 2 * MARGIN) / 3
        for number, figure in enumerate(figures):
            left, top = MARGIN + width * (number % 3), 1.9 + 2.5 * (number // 3)
            self._text(slide, figure["value"], (left, top, width, 0.9), 48, "night", bold=True)
            said = "\n".join(part for part in (figure["label"], figure["context"]) if part)
            self._text(slide, said, (left, top + 0.95, width - 0.2, 1.2), 18)

    def bars(self, subject: str, rows: Sequence[Row], subtitle: str) -> None:
        """A native bar chart of the rows, its title the computed sentence's.

        ``subtitle`` says what is counted, as under the figure of the report.
        """
        sentence = self.shown.sentences.get(subject)
        if not rows or sentence is None:
            return
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE
        from pptx.util import Pt

        points = rows[0].metric == "differential"
        slide = self._slide(sentence.title, subtitle or rows[0].n_text)
        data = CategoryChartData(number_format="+0;\u22120;0" if points else "0")
        data.categories = [row.label for row in rows]
        name = self.shown.say(f"metric.{rows[0].metric}")
        data.add_series(
            name, [half_up(100 * row.value, 0) if points else row.value for row in rows]
        )
        box = [self.inches(side) for side in (MARGIN, 2.1, WIDTH - 2 * MARGIN, 4.6)]
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        chart.font.size = Pt(16)
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        chart.category_axis.reverse_order = True
        chart.category_axis.format.line.fill.background()
        chart.category_axis.tick_label_position = _low()
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        plot.data_labels.font.size = Pt(16)
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = self._colour("indigo")
        plot.series[0].invert_if_negative = False
        listed = ", ".join(f"{row.label} {row.text}" for row in rows)
        self._describe(frame, f"{sentence.title}. {listed}.")
        self._text(slide, self._source(), (MARGIN, 6.85, WIDTH - 2 * MARGIN, 0.4), 12, "grey")

    def drawn(self, content: Content, id_: str) -> None:
        """A chart that PowerPoint cannot draw, as a picture with its alternative."""
        chart = next((chart for chart in charts_of(content) if chart["id"] == id_), None)
        if chart is None:
            return
        slide = self._slide(chart["title"], chart["subtitle"])
        bare = dict(chart) | {"title": "", "subtitle": "", "tag": ""}
        shape = slide.shapes.add_picture(
            io.BytesIO(picture(bare, content.colours)), self.inches(MARGIN), self.inches(2.3)
        )
        scale = min(self.inches(WIDTH - 2 * MARGIN) / shape.width, self.inches(4.7) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        self._describe(shape, chart["alt"])

    def points(self) -> None:
        """Points to improve, the public's beside the team's."""
        event, shown = self.shown.facts.event, self.shown
        public = [remark.text for remark in shown.facts.remarks][:LONGEST_LIST]
        team = [shown.language.typeset(point.text) for point in event.improvements][:LONGEST_LIST]
        if not public and not team:
            return
        slide = self._slide(shown.say("section.improvements"))
        half = (WIDTH - 2 * MARGIN) / 2
        for number, (key, texts) in enumerate((("public", public), ("team", team))):
            if texts:
                left = MARGIN + number * half
                head = shown.say(f"improvements.{key}")
                self._text(slide, head, (left, 1.8, half, 0.5), 20, "night", bold=True)
                body = "\n".join(f"• {text}" for text in texts)
                self._text(slide, body, (left, 2.4, half - 0.3, 4.5), 18)

    def caution(self, content: Content) -> None:
        """What to read with care, and the credits."""
        cautions = [
            part
            for block in content.blocks
            for part in block.get("blocks", [block])
            if part["kind"] == "caution"
        ]
        if not cautions:
            return
        slide = self._slide(cautions[0]["lead"].rstrip(".") or self.shown.facts.event.name)
        self._text(slide, cautions[0]["text"], (MARGIN, 1.9, WIDTH - 2 * MARGIN, 2.5), 22)
        credits = "\n".join(content.cover["credits"])
        self._text(slide, credits, (MARGIN, 5.4, WIDTH - 2 * MARGIN, 1.6), 12, "grey")

    def _source(self) -> str:
        event = self.shown.facts.event
        day = self.shown.language.days(event.dates)
        said = self.shown.say("slides.source", name=event.name, day=day)
        return f"{said} · {event.fictional}" if event.fictional else said


def _bottom() -> Any:
    from pptx.enum.text import MSO_ANCHOR

    return MSO_ANCHOR.BOTTOM


def _low() -> Any:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    return XL_TICK_LABEL_POSITION.LOW
