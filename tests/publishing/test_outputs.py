"""Nothing is lost: whatever stops a run, the previous output is whole and said to be."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import pytest

from necbilan.errors import (
    Interrupted,
    LeakFound,
    OutputError,
    UsageError,
    WriteFailed,
)
from necbilan.publishing import outputs
from necbilan.publishing.outputs import building
from necbilan.sources.privacy.identifiers import Identifiers

PERSON = Identifiers(names=[("Nadia", "Zeribian")], emails=["n.zeribian@exemple.fr"])


def publish(out: Path, content: str, *identifiers: Identifiers) -> Path:
    with building(out, "essai", *identifiers) as draft:
        draft.write("bilan.html", content)
        draft.write("figures/01.svg", "<svg/>")
    return out / "essai"


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_output_holds_the_files_and_a_manifest_of_their_sha256(tmp_path):
    folder = publish(tmp_path, "un")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {entry["path"]: entry["sha256"] for entry in manifest["files"]} == {
        "bilan.html": sha256(b"un").hexdigest(),
        "figures/01.svg": sha256(b"<svg/>").hexdigest(),
    }


def test_nothing_but_the_output_is_left_beside(tmp_path):
    publish(tmp_path, "un")
    publish(tmp_path, "deux")
    assert names(tmp_path) == [
        "essai",
        "essai/bilan.html",
        "essai/figures",
        "essai/figures/01.svg",
        "essai/manifest.json",
    ]


def test_what_is_not_for_publishing_stands_next_to_the_output(tmp_path):
    with building(tmp_path, "essai") as draft:
        draft.write("bilan.html", "un")
        draft.write_beside("a-relire.html", "à décider")
    assert names(tmp_path) == [
        "essai",
        "essai.a-relire.html",
        "essai/bilan.html",
        "essai/manifest.json",
    ]
    publish(tmp_path, "deux")
    assert not (tmp_path / "essai.a-relire.html").exists()


def test_a_leak_in_what_stands_beside_publishes_nothing(tmp_path):
    with pytest.raises(LeakFound), building(tmp_path, "essai", PERSON) as draft:
        draft.write("bilan.html", "un")
        draft.write_beside("a-relire.html", "Nadia Zeribian a dit")
    assert [path.name for path in tmp_path.iterdir()] == ["essai.quarantaine"]


def test_a_run_leaves_the_draft_of_an_event_whose_name_goes_on(tmp_path):
    with building(tmp_path, "essai-2024") as draft:
        publish(tmp_path, "un")
        draft.write("bilan.html", "deux")
    assert (tmp_path / "essai-2024/bilan.html").read_text() == "deux"


def test_file_that_is_no_longer_made_goes_and_a_file_of_the_user_stays(tmp_path):
    folder = publish(tmp_path, "un")
    (folder / "notes de réunion.txt").write_text("à garder")
    with building(tmp_path, "essai") as draft:
        draft.write("bilan.pdf", "deux")
    assert names(folder) == ["bilan.pdf", "manifest.json", "notes de réunion.txt"]


def test_the_folder_of_an_event_is_never_replaced_by_its_report(tmp_path):
    folder = tmp_path / "essai"
    folder.mkdir()
    (folder / "event.toml").write_text('name = "Essai"')
    (folder / "inscriptions.csv").write_text("Nom")
    with pytest.raises(OutputError, match=r"tableurs.*--out"):
        publish(tmp_path, "un")
    assert names(tmp_path) == ["essai", "essai/event.toml", "essai/inscriptions.csv"]


def test_files_of_a_folder_that_we_did_not_make_stay_in_it(tmp_path):
    (tmp_path / "essai/donnees").mkdir(parents=True)
    (tmp_path / "essai/donnees/inscriptions.csv").write_text("Nom")
    (tmp_path / "essai/bilan.html").write_text("ancien")
    folder = publish(tmp_path, "un")
    assert (folder / "donnees/inscriptions.csv").read_text() == "Nom"
    assert (folder / "bilan.html").read_text() == "un"


def test_file_of_the_user_that_cannot_be_kept_stops_the_publication(tmp_path, monkeypatch):
    folder = publish(tmp_path, "un")
    (folder / "notes.txt").write_text("à garder")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(outputs.shutil, "copy2", full)
    with pytest.raises(WriteFailed, match=r"notes\.txt"):
        publish(tmp_path, "deux")
    assert (folder / "notes.txt").read_text() == "à garder"
    assert (folder / "bilan.html").read_text() == "un"


def test_file_in_the_place_of_the_output_folder_is_named_as_such(tmp_path):
    (tmp_path / "sorties").write_text("")
    with pytest.raises(OutputError, match="un fichier porte déjà ce nom"):
        publish(tmp_path / "sorties", "un")


def test_error_in_the_run_leaves_the_previous_output_byte_for_byte(tmp_path):
    folder = publish(tmp_path, "un")
    with pytest.raises(ZeroDivisionError), building(tmp_path, "essai") as draft:
        draft.write("bilan.html", "à moitié")
        raise ZeroDivisionError
    assert (folder / "bilan.html").read_text() == "un"
    assert [path.name for path in tmp_path.iterdir()] == ["essai"]


def test_ctrl_c_discards_the_work_and_frees_the_lock(tmp_path):
    publish(tmp_path, "un")
    with pytest.raises(Interrupted) as caught, building(tmp_path, "essai") as draft:
        draft.write("bilan.html", "à moitié")
        raise KeyboardInterrupt
    assert caught.value.exit_code == 130 and "interrompu" in str(caught.value)
    assert (publish(tmp_path, "deux") / "bilan.html").read_text() == "deux"


def test_second_run_is_told_who_holds_the_folder(tmp_path):
    with building(tmp_path, "essai"):
        code = f"""
from pathlib import Path
from necbilan.publishing.outputs import building
with building(Path({str(tmp_path)!r}), "essai"):
    pass
"""
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
    assert "OutputLocked" in run.stderr
    assert f"processus {os.getpid()} sur " in run.stderr


def test_lock_of_a_process_that_was_killed_holds_nobody_back(tmp_path):
    publish(tmp_path, "un")
    code = f"""
from pathlib import Path
from necbilan.publishing.outputs import building
with building(Path({str(tmp_path)!r}), "essai") as draft:
    draft.write("bilan.html", "à moitié")
    print("ready", flush=True)
    import time; time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        run.stdout.readline()
        run.send_signal(signal.SIGKILL)
    assert (tmp_path / "essai/bilan.html").read_text() == "un"
    assert (publish(tmp_path, "deux") / "bilan.html").read_text() == "deux"
    assert [path.name for path in tmp_path.iterdir()] == ["essai"]


def test_run_killed_between_the_two_renames_is_mended_by_the_next(tmp_path):
    folder = publish(tmp_path, "un")
    folder.rename(tmp_path / ".essai.precedent")
    with pytest.raises(ZeroDivisionError), building(tmp_path, "essai"):
        raise ZeroDivisionError
    assert (folder / "bilan.html").read_text() == "un"


def test_full_disk_names_the_file_and_the_free_space(tmp_path):
    """S01: the limit of the process stands for the disk (RLIMIT_FSIZE, SIGXFSZ ignored)."""
    publish(tmp_path, "un")
    code = f"""
import resource, signal, sys
from pathlib import Path
from necbilan.errors import NecbilanError
from necbilan.publishing.outputs import building
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
try:
    with building(Path({str(tmp_path)!r}), "essai") as draft:
        draft.write("bilan.html", "deux")
        draft.write("bilan.pdf", b"x" * 50000)
except NecbilanError as error:
    print(error)
    sys.exit(error.exit_code)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 74
    assert "bilan.pdf" in run.stdout and "Mo libres" in run.stdout
    assert (tmp_path / "essai/bilan.html").read_text() == "un"
    assert [path.name for path in tmp_path.iterdir()] == ["essai"]


def test_any_other_refusal_of_the_disk_is_a_write_failed(tmp_path, monkeypatch):
    def refuse(number: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(outputs.os, "fsync", refuse)
    with pytest.raises(WriteFailed, match=r"bilan\.html"):
        publish(tmp_path, "un")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")
def test_read_only_folder_is_named():
    """S04: as another user, since root ignores modes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "lecture seule"
        folder.mkdir()
        code = f"""
import os, sys
from pathlib import Path
from necbilan.errors import NecbilanError
from necbilan.publishing.outputs import building
if os.geteuid() == 0:
    os.setuid(65534)
try:
    with building(Path({str(folder)!r}), "essai") as draft:
        draft.write("bilan.html", "un")
except NecbilanError as error:
    print(error)
    sys.exit(error.exit_code)
"""
        Path(place).chmod(0o755)
        folder.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
    assert run.returncode == 73, run.stderr
    assert "lecture seule" in run.stdout and "accessible en écriture" in run.stdout


def test_output_open_in_excel_stays_and_the_new_one_is_kept_beside(tmp_path, monkeypatch):
    """S05: Windows refuses to rename what is open; here os.replace is made to refuse."""
    publish(tmp_path, "un")

    def refuse(source: object, target: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(outputs.os, "replace", refuse)
    with pytest.raises(OutputError, match="fermez le fichier dans Excel"):
        publish(tmp_path, "deux")
    assert (tmp_path / "essai/bilan.html").read_text() == "un"
    assert (tmp_path / "essai.nouveau/bilan.html").read_text() == "deux"


def test_refusal_of_the_second_rename_puts_the_old_folder_back(tmp_path, monkeypatch):
    publish(tmp_path, "un")
    replace = os.replace

    def refuse_second(source, target):
        if Path(source).suffix == ".part":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(outputs.os, "replace", refuse_second)
    with pytest.raises(OutputError):
        publish(tmp_path, "deux")
    assert (tmp_path / "essai/bilan.html").read_text() == "un"


@pytest.mark.parametrize("place", ["essai", "essai/bilan.html"])
def test_symbolic_link_in_the_output_is_refused_not_followed(tmp_path, place):
    """S07."""
    victim = tmp_path / "victime"
    victim.write_text("à moi")
    link = tmp_path / "out" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(victim)
    with pytest.raises(OutputError, match="lien symbolique"):
        publish(tmp_path / "out", "un")
    assert victim.read_text() == "à moi"


@pytest.mark.parametrize(
    "slug", ["../dehors", "a/b", "", ".", "CON", "con", "nul", "com1", "Metz", "a" * 65, "a\x00b"]
)
def test_slug_that_could_leave_the_folder_or_name_a_device_is_refused(tmp_path, slug):
    with pytest.raises(UsageError), building(tmp_path, slug):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../dehors.txt", "a/../../b", "/etc/passwd", "", "a//b"])
def test_file_name_that_leaves_the_folder_is_refused(tmp_path, name):
    with pytest.raises(UsageError), building(tmp_path, "essai") as draft:
        draft.write(name, "x")
    assert not (tmp_path / "dehors.txt").exists()


def test_leak_keeps_the_output_in_quarantine_and_never_says_the_value(tmp_path):
    publish(tmp_path, "un", PERSON)
    with pytest.raises(LeakFound) as caught:
        publish(tmp_path, "<p>merci à Nadia ZERIBIAN</p>", PERSON)
    assert caught.value.exit_code == 3
    assert "bilan.html" in str(caught.value) and "eribian" not in str(caught.value).lower()
    assert (tmp_path / "essai/bilan.html").read_text() == "un"
    quarantine = tmp_path / "essai.quarantaine"
    assert quarantine.stat().st_mode & 0o077 == 0
    assert "ZERIBIAN" in (quarantine / "bilan.html").read_text()


def test_what_failed_runs_left_goes_with_the_next_that_publishes(tmp_path):
    with pytest.raises(LeakFound):
        publish(tmp_path, "Nadia Zeribian", PERSON)
    (tmp_path / "essai.echec.ipynb").write_text("{}")
    publish(tmp_path, "un", PERSON)
    assert [path.name for path in tmp_path.iterdir()] == ["essai"]


def test_a_folder_is_never_seen_half_new_half_old(tmp_path):
    """A reader that looks all the time sees whole folders only (or none for an instant)."""
    code = f"""
from pathlib import Path
from necbilan.publishing.outputs import building
for turn in range(40):
    with building(Path({str(tmp_path)!r}), "essai") as draft:
        for name in "abcdef":
            draft.write(name, str(turn))
"""
    with subprocess.Popen([sys.executable, "-c", code]) as run:
        seen = 0
        while run.poll() is None:
            folder = os.open(tmp_path, os.O_RDONLY)
            try:
                inside = os.open("essai", os.O_RDONLY, dir_fd=folder)
            except FileNotFoundError:
                continue
            finally:
                os.close(folder)
            try:
                turns = set()
                for name in "abcdef":
                    file = os.open(name, os.O_RDONLY, dir_fd=inside)
                    turns.add(os.read(file, 10))
                    os.close(file)
                assert len(turns) == 1
                seen += 1
            except FileNotFoundError:
                pass  # the old folder was being removed
            finally:
                os.close(inside)
            time.sleep(0.001)
    assert run.returncode == 0 and seen > 0
    shutil.rmtree(tmp_path / "essai")
