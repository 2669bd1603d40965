"""The surnames that people of France bear, from INSEE's list of family names.

    python necbilan/reference/rebuild/surnames.py necbilan/reference/pack

The package that the first names come from holds them too, the most borne first, and says how
many of them 100 people or more were born with.  Names that are English words are left out: with
a capital they are software and games («Rust», «Docker», «Steam»).
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from necbilan.reference.keys import place_key
from necbilan.reference.rebuild.first_names import members

if TYPE_CHECKING:
    from collections.abc import Iterable

COUNTED = 1
"""place, in the first line of the list, of the number of names borne by 100 people or more"""
SHORTEST = 3
PARTICLES = frozenset(("les", "des", "del", "dit", "von", "van", "den", "der", "ben", "aux", "sur"))


def main(pack: Path) -> None:
    """Write surnames.csv.gz: key, one a word («Le Goff»: goff), particles left out."""
    (text,) = members(lambda name: name.endswith("/dist.all.txt"))
    head, names = text.split("\n", 1)
    count = int(head.split()[COUNTED])
    words = {word for name in names.strip().split(",")[:count] for word in place_key(name).split()}
    english = {word.decode() if isinstance(word, bytes) else word for word in dictionary()}
    kept = sorted(word for word in words - PARTICLES - english if len(word) >= SHORTEST)
    (pack / "surnames.csv.gz").write_bytes(
        gzip.compress("\n".join(("key", *kept, "")).encode(), compresslevel=9, mtime=0)
    )


def dictionary() -> Iterable[str | bytes]:
    """English words, in lower case."""
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("en")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
