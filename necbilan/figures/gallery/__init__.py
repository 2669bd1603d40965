"""Every chart on easy and on hard data: ``python -m necbilan.figures.gallery OUT``."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from necbilan import figures, markup, style
from necbilan.figures.gallery import easy, hard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from necbilan.blocks import Chart
    from necbilan.words.spelled import Spelled

__all__ = ["CASES", "CHARTS", "charts", "page"]

CASES: Mapping[str, Callable[[], Spelled]] = {
    "metz": easy.easy,
    "long": hard.long_labels,
    "one": hard.one_level,
    "forty": hard.forty_levels,
    "scales": hard.odd_scales,
    "zeros": hard.zeros,
    "missing": hard.missing,
    "three": hard.three_answers,
}

CHARTS: tuple[Callable[[Spelled], Chart | None], ...] = tuple(
    getattr(figures, name) for name in figures.__all__
)

HEAD = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Galerie des figures</title><style>{fonts}{css}
:root{{font-size:18px}} body{{margin:0 auto;padding:1rem;max-width:720px}}
.necbilan h2{{margin:3rem 0 1rem}} .necbilan .nb-figure{{margin:0 0 4rem}}
@media (max-width:640px){{:root{{font-size:17px}}}}
</style></head><body class="necbilan"><h1>Galerie des figures</h1>
"""


def charts() -> Iterator[tuple[str, Chart]]:
    """Each case's name with each chart that has something to draw."""
    for case, make in CASES.items():
        shown = make()
        found = {chart.id: chart for draw in CHARTS if (chart := draw(shown)) is not None}
        for chart in found.values():
            yield case, chart


def page(drawn: Iterable[tuple[str, Chart]]) -> str:
    """The charts of each case as one HTML page, fonts included."""
    parts = [HEAD.format(fonts=_fonts(), css=markup.block_css())]
    shown = ""
    for case, chart in drawn:
        if case != shown:
            parts.append(f"<h2>{escape(case)}</h2>")
            shown = case
        data = {**chart.data(), "anchor": f"{case}-{chart.id}"}
        parts.append(markup.fragment(data, markup.furniture("fr")))
    return "".join(parts) + "</body></html>\n"


def _fonts() -> str:
    family = style.tokens()["font"]["family"]
    weights = {"Regular": "400", "Semibold": "600"}
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()})}}"
        for path in style.font_files(".woff2")
        for name, weight in weights.items()
        if path.stem.endswith(name)
    )
