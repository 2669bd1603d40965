"""The bytes of event.toml and their text, however an editor named and saved them."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["decoded", "event_bytes"]


def event_bytes(root: Path) -> bytes:
    """The event.toml of a folder.  Raises InputMissing saying what to do instead."""
    try:
        there = root.exists()
    except (OSError, ValueError):  # longer than the system takes, or no path at all
        raise InputMissing("le chemin du dossier est trop long, ou n’en est pas un.") from None
    if not there:
        raise InputMissing(f"{root} : ce dossier n’existe pas. Vérifiez le chemin indiqué.")
    if not root.is_dir():
        raise InputMissing(
            f"{root} : ce n’est pas un dossier. Indiquez le dossier de l’événement, "
            "celui qui contient event.toml et les tableurs."
        )
    path = root / "event.toml"
    try:
        return path.read_bytes() if path.is_file() else _missing(root)
    except PermissionError:
        raise InputMissing(
            f"{path} : la lecture est refusée. Vérifiez les droits de ce dossier et de ce fichier."
        ) from None


def _missing(root: Path) -> bytes:
    """A name that Windows completed is told; else the three lines to write."""
    near = [path.name for path in root.iterdir() if path.name.casefold().startswith("event.toml")]
    if near:
        raise InputMissing(
            f"{root} : le fichier « {min(near)} » doit s’appeler event.toml. Renommez-le (dans "
            "l’Explorateur de Windows, affichez d’abord les extensions des noms de fichiers)."
        )
    raise InputMissing(
        f"{root} : event.toml est introuvable. Créez ce fichier texte à côté des tableurs, avec "
        'au moins trois lignes : la première name = "NEC de ma ville 2025", la deuxième '
        'date = 2025-10-16, la troisième place = "Médiathèque, Ma Ville".'
    )


def decoded(content: bytes) -> str:
    """UTF-8 as TOML asks, or what an editor of Windows made of it: UTF-16 or cp1252."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
