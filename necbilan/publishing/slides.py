"""diaporama.pptx: the slides of the Metz report, in its order, charts that can be edited.

python-pptx comes with the extra «slides».  Bars are native PowerPoint charts with their
intervals; the word cloud is a picture.  Each carries an alternative text, each number is
the measures' own, and the speaker's notes hold what a chart shows, row by row.
"""

from __future__ import annotations

import io
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from necbilan import style
from necbilan.errors import UsageError
from necbilan.figures.canvas import drawn_twice
from necbilan.figures.word_cloud import draw_cloud, fitting
from necbilan.publishing.chart_slides import (
    CHART,
    FULL,
    NOTE,
    counts,
    differential,
    impression,
    ratings,
    source_line,
)
from necbilan.publishing.deck import (
    BODY,
    COMPARED,
    COVER,
    INSET,
    MARGIN,
    PLACES,
    SMALLEST,
    TEXT,
    WIDTH,
    Deck,
    fitted,
    shorter,
)
from necbilan.publishing.figure_files import charts_of, logo_picture, picture
from necbilan.publishing.safe_cells import same_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from necbilan.publishing.content import Content
    from necbilan.words.spelled import Spelled

__all__ = ["slides"]

LOGO_HEIGHT = 14 / 25.4
"""inches: 14 mm, as on the page"""
LONGEST_LIST = 7
"""lines of a list that are read from the back of a room"""
LONGEST_POINT = 3
"""lines of one point of a list"""
MOST_PHOTOS = 3
MOST_WORDS = 24
"""words said that a slide lists"""
CLOUD = 300.0
"""points: the width that a word must fit in"""
COUNTS = (
    ("origin", "origin_department"),
    ("profiles", "profile"),
    ("audience", "audience"),
)
"""the figure and the metric of each chart of counts of the whole public"""


def slides(content: Content, shown: Spelled) -> bytes:
    """The presentation's bytes.  Raises UsageError when python-pptx is not installed."""
    try:
        import pptx
    except ModuleNotFoundError:
        raise UsageError(
            "le diaporama demande python-pptx : pip install 'necbilan[slides]', "
            "ou retirez slides de --formats."
        ) from None
    with style.use():  # the texts are measured with our font
        deck = Deck(pptx.Presentation(), shown, content.colours)
        _tell(deck, content, shown)
    out = io.BytesIO()
    deck.presentation.save(out)
    return same_bytes(out.getvalue())


def _tell(deck: Deck, content: Content, shown: Spelled) -> None:
    """The slides, in the order of the Metz report."""
    charts = {str(chart["id"]): chart for chart in charts_of(content)}
    _cover(deck, content)
    _numbers(deck, content, shown)
    for figure, metric in COUNTS:
        if figure in charts:
            counts(deck, shown, charts[figure], shown.rows(metric))
    if "impression" in charts:
        impression(deck, shown, charts["impression"])
    for figure in ("ratings", "activity_ratings"):
        if figure in charts:
            ratings(deck, shown, charts[figure])
    if "differential" in charts:
        differential(deck, shown, charts["differential"])
    if "words" in charts:
        _words(deck, content, shown, charts["words"])
    _points(deck, shown)
    _organisation(deck, content, shown)
    _photos(deck, content, shown)
    _caution(deck, content, shown)


def _cover(deck: Deck, content: Content) -> None:
    """Name, date and place, the one-sentence description."""
    cover = content.cover
    slide = deck.slide(cover["title"], layout=COVER)
    box = PLACES[COVER][1]
    said = [shorter(cover["origin"], FULL, 18, 2), cover["subtitle"]]
    size = fitted(said, box, (24, 22, 20, 18))
    most = int((box[3] * 72 - 60) / (size * 1.2))
    deck.write(
        slide.placeholders[1],
        [said[0], shorter(said[1], FULL, size, most)] if said[1] else said[:1],
        size,
        "ink",
    )
    first = slide.placeholders[1].text_frame.paragraphs[0].runs[0].font
    first.size, first.color.rgb = _points_of(18), deck.colour("grey")
    slide.placeholders[1].text_frame.paragraphs[0].space_after = _points_of(14)
    if cover["tag"]:
        deck.text(slide, [cover["tag"]], (MARGIN, 6.75, FULL, 0.4), SMALLEST, "grey")
    if logo := logo_picture(str(cover["brand"].get("logo", ""))):
        box = (WIDTH - MARGIN - 3, 0.45, 3, LOGO_HEIGHT)
        shape = deck.picture(slide, logo, box, content.labels["logo"])
        shape.left = deck.inches(WIDTH - MARGIN) - shape.width


def _points_of(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _numbers(deck: Deck, content: Content, shown: Spelled) -> None:
    """The key figures, two rows of three."""
    figures = [figure for part in _parts(content, "key_figures") for figure in part["figures"]]
    if not figures:
        return
    slide = deck.slide(shown.say("slides.agenda"))
    width = FULL / 3
    for number, figure in enumerate(figures):
        left, top = MARGIN + width * (number % 3), 1.9 + 2.45 * (number // 3)
        value = (left, top, width - 0.1, 0.95)
        size = fitted([figure["value"]], value, (54, 48, 40, 32), bold=True)
        deck.text(slide, [figure["value"]], value, size, "night", bold=True)
        said = [part for part in (figure["label"], figure["context"]) if part]
        box = (left, top + 0.95, width - 0.2, 1.4)
        deck.text(slide, said, box, fitted(said, box, (18, 16, SMALLEST)))


def _parts(content: Content, kind: str) -> Iterator[Mapping[str, Any]]:
    for block in content.blocks:
        for part in block.get("blocks", [block]):
            if part["kind"] == kind:
                yield part


def _words(deck: Deck, content: Content, shown: Spelled, chart: Mapping[str, Any]) -> None:
    """What was said, as text by number of citations, beside the cloud."""
    slide = deck.slide(chart["title"], chart["subtitle"])
    rows = shown.rows("word", shown.main_group("word"))
    cloud = fitting({row.label: int(row.value) for row in rows}, CLOUD)
    width = FULL / 2 - 0.3 if cloud else FULL
    said: list[tuple[str, str]] = []
    listed = [(str(row[0]), int(row[1])) for row in chart["rows"][:MOST_WORDS]]
    for count in sorted({count for _, count in listed}, reverse=True):
        words = [word for word, said_times in listed if said_times == count]
        said.append((shown.say("figure.words.times", count=count, n=count), "\u00a0· ".join(words)))
    box = (MARGIN, CHART[1], width, CHART[3])
    paragraphs = [text for pair in said for text in pair]
    size = fitted(paragraphs, box, (24, 22, 20, 18, 16, SMALLEST))
    shape = deck.text(slide, paragraphs, box, size)
    for number, paragraph in enumerate(shape.text_frame.paragraphs):
        (run,) = paragraph.runs
        head = number % 2 == 0
        run.font.size = _points_of(max(SMALLEST, size - 6) if head else size)
        run.font.color.rgb = deck.colour(
            "grey" if head else "night" if number == 1 else "indigo_text"
        )
        run.font.bold = number == 1
    if cloud:
        _, svg = drawn_twice(lambda canvas: draw_cloud(canvas, cloud, 2), "cloud")
        bare = dict(chart) | dict.fromkeys(("title", "subtitle", "tag", "source"), "")
        image = picture(bare | {"svg": svg}, content.colours)
        left = MARGIN + FULL / 2
        deck.picture(slide, image, (left, CHART[1], FULL / 2, CHART[3]), chart["alt"])
    note = shorter(f"{chart['source']} {source_line(shown)}", NOTE[2], SMALLEST, 2)
    deck.text(slide, [note], NOTE, SMALLEST, "grey")
    deck.note(slide, [chart["subtitle"], *(f"{row[0]} {row[1]}" for row in chart["rows"])])


def _points(deck: Deck, shown: Spelled) -> None:
    """Points to improve, the public's beside the team's."""
    voices = (
        ("public", [shown.language.typeset(remark.text) for remark in shown.facts.remarks]),
        (
            "team",
            [shown.language.typeset(point.text) for point in shown.facts.event.improvements],
        ),
    )
    given = [(shown.say(f"improvements.{key}"), texts) for key, texts in voices if texts]
    if not given:
        return
    title = shown.say("section.improvements")
    if len(given) == 1:
        (head, texts) = given[0]
        slide = deck.slide(title, head, layout=TEXT)
        _list(deck, shown, slide, 1, texts, box=(MARGIN, 2.2, FULL, 4.5))
        return
    slide = deck.slide(title, layout=COMPARED)
    for number, (head, texts) in enumerate(given):
        deck.write(slide.placeholders[1 + 2 * number], [head], 20, "night", bold=True)
        _list(deck, shown, slide, 2 + 2 * number, texts, box=PLACES[COMPARED][2 + 2 * number])


def _list(
    deck: Deck,
    shown: Spelled,
    slide: Any,
    index: int,
    texts: Sequence[str],
    *,
    box: tuple[float, float, float, float],
) -> None:
    """A list in a placeholder, as long as can be read; its last line counts the others."""
    indent = 0.5
    inner = (box[0], box[1], box[2] - indent, box[3])
    items = [shorter(text, inner[2], 18, LONGEST_POINT) for text in texts]
    kept = min(len(items), LONGEST_LIST)
    while True:
        rest = len(items) - kept
        said = items[:kept]
        if rest:
            said = [*said, shown.say("slides.more", count=rest, n=rest)]
        size = fitted(said, inner, (20, 18))
        if kept == 1 or fitted(said, inner, (size, 0)) == size:
            break
        kept -= 1
    place = slide.placeholders[index]
    place.left, place.top, place.width, place.height = (deck.inches(side) for side in box)
    deck.write(place, said, size, "ink")


def _organisation(deck: Deck, content: Content, shown: Spelled) -> None:
    """The place, the partners, the people mobilised: how the report says it was made."""
    event = shown.facts.event
    if not (event.context or event.partners or event.informed):
        return
    section = next((block for block in content.blocks if block.get("id") == "organisation"), None)
    if section is None:
        return
    said = [
        " ".join(part for part in (block["lead"], block["text"]) if part)
        for block in section["blocks"]
        if block["kind"] == "paragraph"
    ]
    if not said:
        return
    slide = deck.slide(section["title"], layout=TEXT)
    inner = (BODY[0], BODY[1], BODY[2] - 0.5, BODY[3])
    size = fitted(said, inner, (24, 22, 20, 18))
    kept = [shorter(text, inner[2], size, 12) for text in said[:LONGEST_LIST]]
    deck.write(slide.placeholders[1], kept, size, "ink", plain=True)


def _photos(deck: Deck, content: Content, shown: Spelled) -> None:
    """The first photos of the day side by side, each with its credit and its alternative."""
    section = next((part for part in _parts(content, "photographs")), None)
    if section is None:
        return
    photos = section["pictures"][:MOST_PHOTOS]
    slide = deck.slide(shown.say("programme.pictures", count=len(photos)))
    width = (FULL - 2 * INSET - 0.3 * (len(photos) - 1)) / len(photos)
    for number, photo in enumerate(photos):
        left = MARGIN + INSET + number * (width + 0.3)
        image = b64decode(str(photo["source"]).partition(",")[2])
        shape = deck.picture(slide, image, (left, 1.9, width, 4.0), photo["alternative"])
        if photo["credit"]:
            top = 1.95 + shape.height / deck.inches(1)
            box = (left - INSET, top, width + INSET, 0.95)
            credit = shorter(photo["credit"], box[2], SMALLEST, 3)
            deck.text(slide, [credit], box, SMALLEST, "grey")


def _caution(deck: Deck, content: Content, shown: Spelled) -> None:
    """What to read with care, and the credits."""
    cautions = list(_parts(content, "caution"))
    if not cautions:
        return
    title = cautions[0]["lead"].rstrip(".") or shown.facts.event.name
    slide = deck.slide(title, layout=TEXT)
    place = slide.placeholders[1]
    box = (MARGIN, 1.9, FULL, 2.7)
    place.left, place.top, place.width, place.height = (deck.inches(side) for side in box)
    said = [cautions[0]["text"]]
    deck.write(place, said, fitted(said, box, (24, 20, 18)), "ink", plain=True)
    box = (MARGIN, 4.7, FULL - 1, 2.4)
    credits = [shorter(credit, box[2], SMALLEST, 2) for credit in content.cover["credits"]]
    deck.text(slide, credits, box, SMALLEST, "grey")
