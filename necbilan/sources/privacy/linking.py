"""The key that makes the same person the same pseudonym in two editions, in a file of one's own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from necbilan.errors import OutputError, UsageError

__all__ = ["link_key"]

SIZE = 32
"""bytes: as long as the digest of HMAC-SHA-256 (Krawczyk, Bellare, Canetti, RFC 2104, 1997)"""
OTHERS = 0o077


def link_key(path: str | Path) -> bytes:
    """The key of that file, drawn and written (mode 0600) when there is none yet.

    Who holds the key and the lists can tell who came again; it is never written elsewhere.
    Raises UsageError when the file is no key or others may read it, OutputError when it
    cannot be written.
    """
    file = Path(path)
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    except OSError as error:
        raise OutputError(
            f"{file}\u00a0: la clé ne peut pas être écrite ici ({error.strerror})\u202f; "
            "choisissez un autre dossier."
        ) from error
    key = secrets.token_bytes(SIZE)
    with os.fdopen(number, "w", encoding="ascii") as written:
        written.write(key.hex() + "\n")
    return key


def _read(file: Path) -> bytes:
    if os.name == "posix" and file.stat().st_mode & OTHERS:
        raise UsageError(
            f"{file}\u00a0: d’autres que vous peuvent lire cette clé\u202f; réservez-la-vous "
            "(chmod 600), ou tirez-en une autre."
        )
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != SIZE:
        raise UsageError(
            f"{file}\u00a0: ce n’est pas une clé de necbilan\u202f; indiquez un nouveau fichier, "
            "qui sera créé."
        )
    return key
