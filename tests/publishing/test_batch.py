"""Many events at once: one that goes wrong stops no other, and each is told."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from batches import BATCH, nobody_left
from small_event import write_event

from necbilan.cli import main
from necbilan.errors import InputMissing, UsageError
from necbilan.publishing.batch import Outcome, Task, publish_batch, report_of, tasks_of
from necbilan.publishing.leaks import search
from necbilan.publishing.outputs import ACCOUNT
from necbilan.publishing.purge import purge
from necbilan.sources import load_with_identifiers

HOSTILE = Path(__file__).parent.parent / "data/hostile"
QUICK = ("measures",)


def event(folder: Path, name: str, *, family: str = "Zarbignon") -> Path:
    """A small event whose people bear a family name of their own."""
    made = write_event(folder / name, slug=name)
    for path in (made / "inscriptions.csv", made / "reponses.csv"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("Zarbignon", family).replace("zarbignon", family.lower())
        path.write_text(text, encoding="utf-8")
    return made


def spoilt(folder: Path, name: str, file: str) -> Path:
    """An event whose list is one of the hostile files."""
    made = event(folder, name)
    shutil.copy(HOSTILE / file, made / file)
    text = (made / "event.toml").read_text(encoding="utf-8")
    (made / "event.toml").write_text(text.replace("inscriptions.csv", file), encoding="utf-8")
    return made


class Here(Executor):
    """An executor that maps where it stands."""

    map = staticmethod(map)  # type: ignore[assignment]  # all that is asked of it


def by_event(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    return {outcome.event: outcome.state for outcome in outcomes}


def quickly(task: Task) -> Outcome:
    """A stand-in for the work: its folder's name says what becomes of it."""
    name = Path(task.folder).name
    if name == "meurt":
        os._exit(9)
    if name == "boucle":
        time.sleep(600)
    return Outcome(name, task.folder, "made")


def without_network(task: Task) -> Outcome:
    """The work where nothing but the machine itself can be reached."""

    def refused(*arguments: object) -> None:
        raise AssertionError("network")

    names = ("connect", "connect_ex", "sendto")
    guarded = type("Guarded", (socket.socket,), dict.fromkeys(names, refused))
    socket.socket = guarded  # type: ignore[misc]  # in a process of its own
    return report_of(task)


def test_good_events_are_made_and_the_others_told(tmp_path, capsys):
    families = {"alpha": "Kestrilou", "beta": "Morvaquet"}
    good = {name: event(tmp_path / "events", name, family=f) for name, f in families.items()}
    spoilt(tmp_path / "events", "illisible", "encrypted.ods")
    spoilt(tmp_path / "events", "vide", "empty_0_byte.xlsx")
    (tmp_path / "events/sans-toml").mkdir()
    shutil.copy(good["alpha"] / "inscriptions.csv", tmp_path / "events/sans-toml")
    (tmp_path / "events/notes").mkdir()  # no event: passed over
    out = tmp_path / "bilans"

    code = main(
        ["batch", str(tmp_path / "events"), "--out", str(out), "--formats", "html,measures"]
    )

    said = capsys.readouterr()
    assert code == 1 and said.err == ""
    with (out / ACCOUNT).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["event"]: row for row in csv.DictReader(file)}
    assert {name: row["state"] for name, row in rows.items()} == {
        **dict.fromkeys(families, "made"),
        **dict.fromkeys(("illisible", "vide"), "refused"),
        "sans-toml": "refused",
    }
    assert "encrypted.ods" in rows["illisible"]["said"]
    assert "event.toml" in rows["sans-toml"]["said"]
    assert not any("\n" in row["said"] for row in rows.values())
    assert [row["exit_code"] for row in rows.values()].count("0") == 2
    assert "2 bilans sur 5" in said.out and "empty_0_byte.xlsx" in said.out
    assert "necbilan compare" in said.out

    log = tmp_path / "screen.txt"
    log.write_text(said.out, encoding="utf-8")
    for name, folder in good.items():
        identifiers = load_with_identifiers(folder)[1]
        everything = [log, *(path for path in out.rglob("*") if path.is_file())]
        assert search(everything, identifiers) == []
        assert (out / name / "bilan.html").is_file()

    purge([out])
    assert not out.exists()  # lot.csv went with the reports it tells of


def test_worker_that_dies_or_never_ends_takes_no_other_event_with_it(tmp_path):
    names = ("un", "meurt", "deux", "boucle", "trois", "quatre")
    tasks = [Task(str(tmp_path / name), str(tmp_path)) for name in names]
    outcomes = publish_batch(tasks, workers=2, limit=3, work=quickly)
    assert [Path(outcome.folder).name for outcome in outcomes] == list(names)
    assert by_event(outcomes) == {
        **dict.fromkeys(("un", "deux", "trois", "quatre"), "made"),
        **dict.fromkeys(("meurt", "boucle"), "ended"),
    }
    dead, endless = outcomes[1], outcomes[3]
    assert "arrêté de lui-même" in dead.said and "--timeout" in endless.said
    assert dead.exit_code == endless.exit_code == -1


def test_resume_makes_only_what_is_missing_changed_or_damaged(tmp_path):
    folders = [event(tmp_path / "events", name) for name in ("alpha", "beta")]
    out = tmp_path / "bilans"

    def resumed(*paths: Path, language: str = "fr") -> dict[str, str]:
        tasks = tasks_of(paths, out, QUICK, language, resume=True)
        return by_event(publish_batch(tasks, executor=Here()))

    assert resumed(*folders) == {"alpha": "made", "beta": "made"}
    with (folders[1] / "event.toml").open("a", encoding="utf-8") as file:
        file.write("# relu\n")
    (out / "alpha/note.txt").write_text("d’une autre main", encoding="utf-8")
    assert resumed(*folders) == {"alpha": "current", "beta": "made"}
    (out / "alpha/measures.csv").write_text("abîmé", encoding="utf-8")
    assert resumed(*folders) == {"alpha": "made", "beta": "current"}
    assert "abîmé" not in (out / "alpha/measures.csv").read_text(encoding="utf-8")
    assert resumed(folders[0], language="en") == {"alpha": "made"}


def test_two_events_of_one_name_are_not_written_over_each_other(tmp_path):
    event(tmp_path / "nord", "fête")
    event(tmp_path / "sud", "fête")
    for folder in ("nord", "sud"):
        path = tmp_path / folder / "fête/event.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace('"fête"', '"fete"'), encoding="utf-8"
        )
    tasks = tasks_of([tmp_path / "nord", tmp_path / "sud"], tmp_path / "out", QUICK)
    outcomes = publish_batch(tasks, executor=Here())
    assert [outcome.state for outcome in outcomes] == ["made", "refused"]
    assert "nord" in outcomes[1].said and "id dans event.toml" in outcomes[1].said


def test_any_executor_maps_the_work_and_no_worker_calls_the_network(tmp_path):
    event(tmp_path / "events", "alpha")
    tasks = tasks_of([tmp_path / "events"], tmp_path / "out", QUICK)
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        outcomes = publish_batch(tasks, executor=executor, work=without_network)
    assert by_event(outcomes) == {"alpha": "made"}, outcomes
    assert (tmp_path / "out/alpha/measures.csv").is_file()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_keeps_what_is_done_ends_the_workers_and_writes_the_account(tmp_path):
    for number in range(6):
        event(tmp_path / "events", f"e{number}")
    out = tmp_path / "out"
    more = ["--out", str(out), "--formats", "html,measures", "--workers", "1"]
    with subprocess.Popen(
        [*BATCH, str(tmp_path / "events"), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout is not None
        assert "fait" in run.stdout.readline()
        time.sleep(0.3)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=60)
        assert run.returncode == 130, said
        assert nobody_left(run.pid)
    states = (out / ACCOUNT).read_text(encoding="utf-8-sig")
    assert states.count(",made,") >= 1 and states.count(",interrupted,130,") >= 4
    assert "--resume" in said and "Traceback" not in said
    assert not list(out.glob(".*.part"))


def slow_or_not(task: Task) -> Outcome:
    """What makes a report: an interruption is its outcome, however late it comes."""
    name = Path(task.folder).name
    with contextlib.suppress(KeyboardInterrupt):
        time.sleep(60 if name == "lent" else 0)
    return Outcome(name, task.folder, "made")


def test_interrupted_batch_ends_though_one_worker_waited_while_another_worked(tmp_path):
    """The one that waits dies with the lock of the queue that the other would ask next."""
    tasks = [Task(str(tmp_path / name), str(tmp_path)) for name in ("vite", "lent")]

    def interrupt(outcome: Outcome) -> None:
        time.sleep(1)  # its worker waits for more by now
        raise KeyboardInterrupt

    found: list[Outcome] = []
    batch = threading.Thread(
        target=lambda: found.extend(
            publish_batch(tasks, workers=2, progress=interrupt, work=slow_or_not)
        ),
        daemon=True,
    )
    batch.start()
    batch.join(45)
    assert [outcome.state for outcome in found] == ["made", "interrupted"]


def test_folder_without_events_or_wrong_options_are_refused_before_any_work(tmp_path, capsys):
    (tmp_path / "vide").mkdir()
    with pytest.raises(InputMissing):
        tasks_of([tmp_path / "vide"])
    with pytest.raises(InputMissing):
        tasks_of([tmp_path / "absent"])
    event(tmp_path, "alpha")
    with pytest.raises(UsageError):
        tasks_of([tmp_path / "alpha"], formats=("papier",))
    assert main(["batch", str(tmp_path / "alpha"), "--workers", "zéro"]) == 64
    assert "--workers" in capsys.readouterr().err


@pytest.mark.slow  # fifty reports: a minute on two cores
def test_s09_five_hostile_events_of_fifty_are_listed_and_the_others_built(tmp_path):
    files = (
        "encrypted.ods",
        "empty_0_byte.xlsx",
        "dtd_entity.xlsx",
        "crc_error.xlsx",
        "data_pickle.pkl",
    )
    for number in range(45):
        event(tmp_path / "events", f"bon-{number:02d}")
    for number, file in enumerate(files):
        spoilt(tmp_path / "events", f"hostile-{number}", file)
    out = tmp_path / "out"
    run = subprocess.run(
        [*BATCH, str(tmp_path / "events"), "--out", str(out), "--formats", "html,measures"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    with (out / ACCOUNT).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["made"] * 45 + ["refused"] * 5
    assert all(row["said"] for row in rows[45:])
    assert sum((out / f"bon-{number:02d}/bilan.html").is_file() for number in range(45)) == 45
    identifiers = load_with_identifiers(tmp_path / "events/bon-00")[1]
    log = tmp_path / "screen.txt"
    log.write_text(run.stdout + run.stderr, encoding="utf-8")
    assert search([log, out / ACCOUNT], identifiers) == []
