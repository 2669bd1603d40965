"""Maps of where the public came from: around the event, and France by département."""

from necbilan.figures.maps.around import around
from necbilan.figures.maps.france import departments

__all__ = ["around", "departments"]
