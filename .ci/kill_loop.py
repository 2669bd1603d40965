"""Kill a report, then a batch, at random instants, many times: outputs are always whole (S02).

python .ci/kill_loop.py [times]      100 of each by default, about 4 s and 8 s each
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVENTS = [ROOT / "data_samples" / name for name in ("littoral-2024", "opale-2025")]
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
SECONDS_TO_END = 30


@dataclass(frozen=True)
class Work:
    """A command whose outputs, ``names`` in ``out``, must never be torn."""

    verb: str
    arguments: tuple[str, ...]
    out: Path
    names: tuple[str, ...]

    def started(self) -> subprocess.Popen[bytes]:
        """The command, in a group of processes of its own."""
        command = [sys.executable, "-m", "necbilan.cli", self.verb, *self.arguments]
        return subprocess.Popen(
            [*command, "--out", str(self.out)],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def hashes(self) -> dict[str, dict[str, str]]:
        """Of each output that stands there, by its name."""
        return {name: hashes(self.out / name) for name in self.names if (self.out / name).exists()}


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def ended(group: int) -> bool:
    """Whether every process of the group is gone, within some time."""
    until = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def fault(work: Work, times: int) -> str:
    """What went wrong while it was killed that many times; '' when nothing did."""
    start = time.monotonic()
    if work.started().wait() != 0:
        return "the undisturbed run failed"
    longest = time.monotonic() - start
    whole, standing = work.hashes(), sorted(path.name for path in work.out.iterdir())
    chance = random.Random(9)
    finished = absent = 0
    for turn in range(times):
        run = work.started()
        time.sleep(chance.uniform(0, 1.1 * longest))
        finished += run.poll() == 0
        if turn % 2:
            run.kill()  # its workers are left behind
        elif run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)  # all at once, as when the power goes
        run.wait()
        if not ended(run.pid):
            return "a worker outlived its parent"
        found = work.hashes()
        absent += len(whole) - len(found)  # between the two renames: the next run puts it back
        if any(found[name] != whole[name] for name in found):
            return "a torn output"
    if work.started().wait() != 0 or work.hashes() != whole:
        return "the run after the kills did not finish the work"
    if sorted(path.name for path in work.out.iterdir()) != standing:
        return "something of a killed run is left"
    print(
        f"{work.verb}: {times} kills, 0 torn output, {finished} runs had finished before, {absent} "
        "times an output was set aside at that instant; the next run gave the undisturbed bytes",
        flush=True,
    )
    return ""


def main(times: int) -> int:
    folders = tuple(map(str, EVENTS))
    with tempfile.TemporaryDirectory() as place:
        report = Work("report", folders[:1], Path(place) / "report", (EVENTS[0].name,))
        names = tuple(event.name for event in EVENTS)
        batch = Work("batch", (*folders, "--workers", "2"), Path(place) / "batch", names)
        for work in (report, batch):
            if wrong := fault(work, times):
                print(f"{work.verb}: {wrong}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
