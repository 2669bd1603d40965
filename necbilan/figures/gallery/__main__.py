"""Write the gallery: ``python -m necbilan.figures.gallery OUT``."""

from __future__ import annotations

import sys
from pathlib import Path

from necbilan.figures.gallery import charts, page


def main(arguments: list[str]) -> int:
    """Write gallery.html and one SVG a drawing into the folder named first."""
    if len(arguments) != 1:
        sys.stderr.write("usage : python -m necbilan.figures.gallery DOSSIER\n")
        return 64
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    drawn = list(charts())
    (out / "gallery.html").write_text(page(drawn), encoding="utf-8")
    for case, chart in drawn:
        (out / f"{case}-{chart.id}.svg").write_text(chart.svg, encoding="utf-8")
        (out / f"{case}-{chart.id}-narrow.svg").write_text(chart.narrow, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
