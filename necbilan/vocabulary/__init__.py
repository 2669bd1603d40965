"""The words that files are made of, as data, and the one module that reads them.

Each ``<name>.toml`` here is a vocabulary with its source in its first comment; one file a
tool in ``formats/``.  The words of reports are in ``necbilan/words``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["names", "read"]


@cache
def read(name: str) -> Mapping[str, Any]:
    """The vocabulary ``name`` ("fields", "formats/framaforms"), parsed once.

    What is returned is shared by all: read it, never change it.  Raises
    FileNotFoundError when necbilan has no such vocabulary.
    """
    *folders, last = name.split("/")
    place = files(__name__).joinpath(*folders, f"{last}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def names(folder: str) -> tuple[str, ...]:
    """The vocabularies of a folder ("formats"), as names for ``read``, sorted."""
    place = files(__name__).joinpath(folder)
    found = (entry.name for entry in place.iterdir() if entry.is_file())
    return tuple(sorted(f"{folder}/{name[:-5]}" for name in found if name.endswith(".toml")))
