"""Kill a report at random instants, many times: the output is always whole (scenario S02).

python .ci/kill_loop.py [times]      100 by default, about 4 s each
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVENT = ROOT / "data_samples/littoral-2024"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main(times: int) -> int:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        command = [sys.executable, "-m", "necbilan.cli", "report", str(EVENT), "--out", str(out)]
        start = time.monotonic()
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        longest = time.monotonic() - start
        output = out / EVENT.name
        whole = hashes(output)
        chance = random.Random(9)
        finished = absent = 0
        for _ in range(times):
            run = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(chance.uniform(0, 1.1 * longest))
            run.kill()
            finished += run.wait() == 0
            if not output.exists():  # between the two renames: the next run puts it back
                absent += 1
            elif hashes(output) != whole:
                print("a torn output")
                return 1
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        if hashes(output) != whole or [path.name for path in out.iterdir()] != [EVENT.name]:
            print("the run after the kills did not finish the work")
            return 1
    print(
        f"{times} kills: 0 torn output, {finished} runs had finished before, {absent} times the "
        "folder was set aside at that instant; the next run gave the undisturbed bytes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
