"""The same person in two editions, under a key of the organiser's own."""

from __future__ import annotations

import os

import pytest
from small_event import write_event

import necbilan as nec
from necbilan.errors import OutputError, UsageError
from necbilan.sources.privacy.linking import link_key


def test_two_editions_under_one_key_tell_who_came_again(tmp_path):
    first = write_event(tmp_path / "2024")
    second = write_event(tmp_path / "2025")
    rows = (second / "inscriptions.csv").read_text(encoding="utf-8").splitlines()
    kept = [rows[0], *rows[:8:-1]]  # eight people did not come back; the others stand elsewhere
    (second / "inscriptions.csv").write_text("\n".join(kept), encoding="utf-8")
    key = tmp_path / "lien.cle"
    people = [nec.load(folder, key_file=key).registrations["person"] for folder in (first, second)]
    assert [len(column) for column in people] == [24, 16]
    assert int(people[1].isin(people[0]).sum()) == 16
    assert int(nec.load(second).registrations["person"].isin(people[0]).sum()) == 0


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_key_is_for_its_owner_alone_and_stays_the_same(tmp_path):
    file = tmp_path / "lien.cle"
    assert link_key(file) == link_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        link_key(file)


def test_what_is_no_key_is_refused_without_being_shown(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Aline Zarbignon", encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(UsageError) as caught:
        link_key(file)
    assert "Zarbignon" not in str(caught.value)
    with pytest.raises(OutputError):
        link_key(tmp_path / "absent/lien.cle")
