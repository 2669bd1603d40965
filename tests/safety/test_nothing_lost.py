"""What an attacker, a killed run or a hasty hand leaves among the outputs harms nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from batches import BATCH, nobody_left
from small_event import write_event

from necbilan.errors import InputMissing, OutputError, WriteFailed
from necbilan.publishing import outputs
from necbilan.publishing.outputs import building, write_whole
from necbilan.publishing.purge import purge
from necbilan.sources import decisions
from necbilan.sources.decisions import Proposal, add_proposals, read_decisions

if TYPE_CHECKING:
    from collections.abc import Iterator

posix = pytest.mark.skipif(os.name == "nt", reason="links and groups of processes of POSIX")


def publish(out: Path, content: str) -> Path:
    with building(out, "essai") as draft:
        draft.write("bilan.html", content)
    return out / "essai"


def standing(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


def test_a_file_of_someone_else_outlives_every_run_and_the_purge(tmp_path):
    """Listed in a manifest, it would pass for ours at the run after the next."""
    folder = publish(tmp_path, "un")
    (folder / "notes.txt").write_text("à moi")
    for turn in ("deux", "trois", "quatre"):
        publish(tmp_path, turn)
        assert (folder / "notes.txt").read_text() == "à moi"
    purge([tmp_path])
    assert standing(folder) == ["notes.txt"]


@posix
def test_a_link_in_the_place_of_the_lock_empties_no_file(tmp_path):
    victim = tmp_path / "victime"
    victim.write_text("à moi")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.essai.lock").symlink_to(victim)
    with pytest.raises(OutputError, match="lien symbolique"):
        publish(tmp_path / "out", "un")
    assert victim.read_text() == "à moi"


@posix
def test_a_link_made_to_the_lock_at_the_last_instant_is_not_opened(tmp_path, monkeypatch):
    victim = tmp_path / "victime"
    victim.write_text("à moi")
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(outputs, "_target", lambda out, slug: out / slug)  # looked before
    (tmp_path / "out/.essai.lock").symlink_to(victim)
    with pytest.raises(OutputError):
        publish(tmp_path / "out", "un")
    assert victim.read_text() == "à moi"


@posix
def test_a_link_in_the_place_of_the_folder_set_aside_brings_nothing_in(tmp_path):
    victim = tmp_path / "victime"
    victim.mkdir()
    (victim / "secret.txt").write_text("à moi")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.essai.precedent").symlink_to(victim)
    with pytest.raises(OutputError, match="lien symbolique"):
        publish(tmp_path / "out", "un")
    assert not (tmp_path / "out/essai").exists() and (victim / "secret.txt").exists()


@posix
@pytest.mark.parametrize("ending", [".quarantaine", ".nouveau", ".echec.ipynb", ".a-relire.html"])
def test_what_hangs_behind_a_link_next_to_the_output_stays(tmp_path, ending):
    victim = tmp_path / "victime"
    victim.mkdir()
    (victim / "secret.txt").write_text("à moi")
    (tmp_path / "out").mkdir()
    (tmp_path / f"out/essai{ending}").symlink_to(victim)
    publish(tmp_path / "out", "un")
    assert (victim / "secret.txt").read_text() == "à moi"
    assert standing(tmp_path / "out") == ["essai"]


@posix
def test_the_account_of_a_batch_replaces_a_link_and_not_what_it_points_to(tmp_path):
    victim = tmp_path / "victime"
    victim.write_text("à moi")
    (tmp_path / "lot.csv").symlink_to(victim)
    write_whole(tmp_path / "lot.csv", b"event\n")
    assert victim.read_text() == "à moi"
    assert not (tmp_path / "lot.csv").is_symlink()


@posix
def test_outputs_go_where_a_link_given_as_the_folder_of_outputs_leads(tmp_path):
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    publish(tmp_path / "lien", "un")
    assert standing(tmp_path / "ailleurs") == ["essai"]
    (tmp_path / "pendant").symlink_to(tmp_path / "nulle part")
    with pytest.raises(OutputError):
        publish(tmp_path / "pendant", "un")


@pytest.mark.parametrize("said", ["", "processus 1 sur ailleurs", "\x00" * 300])
def test_a_lock_that_nobody_holds_stops_nobody_whatever_it_says(tmp_path, said):
    """Another host's, of a process long gone, torn: the system's lock decides, not the text."""
    (tmp_path / ".essai.lock").write_text(said)
    publish(tmp_path, "un")
    assert standing(tmp_path) == ["essai"]


def test_a_clock_that_went_back_keeps_no_output_from_being_replaced(tmp_path):
    folder = publish(tmp_path, "un")
    for path in (folder, folder / "bilan.html", folder / outputs.MANIFEST):
        os.utime(path, (4_000_000_000, 4_000_000_000))  # 2096
    publish(tmp_path, "deux")
    assert (folder / "bilan.html").read_text() == "deux"


DRAFT = """
from pathlib import Path
from necbilan.publishing.outputs import building
with building(Path({out!r}), "essai") as draft:
    draft.write("bilan.html", "à moitié")
    draft.write_beside("a-relire.html", "à décider")
    print("ready", flush=True)
    import time; time.sleep(60)
"""


@pytest.fixture
def killed(tmp_path) -> Path:
    """The folder of outputs where a first run was killed by −9 in the middle."""
    code = DRAFT.format(out=str(tmp_path / "out"))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.kill()
    return tmp_path / "out"


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_what_a_killed_run_leaves_is_for_its_owner_alone(killed):
    (draft,) = killed.glob(".essai.*.part")
    assert draft.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in killed.iterdir()) == sorted([".essai.lock", draft.name])


def test_purge_finds_the_draft_of_a_first_run_that_was_killed(killed):
    (draft,) = killed.glob(".essai.*.part")
    assert purge([killed]) == [draft]
    assert not draft.exists()
    with pytest.raises(InputMissing):
        purge([killed])


def test_purge_takes_hidden_files_of_nobody_else(tmp_path):
    publish(tmp_path, "un")
    for name in (".bashrc", ".Essai.abcdefgh.part", ".essai.abcdefgh.partie"):
        (tmp_path / name).write_text("à moi")
    purge([tmp_path])
    assert len(standing(tmp_path)) == 3


def test_the_next_account_removes_what_a_killed_one_left(tmp_path):
    (tmp_path / ".lot.csv.abcd1234.part").write_text("à moitié")
    write_whole(tmp_path / "lot.csv", b"event\n")
    assert standing(tmp_path) == ["lot.csv"]


def test_the_next_check_removes_what_a_killed_one_left_of_the_decisions(tmp_path):
    (tmp_path / ".decisions-abcd.part").write_text("à moitié")
    add_proposals(tmp_path, [Proposal("word", "clé", "clé", "dit une fois")])
    assert standing(tmp_path) == ["decisions.csv"]


def test_decisions_stay_as_they_were_on_a_full_disk(tmp_path, monkeypatch):
    (tmp_path / "decisions.csv").write_text("kind;key;proposal;decision\nword;clé;clé;oui\n")

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(decisions.os, "fsync", full)
    with pytest.raises(WriteFailed, match=r"decisions\.csv.*intactes"):
        add_proposals(tmp_path, [Proposal("word", "mot", "mot", "dit une fois")])
    assert read_decisions(tmp_path).answers("word") == {"clé": "clé"}
    assert standing(tmp_path) == ["decisions.csv"]


def batch(out: Path, *more: str) -> list[str]:
    events = out.with_name("events")
    if not events.exists():
        for number in range(3):
            write_event(events / f"e{number}", slug=f"e{number}")
    given = ["--out", str(out), "--formats", "measures", "--workers", "2", *more]
    return [*BATCH, str(events), *given]


@contextlib.contextmanager
def started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A command in a group of its own, of which nothing is left behind."""
    run = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    with run:
        try:
            yield run
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


@posix
def test_workers_of_a_batch_that_was_killed_end_too_and_leave_no_draft(tmp_path):
    out = tmp_path / "out"
    with started(batch(out)) as run:
        assert run.stdout is not None
        assert "fait" in run.stdout.readline()
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        assert nobody_left(run.pid)
    assert not list(out.glob(".*.part"))
    resumed = subprocess.run(batch(out, "--resume"), capture_output=True, text=True, check=False)
    assert resumed.returncode == 0, resumed.stdout
    assert "3 bilans sur 3" in resumed.stdout


@posix
def test_s02_a_batch_killed_anywhere_is_finished_by_the_next(tmp_path):
    """10 instants here, parent alone or all its processes at once; 100 in .ci/kill_loop.py."""
    out, chance = tmp_path / "out", random.Random(3)
    with started(batch(out)) as run:
        assert run.wait() == 0
    whole = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for turn in range(10):
        with started(batch(out)) as run:
            time.sleep(chance.uniform(0.5, 4))
            if turn % 2:
                run.kill()
            else:
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            assert nobody_left(run.pid)
        found = {path: path.read_bytes() for path in whole if path.parent.exists()}
        assert all(whole[path] == content for path, content in found.items())
    with started(batch(out, "--resume")) as run:
        assert run.wait() == 0
    account = out / "lot.csv"
    made = {path: path.read_bytes() for path in whole if path != account}
    assert made == {path: content for path, content in whole.items() if path != account}
    shutil.rmtree(out / "e1")
    before = {name: (out / name).stat().st_ino for name in ("e0", "e2")}
    with started(batch(out, "--resume")) as run:
        assert run.wait() == 0
    assert account.read_bytes().count(b",current,") == 2
    assert {name: (out / name).stat().st_ino for name in ("e0", "e2")} == before
    redone = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert {**redone, account: whole[account]} == whole
