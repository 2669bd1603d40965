"""purge removes what necbilan wrote, and nothing else."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from small_event import write_event

from necbilan.cli import main
from necbilan.errors import InputMissing, OutputError, OutputLocked
from necbilan.publishing.locking import locked
from necbilan.publishing.outputs import building
from necbilan.publishing.purge import purge, reminders


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    out = tmp_path / "reports"
    for slug in ("un", "deux"):
        with building(out, slug) as draft:
            draft.write("bilan.html", slug)
            draft.write("figures/01.svg", "<svg/>")
    return out


def left(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_one_output_goes_and_the_other_stays(reports):
    purge([reports / "un"])
    assert left(reports) == ["deux/bilan.html", "deux/figures/01.svg", "deux/manifest.json"]
    assert not (reports / "un").exists()


def test_all_outputs_of_a_folder_go(reports):
    purge([reports])
    assert left(reports.parent) == []


def test_dry_run_removes_nothing_and_says_the_same(reports):
    would = purge([reports], dry_run=True)
    assert len(left(reports)) == 6
    assert purge([reports]) == would


def test_files_of_someone_else_stay(reports):
    (reports / "un" / "notes.txt").write_text("à moi")
    purge([reports / "un"])
    assert left(reports / "un") == ["notes.txt"]


def test_what_a_failed_run_left_goes_too(reports):
    (reports / "un.quarantaine").mkdir()
    (reports / "un.quarantaine/bilan.html").write_text("fuite")
    (reports / "un.echec.ipynb").write_text("{}")
    (reports / "un.a-relire.html").write_text("à décider")
    purge([reports])
    assert left(reports.parent) == []


def test_the_internal_edition_goes_with_its_event(reports):
    with building(reports, "un-interne") as draft:
        draft.write("bilan.html", "en relecture")
    purge([reports / "un"])
    assert {path.split("/")[0] for path in left(reports)} == {"deux"}


def test_only_what_is_older_than_a_day_goes(reports):
    for path in (reports / "un").rglob("*"):
        os.utime(path, (0, 0))
    purge([reports], before=date(2000, 1, 1))
    assert {path.split("/")[0] for path in left(reports)} == {"deux"}


def test_inputs_are_never_touched(tmp_path, reports, monkeypatch):
    event = tmp_path / "un"
    event.mkdir()
    (event / "event.toml").write_text('name = "Un"\ndate = 2025-01-01\nplace = "Ici"\n')
    (event / "inscriptions.csv").write_text("Nom\n")
    monkeypatch.chdir(tmp_path)
    purge(["un"])
    assert left(event) == ["event.toml", "inscriptions.csv"]
    assert not (reports / "un").exists()


def test_manifest_that_points_outside_removes_nothing_outside(tmp_path, reports):
    victim = tmp_path / "victime"
    victim.write_text("à moi")
    (reports / "un/manifest.json").write_text('{"files": [{"path": "../../victime"}]}')
    purge([reports / "un"])
    assert victim.read_text() == "à moi"


def test_folder_without_output_and_symbolic_link_are_refused(tmp_path, reports):
    (tmp_path / "rien").mkdir()
    with pytest.raises(InputMissing):
        purge([tmp_path / "rien"])
    (tmp_path / "lien").symlink_to(reports / "un")
    with pytest.raises(OutputError):
        purge([tmp_path / "lien"])
    assert len(left(reports)) == 6


def test_a_link_among_the_outputs_is_not_followed(tmp_path, reports):
    with building(tmp_path / "ailleurs", "trois") as draft:
        draft.write("bilan.html", "ailleurs")
    (reports / "lien").symlink_to(tmp_path / "ailleurs/trois", target_is_directory=True)
    (reports / "lien.quarantaine").symlink_to(tmp_path / "ailleurs", target_is_directory=True)
    purge([reports])
    assert left(tmp_path / "ailleurs") == ["trois/bilan.html", "trois/manifest.json"]
    assert not (reports / "un").exists()


def test_a_name_that_no_run_gives_is_someone_elses(reports):
    (reports / "Mes notes.a-relire.html").write_text("à moi")
    purge([reports])
    assert left(reports) == ["Mes notes.a-relire.html"]


def test_nothing_goes_while_a_run_writes_one_of_the_outputs(reports):
    with locked(reports / "deux"), pytest.raises(OutputLocked):
        purge([reports])
    assert len(left(reports)) == 6


def test_an_output_goes_or_stays_whole_by_the_day_it_was_finished(reports):
    os.utime(reports / "un" / "bilan.html", (0, 0))
    with pytest.raises(InputMissing):
        purge([reports / "absent"], before=date(2000, 1, 1))
    assert purge([reports], before=date(2000, 1, 1)) == []
    os.utime(reports / "un" / "manifest.json", (0, 0))
    assert len(purge([reports / "un"], before=date(2000, 1, 1))) == 3


def test_a_day_to_come_takes_every_output_and_nothing_else(reports):
    (reports / "notes.txt").write_text("à moi")
    purge([reports], before=date(2999, 1, 1))
    assert left(reports) == ["notes.txt"]


def test_what_is_no_day_is_refused_and_removes_nothing(reports, capsys):
    for said in ("demain", "31/12/2025", "2025-13-01", ""):
        code = main(["purge", str(reports), "--before", said])
        assert code == 64
    assert len(left(reports)) == 6
    assert "n’est pas une date" in capsys.readouterr().err


def test_an_output_that_somebody_has_open_goes_all_the_same_or_says_so(reports):
    with (reports / "un" / "bilan.html").open() as opened:
        purge([reports / "un"])
        assert opened.read() == "un"
    assert not (reports / "un").exists()


def test_until_when_the_spreadsheets_may_be_kept_is_said(tmp_path):
    event = write_event(tmp_path / "essai")
    assert "au plus tard le 04/03/2027" in reminders([event], date(2026, 1, 1))[0]
    assert "depuis le 04/03/2027" in reminders([event], date(2028, 1, 1))[0]
    text = (event / "event.toml").read_text(encoding="utf-8").replace("retention = 2027-03-04", "")
    (event / "event.toml").write_text(text, encoding="utf-8")
    assert "fixez la date" in reminders([event], date(2026, 1, 1))[0]
    assert reminders([tmp_path], date(2026, 1, 1)) == []
