"""One run at a time writes an output; the others are told who does."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from typing import IO, TYPE_CHECKING

from necbilan.errors import OutputLocked
from necbilan.publishing.refusals import no_place, write_failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["lock_of", "locked"]


_OPENED = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
"""a link in the place of the lock would have its file emptied"""


def lock_of(target: Path) -> Path:
    """The file whose lock is the right to write ``target``."""
    return target.with_name(f".{target.name}.lock")


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold ``.slug.lock``; the system frees it when its holder dies, whatever killed it."""
    path = lock_of(target)
    file = _held(path, target)
    try:
        _sign(file, path)
        yield
    finally:
        if sys.platform != "win32":  # Windows removes no open file: it stays, empty
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # what a full disk refused is still to be written
            file.close()


def _sign(file: IO[str], path: Path) -> None:
    """Say in the lock who holds it.  Raises WriteFailed."""
    try:
        file.write(f"processus {os.getpid()} sur {socket.gethostname()}")
        file.flush()
    except OSError as error:
        raise write_failed(path.name, path.parent, error) from error


def _held(path: Path, target: Path) -> IO[str]:
    """The lock file, open and ours; taken again when its last holder removed it meanwhile."""
    while True:
        try:
            file = os.fdopen(os.open(path, _OPENED, 0o666), "a+", encoding="utf-8")
        except OSError as error:
            raise no_place(target.parent, error) from error
        if not _take(file):
            with file:
                raise OutputLocked(
                    f"{target}\u00a0: une autre exécution de necbilan y écrit "
                    f"({_holder(file)})\u202f; attendez qu’elle finisse, ou choisissez "
                    "un autre dossier avec --out."
                )
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                file.seek(0)
                file.truncate()
                return file
        file.close()


def _holder(file: IO[str]) -> str:
    """What the holder wrote; it may need a moment to do so."""
    for _ in range(20):
        file.seek(0)
        if written := file.read(200).strip():
            return written
        time.sleep(0.01)
    return "elle vient de commencer"


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> bool:
        """Lock a byte far beyond the text, which stays readable to the others."""
        file.seek(1_000_000)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        """Whether the lock is ours now."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
