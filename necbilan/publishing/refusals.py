"""What the system refuses when results are written, as a sentence that says what to do."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

from necbilan.errors import OutputError, WriteFailed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["is_full", "no_place", "write_failed"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: OSError) -> bool:
    return error.errno in _FULL


def write_failed(name: str, folder: Path, error: OSError) -> OutputError:
    """Why ``name`` could not be written; a full disk is told with what is free on it."""
    if is_full(error):
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        free = shutil.disk_usage(there).free / 1e6
        return WriteFailed(
            f"{name}\u00a0: l’écriture s’est arrêtée, le disque est plein "
            f"({free:.1f} Mo libres)\u202f; libérez de la place et relancez. "
            "Les sorties précédentes sont intactes."
        )
    return WriteFailed(
        f"{name}\u00a0: l’écriture a échoué ({error.strerror or type(error).__name__})\u202f; "
        "les sorties précédentes sont intactes."
    )


def no_place(folder: Path, error: OSError) -> OutputError:
    """Why nothing can be written in ``folder``, and what to do."""
    if is_full(error):
        return write_failed(folder.name, folder.parent, error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return OutputError(
            f"{folder}\u00a0: un fichier porte déjà ce nom\u202f; "
            "choisissez un autre dossier avec --out."
        )
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(
            "le chemin du dossier des sorties est trop long\u202f; "
            "choisissez-en un plus court avec --out."
        )
    return OutputError(
        f"{folder}\u00a0: ce dossier n’est pas accessible en écriture\u202f; "
        "choisissez-en un autre avec --out."
    )
