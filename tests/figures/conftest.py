"""The gallery's cases, spelled, drawn and taken apart once."""

from __future__ import annotations

import pytest
from svg_reading import taken_apart

from necbilan.figures import gallery
from necbilan.figures.gallery.easy import easy


@pytest.fixture(scope="session")
def metz():
    return easy()


@pytest.fixture(scope="session")
def drawn():
    """Every chart of every case of the gallery: (case, chart)."""
    return tuple(gallery.charts())


@pytest.fixture(scope="session")
def drawings(drawn):
    """Every drawing of the gallery taken apart: name -> Drawing."""
    return {
        f"{case}-{chart.id}-{width}": taken_apart(svg)
        for case, chart in drawn
        for width, svg in (("wide", chart.svg), ("narrow", chart.narrow))
    }
