"""How much of each page of a PDF stays white at its foot, measured on what is printed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

TOP, FOOT = 15 / 25.4 * 72, 18 / 25.4 * 72
"""points that the margins of an upright report take (templates/report.typ)"""
INK = 200
"""grey under which something is printed"""
MOST_AT_THE_FOOT = 0.25
LEAST_OF_THE_LAST = 1 / 3


def at_the_foot(pdf: Path) -> list[float]:
    """The part of each page's body, between the margins, under its last ink; 1 of an empty one."""
    whites = []
    for page in pypdfium2.PdfDocument(io.BytesIO(pdf.read_bytes())):
        grey = np.asarray(page.render().to_pil().convert("L"))
        body = grey[round(TOP) : round(grey.shape[0] - FOOT)]
        inked = np.flatnonzero(body.min(axis=1) < INK)
        whites.append(1 - (inked.max() + 1 if len(inked) else 0) / len(body))
    return whites


def widest_between(pdf: Path) -> list[float]:
    """The tallest white band between two inked lines of each page, a part of its height."""
    widest = []
    for page in pypdfium2.PdfDocument(io.BytesIO(pdf.read_bytes())):
        grey = np.asarray(page.render().to_pil().convert("L"))
        inked = np.flatnonzero(grey.min(axis=1) < INK)
        widest.append(float(np.diff(inked).max()) / len(grey))
    return widest


def too_white(pdf: Path) -> dict[int, float]:
    """The pages, from 1, with too much white: the first excepted, the last allowed more."""
    whites = dict(enumerate(at_the_foot(pdf), start=1))
    most = dict.fromkeys(whites, MOST_AT_THE_FOOT)
    most |= {max(whites): 1 - LEAST_OF_THE_LAST, 1: 1.0}
    return {page: round(white, 2) for page, white in whites.items() if white > most[page]}
