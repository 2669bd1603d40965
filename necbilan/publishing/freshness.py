"""Whether an output is still what its inputs would give: made from the same, and whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan import __version__
from necbilan.publishing.outputs import MANIFEST, entries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_current", "made_from"]


def made_from(
    folder: str | Path, formats: Sequence[str], language: str, *, internal: bool = False
) -> str:
    """One sha256 of all that decides an output: each file of the event, options, version.

    Hidden files and the lock files of office suites are no inputs; a file that cannot be
    read stands with its name alone, for ``load`` to tell.
    """
    asked = [__version__, language, str(internal), *sorted(formats)]
    told = [*asked, *(f"{name} {digest}" for name, digest in _inputs(Path(folder)))]
    return hashlib.sha256("\n".join(told).encode(errors="surrogatepass")).hexdigest()


def _inputs(folder: Path) -> list[tuple[str, str]]:
    return [
        (path.relative_to(folder).as_posix(), _digest(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "~$"))
    ]


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def is_current(output: Path, asked: str) -> bool:
    """Whether ``output`` was made from just that, and each of its files is as it was written."""
    try:
        manifest = json.loads((output / MANIFEST).read_bytes())
        found = {entry["path"]: entry for entry in entries_of(output)}
        whole = all(found.get(entry["path"]) == entry for entry in manifest["files"])
        return bool(whole and manifest["made_from"] == asked)
    except (OSError, ValueError, KeyError, TypeError):
        return False
