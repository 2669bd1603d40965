"""S01: a disk that is full at any instant costs nothing that stood there before.

The disk refuses each write in turn, first by an audit hook that stops every call which
creates, renames or syncs a file of the outputs, then for real on a small file system where
the system lets us mount one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_event import write_event

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name == "nt", reason="mounts and modes of POSIX")

WORKS = """
import errno, hashlib, json, os, shutil, sys
from concurrent.futures import Executor
from pathlib import Path
from necbilan.errors import NecbilanError
from necbilan.publishing.batch import publish_batch, tasks_of
from necbilan.publishing.outputs import building
from necbilan.publishing.report import publish, publish_comparison

class Here(Executor):
    map = staticmethod(map)

def built():
    with building(out, "essai") as draft:
        draft.write("bilan.html", "x" * 50_000)
        draft.write("figures/a.svg", "y" * 20_000)
        draft.write_beside("a-relire.html", "z" * 20_000)

def batch():
    tasks = tasks_of([events], out, ("measures",))
    failed = [o for o in publish_batch(tasks, executor=Here()) if not o.well]
    if failed:
        error = NecbilanError(failed[0].said)
        error.exit_code = failed[0].exit_code
        raise error

def hashes():  # lot.csv may say that the disk was full
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*")) if path.is_file() and path.name != "lot.csv"
    }

def tried():
    try:
        work()
    except NecbilanError as error:
        return error.exit_code, str(error)
    except OSError as error:
        return -1, repr(error)
    return 0, ""

def is_told(code, said):
    return code == 74 and "disque est plein" in said and "Mo libres" in said

events, out, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
work = {
    "building": built,
    "report": lambda: publish(events / "a", out, ("measures",)),
    "compare": lambda: publish_comparison([events], out),
    "batch": batch,
}[name]
out.mkdir(exist_ok=True)
(out / "a").mkdir(exist_ok=True)
(out / "a/note.txt").write_text("d’une autre main")
work()
before, wrong = hashes(), []
"""
"""what writes, made once; then what each of the two disks below tells of it"""

REFUSING = (
    WORKS
    + """
state = {"left": 0, "count": 0}

def ours(path):
    return isinstance(path, (str, os.PathLike)) and str(path).startswith(str(out))

def met(stays=True):
    if state["left"]:
        state["count"] += 1
        if state["count"] == state["left"] or (stays and state["count"] > state["left"]):
            raise OSError(errno.ENOSPC, "No space left on device")

def hook(event, given):
    if event == "open" and ours(given[0]) and (given[2] or 0) & os.O_CREAT:
        met()
    elif event == "os.mkdir" and ours(given[0]) and not os.path.isdir(given[0]):
        met()
    elif event == "os.rename" and ours(given[0]):
        met(stays=False)

def refused_sync(number, sync=os.fsync):
    met()
    sync(number)

os.fsync = refused_sync
sys.addaudithook(hook)
turn, refused = 0, True
while refused:
    turn += 1
    state.update(left=turn, count=0)
    code, said = tried()
    refused = state["count"] >= turn
    state["left"] = 0
    if refused and not (is_told(code, said) and hashes() == before):
        wrong.append([turn, code, said, sorted(set(hashes()) ^ set(before))])
print(json.dumps({"turns": turn - 1, "wrong": wrong, "same": hashes() == before}))
"""
)
SMALL = (
    WORKS
    + """
filler = out.parent / "filler"
size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
refusals = 0
for free in [0, 1, *range(1, size // 4096, max(1, size // 4096 // 8))]:
    blocks = shutil.disk_usage(out).free // 4096 - free
    filler.write_bytes(bytes(4096 * blocks))
    code, said = tried()
    filler.unlink()
    refusals += code != 0
    if (code and not is_told(code, said)) or hashes() != before:
        wrong.append([free, code, said, sorted(set(hashes()) ^ set(before))])
work()
print(json.dumps({"turns": refusals, "wrong": wrong, "same": hashes() == before}))
"""
)


def told(script: str, *given: object) -> dict[str, object]:
    run = subprocess.run(
        [sys.executable, "-c", script, *map(str, given)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def events(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("full")
    for name in ("a", "b"):
        write_event(folder / name, slug=name)
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB, where the system lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system may be mounted here: every write is refused in turn instead")
    yield place
    subprocess.run(["umount", str(place)], check=True)


slow = pytest.mark.slow


@pytest.mark.parametrize(
    ("work", "least"),
    [
        ("building", 15),
        pytest.param("report", 15, marks=slow),
        pytest.param("compare", 12, marks=slow),
        pytest.param("batch", 30, marks=slow),
    ],
)
def test_s01_a_disk_full_at_any_write_leaves_every_output_and_says_so(
    events, tmp_path, work, least
):
    found = told(REFUSING, events, tmp_path / "out", work)
    assert found["wrong"] == []
    assert found["same"] and found["turns"] >= least


@pytest.mark.parametrize(
    "work",
    ["building", *(pytest.param(name, marks=slow) for name in ("report", "compare", "batch"))],
)
def test_s01_a_small_file_system_that_fills_up_leaves_every_output(events, disk, work):
    found = told(SMALL, events, disk / "out", work)
    assert found["wrong"] == []
    assert found["same"] and found["turns"] >= 3


def test_s01_each_verb_says_74_on_a_file_system_that_is_full(events, disk):
    out = disk / "out"
    out.mkdir()
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 8192))
    for verb, given in {"report": events / "a", "compare": events, "batch": events}.items():
        run = subprocess.run(
            [sys.executable, "-m", "necbilan.cli", verb, str(given), "--out", str(out)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 74 or (verb == "batch" and run.returncode == 1), run.stderr
        said = run.stdout + run.stderr
        assert "disque est plein" in said and "Mo libres" in said and "Traceback" not in said
        assert not list(out.rglob("*.part")) and not list(out.rglob("bilan*"))
