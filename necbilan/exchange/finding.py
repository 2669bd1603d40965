"""Which events the paths of a command mean."""

from __future__ import annotations

from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.exchange.writing import MEASURES_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unfolded"]


def unfolded(paths: Sequence[str | Path]) -> list[Path]:
    """The events meant by ``paths``, in order.

    A pattern (Windows leaves the star of ``reports/*/measures.csv`` to us) gives the files
    that match it; a folder that is no event gives the events and outputs directly below it.
    What names nothing is kept as it is, for its absence to be told.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        pattern = not path.exists() and set("*?") & set(str(path))
        matching = sorted(map(Path, glob(str(path)))) if pattern else []  # noqa: PTH207  # may be absolute
        for one in matching or [path]:
            found += _events_below(one) or [one]
    return found


def _events_below(folder: Path) -> list[Path]:
    if not folder.is_dir() or _is_event(folder):
        return []
    return [below for below in sorted(folder.iterdir()) if _is_event(below)]


def _is_event(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("event.toml", MEASURES_FILE))
