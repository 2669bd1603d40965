"""purge(): remove what necbilan wrote for an event, and nothing else."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing, OutputError
from necbilan.publishing.locking import locked
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

__all__ = ["purge", "reminders"]

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
    ``before``, only outputs finished before that day, each whole.  Files that someone else
    put there stay.  Raises InputMissing where there is no output, OutputError for a symbolic
    link, OutputLocked where a run is writing: then nothing has gone.
    """
    found = {file: output for path in paths for file, output in _written(Path(path)).items()}
    chosen = {
        file: output
        for file, output in found.items()
        if before is None or _day(file, output) < before
    }
    if not dry_run:
        with contextlib.ExitStack() as held:
            for output in dict.fromkeys(chosen.values()):
                held.enter_context(locked(output))
            for file in chosen:
                _remove(file)
        for folder in {output.parent for output in chosen.values()}:
            with contextlib.suppress(OSError):  # only an empty one goes
                folder.rmdir()
    return list(chosen)


def reminders(paths: Sequence[str | Path], today: date) -> list[str]:
    """Of the events' folders among ``paths``, until when their spreadsheets may be kept.

    Purge never touches them: their names go when the organiser deletes them.
    """
    told = []
    for path in map(Path, paths):
        if not (path / "event.toml").is_file():
            continue
        day = read_event(path).event.retention
        if day is None:
            when = "fixez la date de leur suppression dans event.toml, clé retention"
        elif day < today:
            when = f"à supprimer depuis le {day:%d/%m/%Y}"
        else:
            when = f"à supprimer au plus tard le {day:%d/%m/%Y}"
        told.append(f"{path}\u00a0: les tableurs nominatifs n’ont pas été touchés\u202f; {when}.")
    return told


def _written(path: Path) -> dict[Path, Path]:
    """Each file that necbilan wrote there, and the output that it belongs to."""
    if path.is_symlink():
        raise OutputError(f"{path}\u00a0: c’est un lien symbolique\u202f; il n’est pas suivi.")
    if (path / "event.toml").is_file():
        path = Path("reports") / read_event(path).event.slug
    internal = path.with_name(f"{path.name}{INTERNAL}")
    candidates = [path, *sorted(path.iterdir())] if path.is_dir() else [path]
    candidates += [internal] if internal.is_dir() else []
    candidates = [candidate for candidate in candidates if not candidate.is_symlink()]
    outputs = [folder for folder in candidates if (folder / MANIFEST).is_file()]
    files = {file: output for output in outputs for file in _listed(output)}
    files |= {file: output for output in outputs for file in _beside(output)}
    files |= {left: _output_of(left) for left in candidates if _is_left_of_a_run(left)}
    if outputs and (path / ACCOUNT).is_file():
        files[path / ACCOUNT] = path
    files |= dict.fromkeys(_beside(path), path)
    if not files:
        raise InputMissing(f"{path}\u00a0: aucune sortie de necbilan ici.")
    return files


def _output_of(left: Path) -> Path:
    """The output that a run was writing when it left «slug.quarantaine» or «.slug.x.part»."""
    if hidden := _HIDDEN.fullmatch(left.name):
        return left.with_name(hidden[1])
    ending = next(ending for ending in BESIDE if left.name.endswith(ending))
    return left.with_name(left.name.removesuffix(ending))


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


def _day(file: Path, output: Path) -> date:
    """When the output was finished, for its manifest comes last; else when the file was."""
    manifest = output / MANIFEST
    dated = manifest if file.is_relative_to(output) and manifest.is_file() else file
    return date.fromtimestamp(dated.stat().st_mtime)


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
