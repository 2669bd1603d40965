"""Check what the README's main command made: the published Metz figures, from the files."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pandas as pd

EXPECTED = {
    ("present", ""): 181,
    ("organisations", ""): 71,
    ("speakers", ""): 15,
    ("activities", "Atelier professionnel"): 4,
    ("activities", "Stand découverte"): 5,
    ("budget_actual", ""): 14000,
    ("audience", "professional"): 118,
    ("responses", ""): 58,
    ("mobilised", ""): 19,
}


def main(folder: Path) -> int:
    for name in ("bilan.html", "bilan.pdf", "bilan.ipynb", "measures.csv", "datapackage.json"):
        if not (folder / name).stat().st_size:
            raise SystemExit(f"{name} is empty")
    if not (folder / "bilan.pdf").read_bytes().startswith(b"%PDF-"):
        raise SystemExit("bilan.pdf is no PDF")
    measures = pd.read_csv(folder / "measures.csv", keep_default_na=False, dtype=str)
    for (metric, level), value in EXPECTED.items():
        found = measures[
            (measures["metric"] == metric)
            & (measures["group"] == "")
            & (measures["level"] == level)
        ]
        if len(found) != 1 or float(found["value"].iloc[0]) != value:
            raise SystemExit(f"{metric} {level}: expected {value}, found {list(found['value'])}")
    share = measures[measures["metric"] == "satisfied_share"].iloc[0]
    if (round(float(share["low"]), 3), round(float(share["high"]), 3)) != (0.768, 0.923):
        raise SystemExit(f"satisfied_share: interval {share['low']}–{share['high']}")
    page = (folder / "bilan.html").read_text(encoding="utf-8")
    for text in ("181", "71", "14\u202fk€", "Regard croisé Danemark, Luxembourg, France"):
        if text not in page:
            raise SystemExit(f"bilan.html does not say {text}")
    if re.search(r"<script|https?://(?!creativecommons|www\.w3\.org)", page):
        raise SystemExit("bilan.html has a script or an outside address")
    json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    print(f"{folder}: {len(measures)} measures, as published")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
