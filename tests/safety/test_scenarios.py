"""The runtime scenarios of hostile/scenarios.csv (S01 to S12), through the command line.

S01, S04, S05 and S07 are tested beside the code that answers them
(tests/publishing/test_outputs.py); here they pass through ``necbilan report``.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from small_event import write_event

from necbilan.errors import InputMissing, Interrupted, RenderingFailed
from necbilan.publishing import notebooks
from necbilan.publishing.leaks import search
from necbilan.publishing.outputs import building
from necbilan.publishing.report import publish
from necbilan.sources import load_with_identifiers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and modes of POSIX")
SCENARIOS = Path(__file__).parent.parent / "data/hostile/scenarios.csv"
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.fixture(scope="module")
def event(tmp_path_factory) -> Path:
    return write_event(tmp_path_factory.mktemp("events") / "essai")


@pytest.fixture(scope="module")
def undisturbed(event, tmp_path_factory) -> Path:
    """What a run makes that nothing disturbs."""
    out = tmp_path_factory.mktemp("undisturbed")
    run = report(event, out)
    assert run.returncode == 0, run.stderr
    return out


@pytest.fixture(scope="module")
def reference(undisturbed) -> dict[str, str]:
    return hashes(undisturbed / "essai")


def command(event: Path, out: Path, *more: str) -> list[str]:
    verb = [sys.executable, "-m", "necbilan.cli", "report", str(event), "--out", str(out)]
    return [*verb, "--formats", "html,measures", *more]


def report(event: Path, out: Path, *more: str, **environment: str):
    return subprocess.run(
        command(event, out, *more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **EPOCH, **environment},
    )


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def standing(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


def test_every_scenario_is_known_here():
    rows = list(csv.DictReader(SCENARIOS.read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == [f"S{number:02d}" for number in range(1, 13)]


def test_two_runs_give_the_same_bytes_and_inputs_are_unchanged(event, reference, tmp_path):
    before = hashes(event)
    assert report(event, tmp_path).returncode == 0
    assert hashes(tmp_path / "essai") == reference
    assert hashes(event) == before


def test_s01_full_disk_names_the_file_and_leaves_the_output(
    event, undisturbed, reference, tmp_path
):
    shutil.copytree(undisturbed, tmp_path, dirs_exist_ok=True)
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "from necbilan.cli import main\n"
        f"sys.exit(main({command(event, tmp_path)[3:]!r}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **EPOCH},
    )
    assert run.returncode == 74, run.stderr
    assert "bilan.html" in run.stderr and "Mo libres" in run.stderr
    assert hashes(tmp_path / "essai") == reference
    assert standing(tmp_path) == ["essai", "essai.a-relire.html"]


def test_s02_a_run_killed_anywhere_is_finished_by_the_next(event, reference, tmp_path):
    """10 instants here, 100 in .ci/kill_loop.py."""
    chance = random.Random(2)
    for _ in range(10):
        run = subprocess.Popen(
            command(event, tmp_path),
            env={**os.environ, **EPOCH},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 3))
        run.kill()
        run.wait()
        if (tmp_path / "essai").exists():
            assert hashes(tmp_path / "essai") == reference
    assert report(event, tmp_path).returncode == 0
    assert hashes(tmp_path / "essai") == reference
    assert standing(tmp_path) == ["essai", "essai.a-relire.html"]


def test_s03_of_two_runs_at_once_the_second_says_who_holds_the_folder(event, reference, tmp_path):
    runs = [
        subprocess.Popen(
            command(event, tmp_path),
            env={**os.environ, **EPOCH},
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = {run.pid: run.communicate(timeout=120)[1] for run in runs}
    by_code = {run.returncode: run.pid for run in runs}
    assert set(by_code) == {0, 75}, said
    assert f"processus {by_code[0]} sur {socket.gethostname()}" in said[by_code[75]]
    assert hashes(tmp_path / "essai") == reference


TWICE = """
import sys
from pathlib import Path
from necbilan.errors import OutputLocked
from necbilan.publishing.outputs import building
out, name = Path(sys.argv[1]), sys.argv[2]
for line in sys.stdin:
    try:
        with building(out, line.strip()) as draft:
            for number in range(3):
                draft.write(f"{number}.txt", name * 2000)
    except OutputLocked as error:
        print(f"refused {error}", flush=True)
    else:
        print("made", flush=True)
"""
"""builds the output named on each line that it is given, and says what became of it"""


def test_s03_in_fifty_trials_no_file_is_torn_and_whoever_is_refused_knows_by_whom(tmp_path):
    runs = {
        name: subprocess.Popen(
            [sys.executable, "-c", TWICE, str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    }
    refused = 0
    for trial in range(50):
        for run in runs.values():
            assert run.stdin is not None
            print(f"essai-{trial % 5}", file=run.stdin, flush=True)
        said = {name: (run.stdout.readline() if run.stdout else "") for name, run in runs.items()}
        assert "made\n" in said.values(), said
        for name, answer in said.items():
            if answer != "made\n":
                refused += 1
                other = runs["b" if name == "a" else "a"].pid
                holder = f"processus {other} sur {socket.gethostname()}"
                assert holder in answer or "elle vient de commencer" in answer, answer
        written = {path.read_text() for path in (tmp_path / f"essai-{trial % 5}").glob("*.txt")}
        assert written in ({"a" * 2000}, {"b" * 2000})
    for run in runs.values():
        run.communicate(timeout=20)
    assert refused >= 5
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("kind", ["missing", "file", "fifo", "empty folder"])
def test_s06_input_that_is_no_folder_of_an_event_is_refused_at_once(tmp_path, kind):
    path = tmp_path / "entrée"
    if kind == "file":
        path.write_text("rien")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "empty folder":
        path.mkdir()
    with pytest.raises(InputMissing):
        publish(path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_s06_spreadsheet_that_is_a_fifo_or_a_folder_never_hangs(tmp_path):
    for make in (os.mkfifo, os.mkdir):
        event = write_event(tmp_path / make.__name__)
        (event / "reponses.csv").unlink()
        make(event / "reponses.csv")
        run = subprocess.run(
            command(event, tmp_path / "out"),
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        assert run.returncode == 66, run.stderr  # what event.toml names is not there
        assert "reponses.csv" in run.stderr and "Traceback" not in run.stderr


def test_s08_a_terminal_that_knows_only_ascii_crashes_nothing(event, tmp_path):
    run = subprocess.run(
        command(event, tmp_path),
        capture_output=True,
        check=False,
        env={
            "LANG": "C",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PATH": os.environ["PATH"],
        },
    )
    assert run.returncode == 0, run.stderr
    missing = subprocess.run(
        command(tmp_path / "rien", tmp_path),
        capture_output=True,
        check=False,
        env={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert missing.returncode == 66 and b"Unicode" not in missing.stderr


def test_s11_ctrl_c_during_the_work_discards_it_and_frees_the_lock(event, tmp_path):
    def interrupt(step: str) -> None:
        if step.startswith("écriture"):
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(Interrupted) as caught:
        publish(event, out=tmp_path, progress=interrupt)
    assert "interrompu" in str(caught.value) and caught.value.exit_code == 130
    assert list(tmp_path.iterdir()) == []
    with building(tmp_path, "essai"):  # the lock is free
        pass


def test_s12_a_cell_that_fails_on_a_person_says_nothing_of_her(event, tmp_path, monkeypatch):
    broken = tmp_path / "bilan.ipynb"
    notebook = notebooks.read("bilan")
    notebook.cells[1].source = (
        "from pathlib import Path\n"
        "rows = Path(folder, 'inscriptions.csv').read_text(encoding='utf-8').splitlines()\n"
        "print(rows[1])\nraise ValueError(rows[1])"
    )
    import nbformat

    nbformat.write(notebook, broken)
    monkeypatch.setattr(notebooks, "notebook_path", lambda name: broken)
    with pytest.raises(RenderingFailed) as caught:
        publish(event, out=tmp_path / "out")
    assert caught.value.exit_code == 70
    assert "arbignon" not in str(caught.value)
    log = tmp_path / "journal.txt"
    log.write_text(str(caught.value), encoding="utf-8")
    identifiers = load_with_identifiers(event)[1]
    kept = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert search([log, *kept], identifiers) == []
