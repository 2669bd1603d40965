"""publish_batch(): the reports of many events, each made in a worker process.

One event that is refused, takes its process with it or never ends stops no other: what
a dead worker was doing is tried once more, alone.  The unit of work is ``report_of``, a
function of one Task of plain values, so that any executor can map it: a cluster's too.
"""

from __future__ import annotations

import contextlib
import faulthandler
import math
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, TypeAlias

from necbilan.errors import InputMissing, Interrupted, NecbilanError, UsageError
from necbilan.publishing.freshness import is_current, made_from
from necbilan.publishing.outputs import ACCOUNT, write_whole
from necbilan.publishing.report import FORMATS, check_asked, publish
from necbilan.safe_cells import csv_text
from necbilan.sources.event.file import read_event
from necbilan.sources.headings.guessing import is_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from types import FrameType

__all__ = ["LIMIT", "Outcome", "State", "Task", "publish_batch", "report_of", "tasks_of"]

LIMIT = 600.0
"""seconds after which an event that is not done ends with its worker"""
PATIENCE = 5.0
"""seconds that a worker has to remove its draft once its parent is gone"""
RENEWED = 20
"""events that a worker makes before a new one takes its place, so that memory is given back"""

State = Literal["made", "current", "refused", "quarantined", "failed", "ended", "interrupted"]
_STATES: dict[int, State] = {3: "quarantined", 64: "refused", 65: "refused", 66: "refused"}


@dataclass(frozen=True)
class Task:
    """One report to make; plain values only, so that it travels to any worker.

    ``twin`` is the folder of the same batch whose report already has that name.
    """

    folder: str
    out: str
    formats: tuple[str, ...] = FORMATS
    language: str = "fr"
    resume: bool = False
    twin: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of an event: ``made`` and ``current`` are well, the others say why not.

    ``event`` is its slug, the folder's name when event.toml says none; ``said`` is the
    sentence that ``necbilan report`` would have printed, ``exit_code`` what it would have
    returned (−1: its process died).
    """

    event: str
    folder: str
    state: State
    said: str = ""
    exit_code: int = 0
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        return self.state in {"made", "current"}


Work: TypeAlias = "Callable[[Task], Outcome]"


def tasks_of(
    paths: Sequence[str | Path],
    out: str | Path = "reports",
    formats: Sequence[str] = FORMATS,
    language: str = "fr",
    *,
    resume: bool = False,
) -> tuple[Task, ...]:
    """A Task for each event: ``paths`` are events' folders or folders of them, in order.

    Within a folder of folders, one that holds a spreadsheet but no event.toml is a task
    too: its outcome says what is missing.  Raises InputMissing where there is no event,
    UsageError for an unknown format or language.
    """
    check_asked(formats, language)
    folders = dict.fromkeys(folder for path in paths for folder in _events(Path(path)))
    tasks: list[Task] = []
    seen: dict[str, Path] = {}
    for folder in folders:
        name = _slug(folder)
        task = Task(str(folder), str(out), tuple(formats), language, resume=resume)
        tasks.append(replace(task, twin=str(seen.get(name, ""))))
        seen.setdefault(name, folder)
    return tuple(tasks)


def _events(path: Path) -> list[Path]:
    if not path.is_dir():
        raise InputMissing(f"{path}\u00a0: ce dossier n’existe pas. Vérifiez le chemin indiqué.")
    if (path / "event.toml").is_file():
        return [path]
    found = [
        folder
        for folder in sorted(path.iterdir())
        if folder.is_dir() and not folder.name.startswith(".") and _is_event(folder)
    ]
    if not found:
        raise InputMissing(
            f"{path}\u00a0: aucun dossier d’événement ici. Indiquez des dossiers qui contiennent "
            "event.toml, ou le dossier qui les réunit."
        )
    return found


def _is_event(folder: Path) -> bool:
    return (folder / "event.toml").is_file() or any(map(is_spreadsheet, folder.iterdir()))


def _slug(folder: Path) -> str:
    try:
        return read_event(folder).event.slug
    except NecbilanError:  # its own outcome will say so
        return folder.name


def report_of(task: Task) -> Outcome:
    """Make one report.  Whatever stops it is told in the Outcome, but for the process' end."""
    start = time.monotonic()
    name = _slug(Path(task.folder))
    outcome = Outcome(name, task.folder, "made")
    try:
        if task.twin:
            raise UsageError(
                f"le dossier {task.twin} porte le même identifiant «\u00a0{name}\u00a0»\u202f; "
                "donnez à chacun le sien, avec id dans event.toml."
            )
        asked = made_from(task.folder, task.formats, task.language)
        if task.resume and is_current(Path(task.out) / name, asked):
            outcome = replace(outcome, state="current")
        else:
            publish(task.folder, task.out, task.formats, task.language)
    except Interrupted as error:
        outcome = replace(outcome, state="interrupted", said=str(error), exit_code=error.exit_code)
    except NecbilanError as error:
        state = _STATES.get(error.exit_code, "failed")
        outcome = replace(outcome, state=state, said=str(error), exit_code=error.exit_code)
    except Exception as error:  # noqa: BLE001  # a bug in one event is that event's outcome
        said = f"erreur interne ({type(error).__name__})\u202f; relancez cet événement seul, avec "
        said += "«\u00a0necbilan report --debug\u00a0», et signalez-la."
        outcome = replace(outcome, state="failed", said=said, exit_code=70)
    return replace(outcome, seconds=time.monotonic() - start)


def publish_batch(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    limit: float = LIMIT,
    executor: Executor | None = None,
    progress: Callable[[Outcome], None] | None = None,
    work: Work = report_of,
) -> tuple[Outcome, ...]:
    """Make every report, and their account ``lot.csv``; one Outcome a task, in their order.

    ``workers`` processes (as many as cores by default, never more than tasks), each event
    within ``limit`` seconds; or a given ``executor``, whose workers are its own affair.
    ``work`` is what each does with its task.  On Ctrl-C what is done is kept and the rest
    is ``interrupted``.  Raises OutputError when the account cannot be written.
    """
    say = progress or (lambda outcome: None)
    done: dict[Task, Outcome] = {}
    with contextlib.suppress(KeyboardInterrupt):
        found = (
            zip(tasks, executor.map(work, tasks), strict=True)
            if executor is not None
            else _in_processes(partial(_in_worker, work, limit), tasks, workers, limit)
        )
        for task, outcome in found:
            done[task] = outcome
            say(outcome)
    outcomes = tuple(done.get(task) or _interrupted(task) for task in tasks)
    for out in dict.fromkeys(task.out for task in tasks):
        mine = [outcome for task, outcome in zip(tasks, outcomes, strict=True) if task.out == out]
        write_whole(Path(out) / ACCOUNT, _account(mine))
    return outcomes


def _interrupted(task: Task) -> Outcome:
    said = "interrompu avant la fin\u202f; --resume reprend là où le lot s’est arrêté."
    name = _slug(Path(task.folder))
    return Outcome(name, task.folder, "interrupted", said, exit_code=Interrupted.exit_code)


def _account(outcomes: Sequence[Outcome]) -> bytes:
    """A CSV row an event; no duration, so that the same batch gives the same bytes."""
    rows: list[tuple[str | int, ...]] = [("event", "folder", "state", "exit_code", "said")]
    rows += [
        (o.event, o.folder, o.state, o.exit_code, " ".join(map(str.strip, o.said.splitlines())))
        for o in outcomes
    ]
    return csv_text(rows).encode("utf-8-sig")


# --- worker processes --------------------------------------------------------------------


def _in_processes(
    work: Work, tasks: Sequence[Task], workers: int | None, limit: float
) -> Iterator[tuple[Task, Outcome]]:
    """Outcomes as they come.  Tasks under way when a worker dies are tried again, alone."""
    waiting = deque(tasks)
    suspects: list[Task] = []
    workers = max(1, min(workers or os.cpu_count() or 1, len(tasks)))
    while waiting:
        batch = [waiting.popleft() for _ in range(min(len(waiting), RENEWED * workers))]
        started: dict[Task, float] = {}
        for task, outcome in _in_one_pool(work, batch, workers, started):
            del started[task]
            batch.remove(task)
            yield task, outcome
        begun = [task for task in batch if task in started] or batch  # not even a start
        suspects += begun
        waiting.extendleft(task for task in reversed(batch) if task not in begun)
    for task in suspects:
        started = {}
        alone = dict(_in_one_pool(work, [task], 1, started))
        seconds = time.monotonic() - started.get(task, math.inf)
        yield task, alone.get(task) or _ended(task, seconds, limit)


def _in_one_pool(
    work: Work, tasks: Sequence[Task], workers: int, started: dict[Task, float]
) -> Iterator[tuple[Task, Outcome]]:
    """Outcomes until all are done or a worker dies; ``started`` is told what began, and when."""
    waiting = deque(tasks)
    running: dict[Future[Outcome], Task] = {}
    before = set(multiprocessing.active_children())
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawning, initializer=_end_with_the_parent)
    try:
        pool.submit(_ready).result()  # from here on, time is the work's own
        while waiting or running:
            while waiting and len(running) < workers:
                started[waiting[0]] = time.monotonic()
                running[pool.submit(work, waiting[0])] = waiting[0]
                waiting.popleft()
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [future for future in done if future.exception() is not None]
            for future in done.difference(broken):
                yield running.pop(future), future.result()
            if broken:
                return
    except BrokenProcessPool:  # found out when a task was handed over
        return
    except BaseException:  # Ctrl-C, or whoever reads us stops: no worker outlives us
        children = set(multiprocessing.active_children()) - before
        for child in children:
            child.terminate()
        for child in children:
            child.join(PATIENCE)
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_the_parent() -> None:
    """A worker whose parent was killed would wait for work for ever: it ends, and cleans up.

    What it does is interrupted first (see ``_in_worker``); idle, it ends at once.
    """
    parent = multiprocessing.parent_process()

    def wait_for_its_end() -> None:
        if parent is not None:
            parent.join()
        while True:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(PATIENCE)

    threading.Thread(target=wait_for_its_end, daemon=True).start()


def _ready() -> None:
    """Nothing: a process that has done it has started and imported all that the work needs."""


def _in_worker(work: Work, limit: float, task: Task) -> Outcome:
    """The work in a process of its own, which ends with it after ``limit`` seconds.

    The parent alone answers Ctrl-C; its request to end is an interruption, so that
    drafts are removed and locks given back.  Then the process ends: asking for more work, it
    would wait for ever for a queue that another ended worker had locked.
    """
    asked_to_end = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal asked_to_end
        asked_to_end = True
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        signal.signal(signal.SIGTERM, end)
        with _nowhere() as file:
            faulthandler.dump_traceback_later(limit, exit=True, file=file)
            try:
                return work(task)
            finally:
                faulthandler.cancel_dump_traceback_later()
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
    finally:
        if asked_to_end:
            os._exit(Interrupted.exit_code)


def _nowhere() -> IO[str]:
    return Path(os.devnull).open("w", encoding="utf-8")


def _ended(task: Task, seconds: float, limit: float) -> Outcome:
    if seconds >= limit:
        said = f"le bilan n’était pas fini après {limit:.0f}\u202fs\u202f; lancez-le seul, "
        said += "ou donnez plus de temps avec --timeout (en secondes)."
    else:
        said = "le processus s’est arrêté de lui-même (mémoire pleine, fichier hostile)\u202f; "
        said += "lancez cet événement seul avec «\u00a0necbilan report\u00a0»."
    return Outcome(_slug(Path(task.folder)), task.folder, "ended", said, -1, seconds)
