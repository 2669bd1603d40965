"""Where results are written so that nothing is ever lost or half-written.

A run holds a lock, builds beside, fsyncs, is searched for identifiers, and only then
replaces the previous folder in one rename; ``manifest.json`` (sha256 of each file) is
written last.  What stops a run leaves the previous folder as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan import __version__
from necbilan.errors import Interrupted, LeakFound, OutputError, UsageError
from necbilan.publishing.leaks import search
from necbilan.publishing.locking import lock_of, locked
from necbilan.publishing.refusals import is_full, no_place, write_failed
from necbilan.sources.event.file import safe_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = [
    "ACCOUNT",
    "BESIDE",
    "INTERNAL",
    "MANIFEST",
    "Draft",
    "building",
    "drafts_of",
    "entries_of",
    "manifest_of",
    "write_whole",
]

MANIFEST = "manifest.json"
ACCOUNT = "lot.csv"
"""what became of each event of a batch, next to their outputs"""
BESIDE = (".quarantaine", ".nouveau", ".echec.ipynb", ".a-relire.html")
"""endings of what stands next to the output and is not for publishing: what a run that
failed left, and the page that says what a human has still to decide"""
INTERNAL = "-interne"
"""ending of the folder of the team's edition"""
PART = ".part"
"""ending of what is being written, hidden next to the output"""
APART = ".a-part"
"""the folder of a draft that holds, until the end, what will stand next to the output"""


@dataclass(frozen=True)
class Draft:
    """The folder being built; ``write`` is the only way in."""

    folder: Path
    target: Path

    def write(self, name: str, content: bytes | str) -> Path:
        """Write ``name`` (a path below the folder, "/" between its parts) to the disk.

        Raises UsageError for a path that leaves the folder, WriteFailed naming the file
        and the free space when the disk refuses.
        """
        parts = name.split("/")
        if any(part in {"", ".", ".."} or set(part) & set('\\:*?"<>|\0') for part in parts):
            raise UsageError(f"«\u00a0{name}\u00a0» n’est pas un nom de fichier de sortie.")
        path = self.folder.joinpath(*parts)
        data = content.encode() if isinstance(content, str) else content
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise write_failed(name, self.folder, error) from error
        return path

    def write_beside(self, name: str, content: bytes | str) -> Path:
        """Write what will stand next to the output as ``slug.name``, outside what is published.

        It is searched for identifiers and comes with the output, or not at all.
        """
        return self.write(f"{APART}/{name}", content)

    def keep_beside(self, name: str, content: bytes, *identifiers: Identifiers) -> Path | None:
        """Keep ``slug.name`` next to the output, unless it holds an identifier; its path."""
        path = self.write(name, content)
        if search([path], *identifiers):
            path.unlink()
            return None
        return path.replace(self.target.with_name(f"{self.target.name}.{name}"))


@contextlib.contextmanager
def building(
    out: str | Path, slug: str, *identifiers: Identifiers, made_from: str = ""
) -> Iterator[Draft]:
    """Build ``out/slug``: the block writes into the Draft, its end publishes.

    ``made_from`` goes into the manifest, to know an output that is still current.
    Raises OutputLocked, OutputError, WriteFailed, LeakFound (the output then waits in
    ``slug.quarantaine``, readable by its owner alone), Interrupted on Ctrl-C.
    """
    target = _target(Path(out), slug)
    with locked(target):
        _mend(target)
        try:
            part = Path(tempfile.mkdtemp(prefix=f".{slug}.", suffix=PART, dir=target.parent))
        except OSError as error:
            raise no_place(target.parent, error) from error
        draft = Draft(part, target)
        try:
            yield draft
            with _told(draft):
                _publish(draft, identifiers, made_from)
        except KeyboardInterrupt:
            raise Interrupted(
                "interrompu\u202f; le travail en cours est abandonné, les sorties précédentes "
                "sont intactes."
            ) from None
        finally:
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(_apart_of(part), ignore_errors=True)


@contextlib.contextmanager
def _told(draft: Draft) -> Iterator[None]:
    """What the disk refuses while a draft takes its place is told as any refused write."""
    try:
        yield
    except OSError as error:
        raise write_failed(draft.target.name, draft.target.parent, error) from error


def _target(out: Path, slug: str) -> Path:
    if safe_slug(slug) is None:
        raise UsageError(
            "l’identifiant de l’événement ne peut pas nommer un dossier\u202f; lettres minuscules, "
            "chiffres et tirets, 64 au plus, et aucun nom réservé de Windows (con, nul…)."
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise no_place(out, error) from error
    target = out / slug
    if (target / "event.toml").exists():
        raise OutputError(
            f"{target}\u00a0: le bilan prendrait la place du dossier de l’événement et de ses "
            "tableurs\u202f; choisissez un autre dossier avec --out, par exemple --out bilans."
        )
    hidden = (_aside(target), lock_of(target))
    links = [path for path in (target, *hidden, *_files(target)) if path.is_symlink()]
    if links:
        raise OutputError(
            f"{links[0]}\u00a0: c’est un lien symbolique\u202f; il n’est pas suivi. "
            "Supprimez-le, ou choisissez un autre dossier avec --out."
        )
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}\u00a0: un fichier porte déjà ce nom\u202f; déplacez-le.")
    return target


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _mend(target: Path) -> None:
    """Put right what a run killed in the middle left: its drafts, or a folder set aside."""
    aside = _aside(target)
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)
    for left in drafts_of(target):
        shutil.rmtree(left, ignore_errors=True)


def drafts_of(target: Path) -> list[Path]:
    """The drafts of that output; a slug holds no dot, so none of another whose name goes on."""
    return sorted(target.parent.glob(f".{target.name}.*{PART}"))


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.precedent")


def _publish(draft: Draft, identifiers: tuple[Identifiers, ...], made_from: str) -> None:
    target = draft.target
    leaks = search(_files(draft.folder), *identifiers)
    if leaks:
        raise LeakFound(_quarantined(draft, leaks_said=[str(leak) for leak in leaks]))
    apart = _apart_of(draft.folder)
    if (draft.folder / APART).is_dir():
        (draft.folder / APART).rename(apart)
    ours = manifest_of(draft.folder, made_from)  # what someone else put there is not listed
    _keep_foreign(draft.folder, target)
    draft.write(MANIFEST, ours)
    for folder in {path.parent for path in _files(draft.folder)} | {draft.folder}:
        _sync_folder(folder)
    draft.folder.chmod(0o755)
    _replace(draft.folder, target)
    _sync_folder(target.parent)
    stand = {path: target.with_name(f"{target.name}.{path.name}") for path in _files(apart)}
    for ending in BESIDE:  # what earlier runs left is of no more use
        if (left := target.with_name(target.name + ending)) not in stand.values():
            _discard(left)
    for path, place in stand.items():
        if place.is_dir() or place.is_symlink():
            _discard(place)
        path.replace(place)


def _apart_of(draft: Path) -> Path:
    """Where what will stand next to the output waits while the draft takes its place."""
    return draft.with_name(f"{draft.name.removesuffix(PART)}{APART}{PART}")


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _quarantined(draft: Draft, *, leaks_said: list[str]) -> str:
    """Set the draft where it can be looked at, and say what was found, never its value."""
    quarantine = draft.target.with_name(f"{draft.target.name}.quarantaine")
    _discard(quarantine)
    draft.folder.rename(quarantine)
    more = f" (et {len(leaks_said) - 5} autres)" if len(leaks_said) > 5 else ""
    first = "\u202f; ".join(leaks_said[:5])
    return (
        f"rien n’est publié\u00a0: un identifiant des fichiers lus se trouve dans "
        f"{first}{more}. Le résultat attend dans {quarantine}\u202f; ne le "
        "transmettez pas, et supprimez-le avec «\u00a0necbilan purge\u00a0»."
    )


def _keep_foreign(folder: Path, target: Path) -> None:
    """Copy what someone else put into the previous folder: it is not ours to lose.

    Without a readable manifest nothing there is known to be ours.
    """
    ours = set()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        ours = {entry["path"] for entry in json.loads((target / MANIFEST).read_bytes())["files"]}
    for path in _files(target):
        name = path.relative_to(target).as_posix()
        if name not in ours | {MANIFEST} and not (folder / name).exists():
            try:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, folder / name)
            except OSError as error:
                raise write_failed(name, folder, error) from error


def manifest_of(folder: Path, made_from: str = "") -> str:
    """The files of a folder with their size and sha256, as JSON, the same bytes each time."""
    told = {"necbilan": __version__, "made_from": made_from, "files": entries_of(folder)}
    return json.dumps(told, indent=1) + "\n"


def entries_of(folder: Path) -> list[dict[str, str | int]]:
    """Path, bytes and sha256 of each file of a folder, by path."""
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in _files(folder)
    ]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that stands alone next to the outputs: the old one stays until it is whole.

    Raises OutputError, WriteFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in drafts_of(path):  # by a run that was killed
            left.unlink(missing_ok=True)
        number, name = tempfile.mkstemp(PART, f".{path.name}.", path.parent)
    except OSError as error:
        raise no_place(path.parent, error) from error
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        if not isinstance(error, PermissionError):
            raise write_failed(path.name, path.parent, error) from error
        raise OutputError(
            f"{path}\u00a0: ce fichier ne peut pas être remplacé\u202f; fermez-le dans Excel, "
            "puis relancez."
        ) from error


def _replace(folder: Path, target: Path) -> None:
    """The new folder takes the place of the old; when it cannot, it stays beside, whole."""
    aside = _aside(target)
    try:
        if target.exists():
            os.replace(target, aside)  # noqa: PTH105  # one name for the tests to forbid
        os.replace(folder, target)  # noqa: PTH105
    except OSError as error:
        if is_full(error):
            raise
        new = target.with_name(f"{target.name}.nouveau")
        _discard(new)
        folder.rename(new)
        raise OutputError(
            f"{target}\u00a0: le dossier ne peut pas être remplacé\u202f; fermez le "
            f"fichier dans Excel ou dans votre lecteur de PDF, puis relancez. "
            f"Le nouveau résultat est dans {new}."
        ) from error
    finally:
        if aside.exists() and not target.exists():
            aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # Windows has no fsync of a folder
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
