"""The page and the PDF of one report, against the stock tools making the stock page alone.

    python benchmarks/report_speed.py [FOLDER] [--rounds 5]

Whole processes, in turn, in one run: `necbilan report` (loading, measures, page, PDF, leak
test, replacement) and `papermill` then `jupyter nbconvert --to html` (the same notebook, no
PDF, no leak test). What counts is the ratio of the medians: below 1, ours is the faster.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "bilan.ipynb"
TOOLS = Path(sys.executable).parent


def commands(folder: Path, work: Path) -> dict[str, list[list[str]]]:
    """What each side runs, one command after another."""
    executed = str(work / "out.ipynb")
    ours = ["report", str(folder), "--out", str(work / "reports"), "--formats", "html,pdf"]
    return {
        "necbilan": [[str(TOOLS / "necbilan"), *ours, "--quiet"]],
        "stock": [
            [str(TOOLS / "papermill"), str(NOTEBOOK), executed, "-p", "folder", str(folder)],
            [str(TOOLS / "jupyter"), "nbconvert", "--to", "html", executed],
        ],
    }


def seconds(lines: list[list[str]]) -> float:
    """Wall time of the commands; raises when one of them fails."""
    start = time.perf_counter()
    for line in lines:
        subprocess.run(line, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default=ROOT / "data_samples" / "metz-2023", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sides = commands(options.folder.resolve(), Path(work))
        for lines in sides.values():
            seconds(lines)  # caches warm on both sides
        took: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, lines in sides.items():
                took[name].append(seconds(lines))
    print(f"python {sys.version.split()[0]}, {options.folder.name}, {options.rounds} rounds")
    for name, times in took.items():
        low, middle, high = min(times), statistics.median(times), max(times)
        print(f"{name}: {middle:.2f} s ({low:.2f} to {high:.2f})")
    ratio = statistics.median(took["necbilan"]) / statistics.median(took["stock"])
    print(f"ratio {ratio:.2f}")
    return 0 if ratio < 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
