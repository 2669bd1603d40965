"""A batch in two workers, against the same events one command after another.

    python benchmarks/batch_speed.py [--events 12] [--rounds 3]

Copies of the sample events; page, PDF and measures each. What counts are the ratios of the
medians: against one `necbilan report` an event (whole processes), and against a batch of one
worker (the gain of the second core alone).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parent.parent / "data_samples"
NECBILAN = [sys.executable, "-m", "necbilan.cli"]


def copies(place: Path, count: int) -> list[Path]:
    """``count`` folders, each with an id of its own."""
    samples = sorted(path for path in SAMPLES.iterdir() if (path / "event.toml").is_file())
    made = []
    for number in range(count):
        folder = place / f"evenement-{number:02d}"
        shutil.copytree(samples[number % len(samples)], folder)
        lines = (folder / "event.toml").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("id =")]
        text = "\n".join([f'id = "{folder.name}"', *kept]) + "\n"
        (folder / "event.toml").write_text(text, encoding="utf-8")
        made.append(folder)
    return made


def seconds(task: Callable[[], None]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folders = copies(place / "events", options.events)
        more = ["--out", str(place / "out"), "--formats", "html,pdf,measures", "--quiet"]

        def run(*command: str) -> None:
            subprocess.run([*NECBILAN, *command, *more], check=True, stdout=subprocess.DEVNULL)

        def one_by_one() -> None:
            for folder in folders:
                run("report", str(folder))

        sides: dict[str, Callable[[], None]] = {
            "one report at a time": one_by_one,
            "batch, 1 worker": lambda: run("batch", str(place / "events"), "--workers", "1"),
            "batch, 2 workers": lambda: run("batch", str(place / "events"), "--workers", "2"),
        }
        took: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(options.rounds):
            for side, task in sides.items():
                took[side].append(seconds(task))
    middle = {side: statistics.median(times) for side, times in took.items()}
    print(f"python {sys.version.split()[0]}, {options.events} events, {options.rounds} rounds")
    for side, time_taken in middle.items():
        print(f"{side}: {time_taken:.1f} s, {time_taken / options.events:.2f} s an event")
    batch = middle["batch, 2 workers"]
    print(f"ratio to one at a time {batch / middle['one report at a time']:.2f}")
    print(f"ratio to one worker {batch / middle['batch, 1 worker']:.2f}")
    return 0 if batch < middle["one report at a time"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
