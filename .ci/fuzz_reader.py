"""Mutate the example files for minutes: no bytes may crash, hang or swell the reader.

    python .ci/fuzz_reader.py [--seconds 300] [--seed 1]

Every round runs in a process of its own, so that an abort is seen; what it read, and what
it was, can be made again from the seed it prints.  Exit 1 at the first failure.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

DATA = Path(__file__).parents[1] / "tests" / "data"
ROUND = 60  # files a process
SLOWEST = 30.0  # seconds a file
MOST_MEMORY = 1024  # MiB a process


def examples() -> list[Path]:
    """Every example file small enough to be mutated many times."""
    found = sorted((DATA / "hostile").iterdir()) + sorted((DATA / "genuine").rglob("*.*"))
    kept = (path for path in found if path.is_file() and path.stat().st_size < 100_000)
    return [path for path in kept if path.suffix not in (".md", ".json")]


def mutated(data: bytes, draw: random.Random) -> bytes:
    """One to eight small wounds: bytes changed, cut, doubled, moved, numbers made huge."""
    wounded = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        if not wounded:
            break
        place = draw.randrange(len(wounded))
        length = draw.choice((1, 1, 2, 4, 16, 200))
        kind = draw.randrange(7)
        if kind == 0:
            wounded[place] = draw.randrange(256)
        elif kind == 1:
            del wounded[place : place + length]
        elif kind == 2:
            wounded[place:place] = wounded[place : place + length] * draw.choice((1, 2, 50))
        elif kind == 3:
            wounded[place:place] = draw.choice((b'"', b";", b"\n", b"\r", b"\0", b"<", b"&", b","))
        elif kind == 4:
            wounded[place : place + length] = draw.randbytes(length)
        elif kind == 5:
            digits = [index for index, byte in enumerate(wounded) if 48 <= byte <= 57]
            if digits:
                wounded[draw.choice(digits) : place] = draw.choice(
                    (b"99999999", b"-1", b"4294967295")
                )
        else:
            del wounded[place:]
    return bytes(wounded)


def rezipped(data: bytes, draw: random.Random) -> bytes:
    """A zip with one or two parts wounded inside and every sum right again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = [(info.filename, old.read(info)) for info in old.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return mutated(data, draw)
    except Exception as error:  # zlib.error on the example that is broken on purpose
        if type(error).__name__ != "error":
            raise
        return mutated(data, draw)
    chosen = {draw.randrange(len(parts)) for _ in range(draw.randint(1, 2))}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for index, (name, content) in enumerate(parts):
            if name not in new.namelist():
                new.writestr(name, mutated(content, draw) if index in chosen else content)
    return target.getvalue()


def one_round(seed: int) -> int:
    """Read ROUND mutated files in this process; prints the index of each before it is read."""
    from necbilan.errors import UnreadableFile
    from necbilan.sources.workbook import read

    draw = random.Random(seed)
    paths = examples()
    with tempfile.TemporaryDirectory() as folder:
        for index in range(ROUND):
            source = draw.choice(paths)
            data = source.read_bytes()
            inner = data.startswith(b"PK") and draw.random() < 0.7
            wounded = rezipped(data, draw) if inner else mutated(data, draw)
            target = Path(folder) / source.name
            target.write_bytes(wounded)
            print(index, source.name, flush=True)
            start = time.perf_counter()
            try:
                reading = read(target)
            except UnreadableFile:
                pass
            else:
                if reading.account.balance():
                    print("lines not accounted for")
                    return 1
            if time.perf_counter() - start > SLOWEST:
                print("too slow")
                return 1
    return int(_peak() > MOST_MEMORY)


def _peak() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", type=int, help="run that one round in this process")
    options = parser.parse_args()
    if options.round is not None:
        return one_round(options.round)
    end = time.monotonic() + options.seconds
    seed, files = options.seed, 0
    while time.monotonic() < end:
        command = [sys.executable, __file__, "--round", str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            print(f"round {seed} ended with {done.returncode} at: {done.stdout.splitlines()[-1:]}")
            print(done.stderr[-3000:])
            return 1
        files += ROUND
        seed += 1
    print(f"{files} mutated files read or refused, rounds {options.seed} to {seed - 1}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
