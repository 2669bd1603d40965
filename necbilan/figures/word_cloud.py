"""The word cloud, laid out by the ``wordcloud`` package and drawn as real text.

The surface of a word follows the number of its citations: its size, the square root.
The package shrinks or drops silently a word that finds no room: here the cloud grows
instead, and what cannot be placed is given back to be said.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from PIL import ImageFont
from wordcloud import WordCloud

from necbilan import style
from necbilan.figures.lettering import SEMIBOLD, printable, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.figures.canvas import Canvas

Placed = tuple[str, float, float, float]
"""word, size, left edge, baseline"""

__all__ = ["MOST_WORDS", "draw_cloud", "fitting", "sizes"]

MOST_WORDS = 50
LARGEST, LARGEST_NARROW = 44.0, 28.0
SMALLEST = 10.0
USUAL = 13.0
"""size in points of the least cited, when there is room to be truthful above it"""
WIDEST = 0.97
"""part of the width that one word may take"""
FILLED = 0.5
"""part of the surface that words take at first; the cloud grows until all have room"""
GROWTH = 1.15
TRIES = 12
GAP = 6
"""white around a word, in points, half of it on each side"""
SHAPE = 3.0
SEEDS = (1, 2, 3, 4, 5)
"""width over height, where the page allows"""


def sizes(counts: Mapping[str, int], *, width: float, largest: float) -> dict[str, float]:
    """Size in points of each word, as the square root of its count, SMALLEST at least.

    No word is wider than the cloud, unless it would be at the smallest size.

    >>> sizes({"a": 4, "b": 1}, width=500, largest=46)
    {'a': 26.0, 'b': 13.0}
    """
    if not counts:
        return {}
    most, least = max(counts.values()), min(counts.values())
    parts = {word: math.sqrt(count / most) for word, count in counts.items()}
    top = min(
        largest,
        USUAL * math.sqrt(most / least),
        *(WIDEST * width / _width_of_one_point(word) / part for word, part in parts.items()),
    )
    return {word: max(SMALLEST, top * part) for word, part in parts.items()}


def _width_of_one_point(word: str) -> float:
    return width_of(word, 100, SEMIBOLD) / 100 or 1.0


def fitting(counts: Mapping[str, int], width: float) -> dict[str, int]:
    """The words that a cloud ``width`` points wide can hold, the most cited first."""
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return {
        word: count
        for word, count in ranked[:MOST_WORDS]
        if printable(word) == word and SMALLEST * _width_of_one_point(word) <= WIDEST * width
    }


def draw_cloud(canvas: Canvas, counts: Mapping[str, int], top: float) -> float:
    """Draw every word of ``counts`` under ``top``; the height the cloud ends at."""
    if not counts:
        return top
    largest = LARGEST_NARROW if canvas.narrow else LARGEST
    exact = sizes(counts, width=canvas.width, largest=largest)
    most = max(counts.values())
    placed = _layout(tuple(exact.items()), int(canvas.width))
    lowest = top
    for word, size, x, baseline in placed:
        colour = "night" if counts[word] == most and most > 1 else "indigo_text"
        canvas.text(x, top + baseline, word, size=size, bold=True, colour=colour)
        lowest = max(lowest, top + baseline + 0.28 * size)
    return lowest + 3


@cache
def _layout(words: Sequence[tuple[str, float]], width: int) -> tuple[Placed, ...]:
    """Each word with its size, left edge and baseline in points; centred in ``width``."""
    surface = sum(width_of(word, size, SEMIBOLD) * size * 1.15 for word, size in words) / FILLED
    longest = max(width_of(word, size, SEMIBOLD) for word, size in words)
    used = int(min(width, max(math.sqrt(surface * SHAPE), longest + 8)))
    height = surface / used + 0.5 * max(size for _, size in words)
    for _ in range(TRIES):
        attempts = [_attempt(words, used, int(height), seed) for seed in SEEDS[: _seeds(words)]]
        placed = min(
            (placed for placed in attempts if placed is not None),
            key=lambda placed: _off_centre(placed, used),
            default=None,
        )
        if placed is not None:
            lift = min(baseline - 0.75 * size for _, size, _, baseline in placed)
            left = min(x for _, _, x, _ in placed)
            right = max(x + width_of(word, size, SEMIBOLD) for word, size, x, _ in placed)
            shift = (width - left - right) / 2
            return tuple((word, size, x + shift, base - lift) for word, size, x, base in placed)
        height *= GROWTH
    return _one_a_line(words, width)


def _seeds(words: Sequence[tuple[str, float]]) -> int:
    """Layouts to choose from: several when they cost little."""
    return len(SEEDS) if len(words) <= 25 else 1


def _off_centre(placed: Sequence[Placed], width: int) -> float:
    """How far the largest word stands from the middle of the cloud, in points."""
    word, size, x, baseline = max(placed, key=lambda one: one[1])
    middle = (min(one[3] for one in placed) + max(one[3] for one in placed)) / 2
    across = x + width_of(word, size, SEMIBOLD) / 2 - width / 2
    return math.hypot(across, 2 * (baseline - middle))


def _attempt(
    words: Sequence[tuple[str, float]], width: int, height: int, seed: int
) -> list[Placed] | None:
    exact = dict(words)
    font = str(next(path for path in style.font_files() if path.stem.endswith("Semibold")))
    cloud = WordCloud(
        width=width,
        height=height,
        font_path=font,
        prefer_horizontal=1,
        relative_scaling=1,
        max_font_size=math.ceil(max(exact.values())),
        min_font_size=4,
        max_words=len(exact),
        margin=GAP + 2 * math.ceil(_overrun(exact, font)),
        random_state=seed,
        color_func=lambda *_, **__: "black",
    )
    try:
        cloud.generate_from_frequencies(exact)
    except ValueError:  # not even the first word found room
        return None
    placed = []
    for (word, _), size, (y, x), _, _ in cloud.layout_:
        if size < 0.92 * exact[word] - 0.5:
            return None
        face = ImageFont.truetype(font, size)
        left, above, _, _ = face.getbbox(word)
        placed.append((word, exact[word], x - left, y + face.getmetrics()[0] - above))
    return placed if len(placed) == len(exact) else None


def _overrun(exact: Mapping[str, float], font: str) -> float:
    """How much wider, in points, a word is on the page than in the package's pixels."""
    return max(
        0.0,
        *(
            width_of(word, size, SEMIBOLD) - ImageFont.truetype(font, int(size)).getlength(word)
            for word, size in exact.items()
        ),
    )


def _one_a_line(words: Sequence[tuple[str, float]], width: int) -> tuple[Placed, ...]:
    """When nothing else holds them: centred, one under the other."""
    lines = []
    baseline = 0.0
    for word, size in words:
        baseline += 1.2 * size
        lines.append((word, size, (width - width_of(word, size, SEMIBOLD)) / 2, baseline))
    return tuple(lines)
