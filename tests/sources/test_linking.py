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


def test_no_output_depends_on_the_pseudonyms_nor_holds_the_key(tmp_path):
    """Two keys order the same people in two ways; all that follows is the same."""
    event = write_event(tmp_path / "essai")
    keys = [tmp_path / "une.cle", tmp_path / "autre.cle"]
    for file, byte in zip(keys, ("11", "ee"), strict=True):
        file.write_text(byte * 32, encoding="ascii")
        file.chmod(0o600)
    one, other = (nec.load(event, key_file=file) for file in keys)
    orders = [dossier.registrations["person"].rank().tolist() for dossier in (one, other)]
    assert orders[0] != orders[1]
    csv = [nec.protect(nec.measure(dossier)).to_csv() for dossier in (one, other)]
    assert csv[0] == csv[1]
    assert one.facts == other.facts
    assert repr(one.problems) == repr(other.problems)
    for written in (csv[0], repr(one.facts), one.registrations.to_csv()):
        assert "11" * 32 not in written
