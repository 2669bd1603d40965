"""Every verb runs to its end though each process that it starts may speak to itself only."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_event import write_event

from necbilan.publishing.report import WRITERS

if TYPE_CHECKING:
    from pathlib import Path

GUARD = """
import os, sys

ASKED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
         "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request")
OWN = ("127.0.0.1", "localhost", "::1", "", None)

def refuse_strangers(event, arguments):
    if event not in ASKED:
        return
    where = arguments[1] if event in ASKED[:3] else arguments[0]
    host = where[0] if isinstance(where, tuple) else where
    if host in OWN or (event in ASKED[:3] and isinstance(where, (str, bytes))):
        return  # itself, or a socket that is a file
    with open(os.environ["STRANGERS"], "a") as told:
        told.write(f"{event} {where}\\n")
    raise PermissionError(f"network: {event}")

sys.addaudithook(refuse_strangers)
"""
"""a sitecustomize: an audit hook sees what any library asks of Python's sockets, and can't be
taken away; kernels and workers inherit it"""


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """The environment of a process under guard; STRANGERS names the file of its calls."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    paths = [str(guard), *filter(None, [os.environ.get("PYTHONPATH")])]
    told = str(tmp_path / "strangers.txt")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "STRANGERS": told}


def _run(alone: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=alone, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "call", ["create_connection(('192.0.2.1', 80), 1)", "getaddrinfo('necbilan.invalid', 443)"]
)
def test_the_guard_sees_and_stops_a_call(alone: dict[str, str], tmp_path: Path, call: str) -> None:
    run = _run(alone, "-c", f"import socket; socket.{call}")
    assert "PermissionError: network" in run.stderr
    assert (tmp_path / "strangers.txt").read_text(encoding="utf-8").startswith("socket.")


def test_everything_is_made_without_the_network(alone: dict[str, str], tmp_path: Path) -> None:
    one = write_event(tmp_path / "sources" / "un", slug="un")
    two = write_event(tmp_path / "sources" / "deux", slug="deux")
    out = tmp_path / "out"
    formats = ",".join(name for name, _ in WRITERS)
    for verb in (
        ("check", str(one)),
        ("report", str(one), "--out", str(out), "--formats", formats),
        ("batch", str(one), str(two), "--out", str(out), "--workers", "2"),
        ("compare", str(out / "un" / "measures.csv"), str(two), "--out", str(out)),
        ("purge", str(out / "un")),
    ):
        run = _run(alone, "-m", "necbilan.cli", *verb)
        assert run.returncode == 0, run.stderr
    assert not (tmp_path / "strangers.txt").exists()
