"""The same inputs give the same bytes: today, tomorrow, in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from necbilan.publishing.report import WRITERS, publish

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples" / "metz-2023"
EVERY_FORMAT = tuple(name for name, _ in WRITERS)
EPOCH = "1700000000"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_second_run_gives_the_same_bytes_of_every_file(
    metz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    again = hashes(publish(SAMPLE, tmp_path, formats=EVERY_FORMAT))
    assert again == hashes(metz)
    assert {Path(name).suffix for name in again} >= {
        ".html",
        ".pdf",
        ".csv",
        ".ipynb",
        ".pptx",
        ".xlsx",
        ".svg",
        ".png",
        ".md",
        ".json",
    }


def test_another_process_elsewhere_with_other_hashes_gives_the_same_bytes(
    metz: Path, tmp_path: Path
) -> None:
    formats = ",".join(EVERY_FORMAT)
    command = [sys.executable, "-m", "necbilan.cli", "report", str(SAMPLE), "--formats", formats]
    elsewhere = {
        **os.environ,
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Noumea",
        "LANG": "C",
    }
    run = subprocess.run(
        [*command, "--out", "bilans"],
        cwd=tmp_path,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert hashes(tmp_path / "bilans" / "metz-2023") == hashes(metz)


def test_the_inputs_are_left_as_they_were(tmp_path: Path) -> None:
    before = hashes(SAMPLE)
    publish(SAMPLE, tmp_path, formats=("measures",))
    assert hashes(SAMPLE) == before
