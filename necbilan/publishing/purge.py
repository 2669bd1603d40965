"""purge(): remove what necbilan wrote for an event, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing, OutputError
from necbilan.publishing.outputs import (
    ACCOUNT,
    APART,
    BESIDE,
    INTERNAL,
    MANIFEST,
    PART,
    drafts_of,
)
from necbilan.sources.event.file import read_event, safe_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["purge"]

_HIDDEN = re.compile(
    rf"\.(.+?)\.(?:[a-z0-9_]{{8}}(?:{re.escape(APART)})?{re.escape(PART)}|precedent)"
)
"""what a run that was killed leaves: drafts as ``tempfile`` names them, a folder set aside"""


def purge(
    paths: Sequence[str | Path], before: date | None = None, *, dry_run: bool = False
) -> list[Path]:
    """Remove the outputs of ``paths``; the files removed (or that would be), in order.

    A path is an output folder (its internal edition goes with it), a folder of them, or
    an event's folder (its output in ``reports/`` is meant: inputs are never touched).  With
    ``before``, only what was written before that day.  Files that someone else put there
    stay.  Raises InputMissing where there is no output, OutputError for a symbolic link.
    """
    found = [file for path in paths for file in _written(Path(path))]
    chosen = [file for file in dict.fromkeys(found) if before is None or _day(file) < before]
    if not dry_run:
        for file in chosen:
            _remove(file)
    return chosen


def _written(path: Path) -> list[Path]:
    if path.is_symlink():
        raise OutputError(f"{path}\u00a0: c’est un lien symbolique\u202f; il n’est pas suivi.")
    if (path / "event.toml").is_file():
        path = Path("reports") / read_event(path).event.slug
    internal = path.with_name(f"{path.name}{INTERNAL}")
    candidates = [path, *sorted(path.iterdir())] if path.is_dir() else [path]
    candidates += [internal] if internal.is_dir() else []
    candidates = [candidate for candidate in candidates if not candidate.is_symlink()]
    outputs = [folder for folder in candidates if (folder / MANIFEST).is_file()]
    files = [file for output in outputs for file in (*_listed(output), *_beside(output))]
    files += [left for left in candidates if _is_left_of_a_run(left)]
    files += [path / ACCOUNT] if outputs and (path / ACCOUNT).is_file() else []
    files += _beside(path)
    if not files:
        raise InputMissing(f"{path}\u00a0: aucune sortie de necbilan ici.")
    return files


def _is_left_of_a_run(path: Path) -> bool:
    """«slug.quarantaine», «.slug.xxxxxxxx.part»; a name that is no slug's is someone else's."""
    hidden = _HIDDEN.fullmatch(path.name)
    if hidden:
        return hidden[1] == ACCOUNT or safe_slug(hidden[1]) is not None
    return any(
        path.name.endswith(ending) and safe_slug(path.name.removesuffix(ending)) is not None
        for ending in BESIDE
    )


def _listed(output: Path) -> Iterable[Path]:
    """The files of the manifest that are there, inside the folder, then the manifest."""
    try:
        entries = json.loads((output / MANIFEST).read_bytes())["files"]
        names = [str(entry["path"]) for entry in entries]
    except (ValueError, KeyError, TypeError):
        raise OutputError(
            f"{output / MANIFEST}\u00a0: ce fichier n’est plus lisible\u202f; supprimez le dossier "
            "à la main."
        ) from None
    root = output.resolve()
    for name in names:
        file = output / name
        if not file.is_symlink() and file.is_file() and file.resolve().is_relative_to(root):
            yield file
    yield output / MANIFEST


def _beside(output: Path) -> list[Path]:
    named = [output.with_name(output.name + ending) for ending in BESIDE]
    hidden = [output.with_name(f".{output.name}.precedent")]
    found = (*named, *hidden, *drafts_of(output))
    return [path for path in found if path.exists() and not path.is_symlink()]


def _day(path: Path) -> date:
    return date.fromtimestamp(path.stat().st_mtime)


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
            for folder in (path.parent, path.parent.parent):
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
    except OSError as error:
        raise OutputError(
            f"{path}\u00a0: la suppression est refusée ({error.strerror})\u202f; fermez ce fichier "
            "et relancez."
        ) from error
