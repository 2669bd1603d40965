"""Read and type 50,000 rows × 15 columns of xlsx, against pandas + openpyxl reading it untyped.

    python benchmarks/read_speed.py [--rows 50000] [--rounds 3]

Both read the same file in the same run, in turn; what counts is the ratio of the medians
(below 1: we read and type faster than pandas reads).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd

from necbilan.sources.workbook import read

if TYPE_CHECKING:
    from collections.abc import Callable

HEADERS = [
    "N°", "Nom", "Prénom", "Courriel", "Téléphone", "Structure", "Profil", "Code postal",
    "Commune", "Inscrit le", "Montant (€)", "Note", "Présence", "Atelier", "Commentaire",
]  # fmt: skip


def build(path: Path, rows: int) -> None:
    """An invented list with texts, numbers, dates, codes and blanks."""
    draw = random.Random(20231012)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Inscriptions")
    sheet.append(HEADERS)
    opening = datetime(2023, 8, 21, 9)
    for number in range(1, rows + 1):
        sheet.append(
            [
                number,
                f"Nom{draw.randrange(9000)}",
                f"Prénom{draw.randrange(900)}",
                f"personne{number}@exemple.invalid",
                f"06 39 98 {draw.randrange(100):02d} {draw.randrange(100):02d}",
                f"Structure {draw.randrange(400)}",
                draw.choice(["Élu·e", "Médiateur", "Bénévole", None]),
                f"{draw.randrange(1000, 96000):05d}",
                draw.choice(["Metz", "Nancy", "Woippy", "Thionville"]),
                opening + timedelta(minutes=draw.randrange(80_000)),
                draw.randrange(0, 25000) / 100,
                draw.randrange(0, 11),
                draw.choice(["oui", "non", None]),
                draw.choice(["Repérer et orienter", "Accès aux droits", None]),
                draw.choice([None, None, "Très bien, merci !", "Salle trop froide"]),
            ]
        )
    book.save(path)


def seconds(task: Callable[[Path], object], path: Path) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    task(path)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.xlsx"
        build(path, options.rows)
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(seconds(read, path))
            theirs.append(seconds(lambda file: pd.read_excel(file, engine="openpyxl"), path))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"python {sys.version.split()[0]}, {options.rows} rows × {len(HEADERS)} columns")
    medians = statistics.median(ours), statistics.median(theirs)
    print("necbilan {:.2f} s, pandas+openpyxl {:.2f} s".format(*medians))
    print(f"ratio {ratio:.2f}; peak memory {peak // 1024} MB")
    return 0 if ratio < 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
