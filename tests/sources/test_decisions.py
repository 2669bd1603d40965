"""A human's answers are kept: check adds rows and overwrites nothing."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from necbilan.errors import ConfigError
from necbilan.sources.decisions import Kind, Proposal, add_proposals, read_decisions
from necbilan.sources.privacy.identifiers import Identifiers

HEAD = "kind;key;proposal;reason;decision;by;on\r\n"


def written(folder: Path, rows: str, encoding: str = "utf-8-sig") -> None:
    (folder / "decisions.csv").write_bytes((HEAD + rows).encode(encoding))


def test_yes_takes_the_proposal_no_refuses_it_and_a_text_replaces_it(tmp_path):
    written(
        tmp_path,
        "organisation;CCAS Metz;CCAS de Metz;;oui;;\r\n"
        "organisation;MJC;MJC Borny;;non;;\r\n"
        "organisation;Asso;Association;;Club;;\r\n"
        "organisation;Hub;HubEst;;;;\r\n",
    )
    decisions = read_decisions(tmp_path)
    assert decisions.answers("organisation") == {"CCAS Metz": "CCAS de Metz", "Asso": "Club"}
    assert decisions.refused("organisation") == {"MJC"}
    assert decisions.waiting() == {"organisation": 1}


def test_a_file_saved_again_by_a_spreadsheet_in_cp1252_is_read(tmp_path):
    written(tmp_path, "word;Évolution;;;Oui;;\r\n", encoding="cp1252")
    assert read_decisions(tmp_path).answers("word") == {"Évolution": ""}


def test_adding_proposals_keeps_every_answer_and_adds_each_once(tmp_path):
    written(tmp_path, "word;partage;;;non;moi;2025-01-02\r\n")
    proposals = [Proposal("word", "partage", "", "x"), Proposal("word", "lien", "", "x")]
    assert add_proposals(tmp_path, [*proposals, *proposals]) == 1
    assert add_proposals(tmp_path, proposals) == 0
    decisions = read_decisions(tmp_path)
    assert decisions.refused("word") == {"partage"}
    assert decisions.waiting() == {"word": 1}
    assert "moi;2025-01-02" in (tmp_path / "decisions.csv").read_text("utf-8-sig")


def test_a_key_that_looks_like_a_formula_is_written_as_text_and_read_back(tmp_path):
    add_proposals(tmp_path, [Proposal("remark", "=HYPERLINK(1)", "", "")])
    assert ";'=HYPERLINK" in (tmp_path / "decisions.csv").read_text("utf-8-sig")
    add_proposals(tmp_path, [Proposal("remark", "=HYPERLINK(1)", "", "")])
    assert read_decisions(tmp_path).waiting() == {"remark": 1}


def test_a_row_of_an_unknown_kind_is_refused_by_its_line(tmp_path):
    written(tmp_path, "word;a;;;;;\r\nchose;b;;;;;\r\n")
    with pytest.raises(ConfigError, match="ligne 3"):
        read_decisions(tmp_path)


def test_no_file_means_no_decision(tmp_path):
    assert read_decisions(tmp_path).rows == ()


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nGenre;Clé;Proposition;Décision\r\nMot;Évolution;;Oui\r\n",
        "Nos décisions;;;\r\n;;;\r\nDECISION; Key ;kind;Qui\r\nOUI;Évolution;word;moi\r\n",
        "kind\tkey\tdecision\r\nword\tÉvolution\toui\r\n",
        '"decision","kind","key"\r\n"oui.","word","Évolution"\r\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_columns_renamed_moved_or_left_out_by_a_spreadsheet_are_found(tmp_path, text, encoding):
    (tmp_path / "decisions.csv").write_bytes(text.encode(encoding))
    decisions = read_decisions(tmp_path)
    assert set(decisions.answers("word")) == {"Évolution"}
    assert decisions.waiting() == {}


def test_a_doubt_is_no_answer_and_never_a_text_to_print(tmp_path):
    said = ["Oui !", "d’accord", "NON.", "Non merci", "peut-être", "?", "non, trop long", "Réseaux"]
    written(tmp_path, "".join(f"word;{n};mot;;{text};;\r\n" for n, text in enumerate(said)))
    decisions = read_decisions(tmp_path)
    assert decisions.answers("word") == {"0": "mot", "1": "mot", "7": "Réseaux"}
    assert decisions.refused("word") == {"2", "3"}
    assert decisions.waiting() == {"word": 3}
    (problem,) = decisions.unclear()
    assert (problem.cell, problem.severity) == ("ligne 8", "ask")


def test_a_column_that_someone_added_is_kept_when_check_adds_rows(tmp_path):
    (tmp_path / "decisions.csv").write_text(
        "kind;key;decision;Vu avec\nword;lien;oui;Nadège\n", encoding="utf-8"
    )
    add_proposals(tmp_path, [Proposal("word", "partage", "partage", "")])
    lines = (tmp_path / "decisions.csv").read_text("utf-8-sig").splitlines()
    assert lines == [
        "kind;key;proposal;reason;decision;by;on;Vu avec",
        "word;lien;;;oui;;;Nadège",
        "word;partage;partage;;;;;",
    ]


def test_every_kind_that_check_may_write_can_be_read_back(tmp_path: Path) -> None:
    proposals = [Proposal(kind, f"clé {kind}", "oui", "essai") for kind in get_args(Kind)]
    add_proposals(tmp_path, proposals)
    assert [row.kind for row in read_decisions(tmp_path).rows] == list(get_args(Kind))


def test_words_to_print_that_name_somebody_of_the_lists_wait_and_only_their_line_is_said(tmp_path):
    """A human rewords a remark with a name, or says yes to a proposal that she edited."""
    written(
        tmp_path,
        "remark;Plus d'ateliers;Plus d'ateliers;;Plus d'ateliers selon Wilhelmine Delacroixz;;\r\n"
        "remark;Bravo;Bravo à delacroixz;;oui;;\r\n"
        "remark;Trop court;Trop court;;oui;;\r\n"
        "organisation;Delacroixz EI;;;Delacroixz EI;;\r\n",
    )
    known = Identifiers(names=[("Wilhelmine", "Delacroixz")])
    followed, (problem,) = read_decisions(tmp_path).naming_nobody(lambda: known)
    assert followed.answers("remark") == {"Trop court": "Trop court"}
    assert followed.answers("organisation") == {"Delacroixz EI": "Delacroixz EI"}
    assert followed.waiting() == {"remark": 2}
    assert (problem.severity, problem.cell) == ("ask", "lignes 2, 3")
    assert "delacroixz" not in repr(problem).casefold()


def test_nobody_is_looked_for_when_no_decision_is_printed(tmp_path):
    written(tmp_path, "remark;Trop court;Trop court;;non;;\r\norganisation;MJC;;;MJC;;\r\n")
    decisions = read_decisions(tmp_path)

    def never() -> Identifiers:
        raise AssertionError

    assert decisions.naming_nobody(never) == (decisions, ())
