"""The bytes of event.toml and their text, however an editor named and saved them."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from necbilan.errors import InputMissing

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["EVENT_FILE", "decoded", "event_bytes"]

EVENT_FILE = "event.toml"
_SHOWN = 3


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
    path = root / EVENT_FILE
    try:
        return path.read_bytes() if path.is_file() else _missing(root)
    except PermissionError:
        raise InputMissing(
            f"{path} : la lecture est refusée. Vérifiez les droits de ce dossier et de ce fichier."
        ) from None


def _missing(root: Path) -> bytes:
    """A name that Windows completed, or a folder of events, is told; else what to write."""
    near = [path.name for path in root.iterdir() if path.name.casefold().startswith("event.toml")]
    if near:
        raise InputMissing(
            f"{root} : le fichier « {min(near)} » doit s’appeler event.toml. Renommez-le (dans "
            "l’Explorateur de Windows, affichez d’abord les extensions des noms de fichiers)."
        )
    events = sorted(path.parent.name for path in root.glob(f"*/{EVENT_FILE}"))
    if events:
        shown = ", ".join(events[:_SHOWN]) + ("…" if len(events) > _SHOWN else "")
        raise InputMissing(
            f"{root} : event.toml est introuvable ici, mais se trouve dans : {shown}. Indiquez "
            f"le dossier d’un événement ; pour les faire tous : necbilan batch {root}"
        )
    named = re.sub(r"[^\w’' -]+|_+", " ", root.resolve().name).strip() or "NEC de ma ville"
    raise InputMissing(
        f"{root} : event.toml est introuvable. Avec un éditeur de texte (le Bloc-notes "
        "convient), créez-le à côté des tableurs, avec ces trois lignes à corriger :\n"
        f'  name = "{named[:60]}"\n  date = 2025-10-16\n  place = "Médiathèque, Ma Ville"'
    )


def decoded(content: bytes) -> str:
    """UTF-8 as TOML asks, or what an editor made of it: UTF-16, cp1252, lines ended by CR."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
