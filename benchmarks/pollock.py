"""Score the reader on the Pollock benchmark, told nothing about any file.

    git clone https://github.com/HPI-Information-Systems/Pollock
    pip install multiset price-parser chardet joblib
    python benchmarks/pollock.py Pollock

Pollock (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading
Benchmark", PVLDB 16(8), 2023) has no licence: nothing of it is in this repository, its own
measures are imported from the folder given.  The simple score is the mean over the 2,290
polluted files of success + precision, recall and F1 of header, records and cells (0 to 10).
A file that we refuse scores 0; a physical line that nothing accounts for is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import io
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from necbilan.errors import UnreadableFile
from necbilan.sources.workbook import read


def converted(source: Path, target: Path) -> int:
    """Write what we read as Pollock wants it; returns lines not accounted for."""
    try:
        reading = read(source)
    except UnreadableFile as error:
        empty = error.problem.code == "E_EMPTY"  # an empty file holds an empty table
        target.write_text("" if empty else "Application Error", encoding="utf-8")
        return 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(reading.text.columns)
        writer.writerows(reading.text.itertuples(index=False))
    return abs(reading.account.balance())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a clone of Pollock")
    parser.add_argument("--only", default="", help="score only the files whose name holds this")
    parser.add_argument("--worst", type=int, default=15, help="how many of the worst to show")
    options = parser.parse_args()
    sys.path.insert(0, str(options.folder))
    metrics = __import__("pollock.metrics", fromlist=["metrics"])
    metrics.normalize_cell = functools.cache(metrics.normalize_cell)

    sources = sorted((options.folder / "polluted_files" / "csv").glob("*.csv"))
    sources = [source for source in sources if options.only in source.name]
    scores: dict[str, float] = {}
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "converted.csv"
        for source in sources:
            lost += converted(source, target)
            clean = options.folder / "polluted_files" / "clean" / source.name
            success = metrics.successful_csv(str(target))
            measured = (0.0,) * 9
            if success:
                with contextlib.redirect_stdout(io.StringIO()):
                    measured = metrics.header_record_cell_measures_csv(str(clean), str(target))
            scores[source.name] = success + sum(measured)
    kinds = defaultdict(list)
    for name, score in scores.items():
        kinds["_".join(name.split("_")[:3]).rstrip("0123456789.csv")].append(score)
    for kind, values in sorted(kinds.items()):
        print(f"{kind:32} {len(values):5} {sum(values) / len(values):7.3f}")
    for name in sorted(scores, key=lambda name: scores[name])[: options.worst]:
        print(f"  {scores[name]:7.3f} {name}")
    print(f"files {len(scores)}, simple score {sum(scores.values()) / len(scores):.3f} of 10")
    print(f"physical lines not accounted for: {lost}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
