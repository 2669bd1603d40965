"""A folder to a Dossier: Metz to the last person, the kinds of events, the faults."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from necbilan.errors import BlockedByProblems, ConfigError, InputMissing
from necbilan.model import Dossier
from necbilan.publishing.account_text import account_text
from necbilan.sources import load, load_with_identifiers
from necbilan.sources.account import check
from necbilan.sources.decisions import read_decisions
from necbilan.sources.proposing import proposals
from necbilan.tables import REGISTRATIONS, RESPONSES

ROOT = Path(__file__).parents[2]
METZ = ROOT / "data_samples" / "metz-2023"
HEAD = 'id = "essai"\nname = "Essai"\ndate = 2025-03-04\nplace = "Ici"\ncommune = "Metz"\n'


def folder_with(folder: Path, toml: str, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "event.toml").write_text(HEAD + toml, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def said(dossier: Dossier, role: str) -> dict[str, int]:
    assert dossier.responses is not None
    rows = dossier.responses.loc[dossier.responses["role"].eq(role), "answer"].dropna()
    return {str(answer): int(n) for answer, n in rows.value_counts().items()}


# --- Metz, to the last person ---------------------------------------------------------------


@pytest.fixture(scope="module")
def metz() -> Dossier:
    return load(METZ)


@pytest.fixture(scope="module")
def people(metz: Dossier) -> pd.DataFrame:
    assert metz.registrations is not None
    return metz.registrations


def test_metz_funnel_is_exact(people: pd.DataFrame) -> None:
    present = people["present"].fillna(False)
    assert int(present.sum()) == 181
    assert int(people["status"].eq("cancelled").sum()) == 14
    assert int((people["status"].eq("registered") & ~present).sum()) == 13
    assert int(people["status"].eq("walk_in").sum()) == 6


def test_metz_lines_balance(metz: Dossier) -> None:
    professionals, public = metz.facts.sources[:2]
    assert (professionals.lines, professionals.kept) == (155, 145)
    assert professionals.dropped == (("ligne de total", 1), ("autre ligne d’une même personne", 9))
    assert (public.lines, public.kept, public.dropped) == (64, 63, (("titre de section", 1),))


def test_metz_audience_is_a_full_count(people: pd.DataFrame) -> None:
    present = people[people["present"].fillna(False)]
    assert present["audience"].value_counts().to_dict() == {
        "professional": 118,
        "general_public": 63,
    }


def test_metz_origin_is_exact_by_departement_and_country(people: pd.DataFrame) -> None:
    present = people[people["present"].fillna(False)]
    abroad = present["country"].where(present["country"].ne("FR"))
    origin = present["department"].fillna(abroad).fillna("non renseigné")
    assert origin.value_counts().to_dict() == {
        "57": 143,
        "54": 11,
        "non renseigné": 9,
        "LU": 5,
        "75": 4,
        "51": 3,
        "DE": 2,
        "88": 2,
        "67": 2,
    }


def test_metz_organisations_with_the_decisions_of_the_sample(people: pd.DataFrame) -> None:
    present = people[people["present"].fillna(False)]
    assert present["organisation"].nunique() == 71


def test_metz_answers_are_exact(metz: Dossier) -> None:
    assert metz.responses is not None
    assert int(metz.responses["role"].eq("submission").sum()) == 58
    assert said(metz, "overall_satisfaction") == {
        "Plutôt positive": 33,
        "Très positive": 17,
        "Mitigée": 6,
        "Plutôt négative": 2,
    }
    assert said(metz, "liked_most") == {
        "Stands découverte": 21,
        "Ateliers professionnels": 19,
        "Regard croisé Danemark, Luxembourg, France": 11,
        "Table ronde Moselle": 3,
        "Plénière d'ouverture": 3,
        "Clôture": 1,
    }
    assert said(metz, "liked_least") == {
        "Plénière d'ouverture": 17,
        "Clôture": 13,
        "Table ronde Moselle": 12,
        "Regard croisé Danemark, Luxembourg, France": 4,
        "Stands découverte": 1,
        "Ateliers professionnels": 1,
    }


def test_metz_nobody_named_is_a_row_without_answer(metz: Dossier) -> None:
    assert metz.responses is not None
    least = metz.responses[metz.responses["role"].eq("liked_least")]
    assert least["respondent"].nunique() == 58
    assert int(least["answer"].isna().sum()) == 10


def test_metz_scale_holds_the_level_that_nobody_ticked(metz: Dossier) -> None:
    question = metz.facts.question("overall_satisfaction")
    assert question is not None
    assert question.scale[0] == "Très négative"
    assert (len(question.scale), question.positive) == (5, 2)


def test_metz_words_are_grouped_and_only_the_decided_spelling_is_corrected(metz: Dossier) -> None:
    words = said(metz, "word_association")
    assert len(words) == 14
    assert words["Changement"] == 2
    assert {"Émancipation", "Ampleur du problème"} <= set(words)


def test_metz_remarks_are_those_a_human_approved(metz: Dossier) -> None:
    assert [remark.text for remark in metz.facts.remarks] == [
        "Indiquer le parking",
        "Prévoir de l'eau et du café l'après-midi",
    ]


def test_metz_programme_and_budget_are_read_and_totals_left(metz: Dossier) -> None:
    assert metz.activities is not None
    assert metz.speakers is not None
    assert metz.budget is not None
    kinds = metz.activities["kind"].value_counts().to_dict()
    assert (kinds["Atelier professionnel"], kinds["Stand découverte"]) == (4, 5)
    assert metz.speakers["speaker"].nunique() == 15
    assert float(metz.budget["actual"].sum()) == 14000.0


def test_metz_frames_have_the_shape_that_tables_say(metz: Dossier) -> None:
    assert metz.registrations is not None
    assert metz.responses is not None
    assert list(metz.registrations.columns) == REGISTRATIONS.names()
    assert list(metz.responses.columns) == RESPONSES.names()
    assert metz.facts.place_names["insee:57463"] == "Metz"
    assert metz.facts.place_names["department:57"] == "Moselle"
    assert metz.facts.presence == "roll"


def test_metz_needs_no_answer_beyond_its_decisions() -> None:
    asked = {(proposal.kind, proposal.key) for proposal in proposals(METZ)}
    known = {(row.kind, row.key) for row in read_decisions(METZ).rows}
    assert {kind for kind, _ in asked - known} <= {"word"}


def test_without_decisions_written_forms_stay_and_nothing_is_approved(tmp_path: Path) -> None:
    shutil.copytree(METZ, tmp_path / "metz", ignore=shutil.ignore_patterns("decisions.csv"))
    dossier = load(tmp_path / "metz")
    assert {"Emmancipation", "Ampleur de problème"} <= set(said(dossier, "word_association"))
    assert dossier.facts.words == frozenset()
    assert dossier.facts.remarks == ()


def test_no_name_and_no_email_leaves_the_loader(metz: Dossier) -> None:
    text = json.dumps(
        [
            frame.astype("string").fillna("").to_numpy().tolist()
            for frame in (metz.registrations, metz.responses, metz.speakers)
            if frame is not None
        ]
    )
    text += repr(metz) + str(asdict(metz.facts))
    assert "@" not in text
    for name in ("Exemplard", "Spécimen", "Démoulin"):
        assert name not in text


def test_identifiers_of_the_input_are_known_to_the_leak_test() -> None:
    _, identifiers = load_with_identifiers(METZ)
    assert identifiers.kinds_in("écrire à selim.demoulin@exemple.invalid")
    assert identifiers.kinds_in("Sélim Démoulin est venu")
    assert not identifiers.kinds_in("NEC Metz 2023, à Bliida, Ville de Metz")


# --- kinds of events ------------------------------------------------------------------------

LIST = """Nom,Prénom,Courriel,Structure,Statut,Présent
Inventet,Aline,aline@exemple.invalid,CCAS de Metz,Inscrit,x
Quibolle,Bruno,bruno@exemple.invalid,La Poste,Inscrit,
Vrapeau,Denis,denis@exemple.invalid,,Annulé,
"""
SURVEY = """Horodateur,Quelle est votre impression générale ?,Qu'avez-vous le plus aimé ?,Remarques
04/03/2025 18:00:00,Très satisfait,la Fresque du numérique,Merci à Aline Inventet !
04/03/2025 18:05:00,Plutôt satisfait,le café du matin,
04/03/2025 18:09:00,Peu satisfait,fresque numerique,rien
04/03/2025 18:11:00,,,
"""
PROGRAMME = '\n[[activities]]\ntitle = "Fresque du numérique"\nattended = 12\n'


def test_registrations_only_still_load_and_the_survey_is_absent(tmp_path: Path) -> None:
    dossier = load(folder_with(tmp_path, '[files]\nregistrations = "liste.csv"\n', liste=LIST))
    assert dossier.responses is None
    assert dossier.registrations is not None
    assert len(dossier.registrations) == 3


def test_survey_only_still_loads_and_the_registrations_are_absent(tmp_path: Path) -> None:
    dossier = load(folder_with(tmp_path, '[files]\nsurvey = "avis.csv"\n', avis=SURVEY))
    assert dossier.registrations is None
    assert dossier.responses is not None
    assert dossier.facts.presence == "not_measured"


def test_declared_figures_only_still_load(tmp_path: Path) -> None:
    dossier = load(folder_with(tmp_path, "[declared]\npresent = 80\n"))
    assert dossier.registrations is None
    assert dossier.facts.presence == "declared"


def test_answer_all_blank_but_its_date_is_no_answer(tmp_path: Path) -> None:
    dossier = load(folder_with(tmp_path, '[files]\nsurvey = "avis.csv"\n', avis=SURVEY))
    assert dossier.facts.sources[0].dropped == (("aucune réponse", 1),)


def test_open_likings_are_matched_with_the_programme_and_the_rest_names_nobody(
    tmp_path: Path,
) -> None:
    toml = f'[files]\nsurvey = "avis.csv"\n{PROGRAMME}'
    dossier = load(folder_with(tmp_path, toml, avis=SURVEY))
    assert said(dossier, "liked_most") == {"Fresque du numérique": 2}
    assert dossier.facts.exposure == {"Fresque du numérique": 12}


def test_name_of_a_registered_person_is_taken_out_of_a_remark(tmp_path: Path) -> None:
    toml = '[files]\nregistrations = "liste.csv"\nsurvey = "avis.csv"\n'
    dossier = load(folder_with(tmp_path, toml, liste=LIST, avis=SURVEY))
    (remark,) = said(dossier, "free_comment")
    assert "Aline" not in remark
    assert remark.startswith("Merci à […]")


def test_attendance_list_measures_presence_of_those_it_does_not_name_too(tmp_path: Path) -> None:
    registered = "Nom,Prénom,Courriel\nInventet,Aline,a@b.fr\nQuibolle,Bruno,c@d.fr\n"
    signed = "NOM Prénom,Structure,Signature\nINVENTET Aline,,x\nVRAPEAU Denis,La Poste,x\n"
    toml = '[files]\nregistrations = "liste.csv"\nattendance = "feuille.csv"\n'
    dossier = load(folder_with(tmp_path, toml, liste=registered, feuille=signed))
    assert dossier.registrations is not None
    found = list(
        zip(dossier.registrations["status"], dossier.registrations["present"], strict=True)
    )
    assert found == [("registered", True), ("registered", False), ("walk_in", True)]
    assert dossier.facts.presence == "roll"


def test_kinds_are_told_by_headings_when_event_toml_names_no_file(tmp_path: Path) -> None:
    dossier = load(folder_with(tmp_path, "", liste=LIST, avis=SURVEY))
    assert {(source.file, source.kind) for source in dossier.facts.sources} == {
        ("liste.csv", "registrations"),
        ("avis.csv", "survey"),
    }
    assert [p.code for p in dossier.problems].count("W_KIND_GUESSED") == 2


def test_same_person_in_two_lists_is_one(tmp_path: Path) -> None:
    toml = '[files]\nregistrations = ["liste.csv", "autre.csv"]\n'
    dossier = load(folder_with(tmp_path, toml, liste=LIST, autre=LIST))
    assert dossier.registrations is not None
    assert len(dossier.registrations) == 3


# --- faults ---------------------------------------------------------------------------------


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="n’existe pas"):
        load(tmp_path / "nulle-part")


def test_folder_with_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="aucun tableur"):
        load(folder_with(tmp_path, ""))


def test_named_file_that_is_not_there_blocks(tmp_path: Path) -> None:
    with pytest.raises(BlockedByProblems, match="n’est pas dans le dossier"):
        load(folder_with(tmp_path, '[files]\nsurvey = "absent.csv"\n'))


def test_list_without_names_or_emails_blocks(tmp_path: Path) -> None:
    text = "Structure,Statut\nCCAS,Inscrit\nLa Poste,Inscrit\n"
    with pytest.raises(BlockedByProblems, match="aucune colonne de noms ni d’adresses"):
        load(folder_with(tmp_path, '[files]\nregistrations = "liste.csv"\n', liste=text))


def test_survey_without_a_question_blocks(tmp_path: Path) -> None:
    text = "Horodateur,Adresse e-mail\n04/03/2025 18:00:00,a@b.fr\n04/03/2025 18:01:00,c@d.fr\n"
    with pytest.raises(BlockedByProblems, match="aucune question"):
        load(folder_with(tmp_path, '[files]\nsurvey = "avis.csv"\n', avis=text))


def test_every_blocking_fault_is_shown_at_once(tmp_path: Path) -> None:
    toml = '[files]\nregistrations = ["un.csv", "deux.csv"]\n'
    with pytest.raises(BlockedByProblems) as caught:
        load(folder_with(tmp_path, toml))
    assert [problem.file for problem in caught.value.problems] == ["un.csv", "deux.csv"]


def test_answer_outside_its_scale_is_a_problem_with_its_line(tmp_path: Path) -> None:
    rows = "\n".join(str(note) for note in [5, 4, 4, 3, 5, 5, 4, 2, 1, 6])
    text = f"Votre note globale (de 1 à 5)\n{rows}\n"
    dossier = load(folder_with(tmp_path, '[files]\nsurvey = "avis.csv"\n', avis=text))
    (problem,) = [problem for problem in dossier.problems if problem.code == "A_OFF_SCALE"]
    assert problem.cell == "ligne 11"
    assert sum(said(dossier, "overall_satisfaction").values()) == 9


def test_unknown_status_is_asked_with_its_cell(tmp_path: Path) -> None:
    text = LIST.replace("Vrapeau,Denis,denis@exemple.invalid,,Annulé", "Vrapeau,Denis,d@e.fr,,Zut")
    dossier = load(folder_with(tmp_path, '[files]\nregistrations = "liste.csv"\n', liste=text))
    (problem,) = [problem for problem in dossier.problems if problem.code == "A_STATUS"]
    assert (problem.cell, problem.severity) == ("ligne 4", "ask")
    assert "Zut" not in problem.sentence()


def test_faulty_event_toml_is_refused_before_any_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load(folder_with(tmp_path, "inconnu = 1\n", liste=LIST))


# --- check ----------------------------------------------------------------------------------


def test_check_adds_proposals_once_and_never_touches_an_answer(tmp_path: Path) -> None:
    text = "Horodateur,En un mot ?\n" + "".join(
        f"04/03/2025 18:0{i}:00,{word}\n" for i, word in enumerate(["lien", "lien", "partage"])
    )
    folder = folder_with(tmp_path, '[files]\nsurvey = "avis.csv"\n', avis=text)
    assert check(folder).added == 2
    decisions = (folder / "decisions.csv").read_text("utf-8-sig")
    (folder / "decisions.csv").write_text(
        decisions.replace("word;lien;lien;dit 2 fois;", "word;lien;lien;dit 2 fois;oui"),
        "utf-8-sig",
    )
    again = check(folder)
    assert (again.added, dict(again.waiting)) == (0, {"word": 1})
    assert load(folder).facts.words == frozenset({"lien"})


def test_check_tells_every_line_and_column_as_text_and_json(tmp_path: Path) -> None:
    shutil.copytree(METZ, tmp_path / "metz")
    account = check(tmp_path / "metz")
    told = json.loads(account.json())
    assert (told["people"], told["present"], told["answers"]) == (208, 181, 58)
    assert told["exit_code"] == 0
    for file in told["files"]:
        assert file["lines"] == file["kept"] + sum(count for _, count in file["dropped"])
    assert "208 personnes dans les listes, 181 vues le jour même" in account_text(account)
    with (METZ / "decisions.csv").open(encoding="utf-8-sig") as source:
        assert len(list(csv.reader(source))) > 10
    assert not re.search(r"[\w.]+@[\w.]+", account_text(account) + account.json())


def test_check_of_a_blocked_folder_still_tells_everything(tmp_path: Path) -> None:
    text = "Structure,Statut\nCCAS,Inscrit\nLa Poste,Inscrit\n"
    account = check(folder_with(tmp_path, '[files]\nregistrations = "liste.csv"\n', liste=text))
    assert account.exit_code == 65
    assert [column.becomes for column in account.files[0].columns] == ["structure", "statut"]


def test_check_asks_columns_scales_spellings_activities_and_organisations(tmp_path: Path) -> None:
    people = "Nom;Champ 9;Structure\n" + "".join(
        f"Inventet {name};{name}@exemple.invalid;{place}\n"
        for name, place in zip(
            ["aline", "bruno", "carole", "denis"],
            ["Asso Clic et Marée", "Clic Marée", "La Poste", "Mairie de Metz"],
            strict=True,
        )
    )
    survey = "Note globale,Le plus aimé ?,En un mot ?\n" + "".join(
        f"{note},{liked},{word}\n"
        for note, liked, word in [
            (4, "la fresque", "Emmancipation"),
            (3, "les gens", "lien"),
            (5, "fresques et numerik", "lien"),
            (2, "le café", "partage"),
        ]
    )
    toml = f'[files]\nregistrations = "liste.csv"\nsurvey = "avis.csv"\n{PROGRAMME}'
    asked = proposals(folder_with(tmp_path, toml, liste=people, avis=survey))
    by_kind = {(proposal.kind, proposal.key): proposal.proposal for proposal in asked}
    assert by_kind["column", "liste.csv › Champ 9"] == "adresse e-mail"
    assert by_kind["scale", "Note globale"] == "de 1 à 5"
    assert by_kind["typing_error", "Emmancipation"] == "Émancipation"
    assert by_kind["word", "lien"] == "lien"
    text = repr(asked)
    assert "exemple.invalid" not in text


def test_same_question_of_two_files_is_one_and_its_labels_and_words_agree(tmp_path: Path) -> None:
    online = (
        "Horodateur,Quelle est votre impression générale ?,En un mot ?,Note\n"
        "04/03/2025 18:00,Très satisfait·e,Solidarité,4/5\n"
        "04/03/2025 18:01,Peu satisfait·e,Solidarité,5/5\n"
    )
    paper = (
        "N°,Quelle est votre impression générale ?,En un mot ?,Note\n"
        "1,très satisfait,solidarité,8/10\n2,plutôt satisfait,partage,9/10\n"
    )
    toml = '[files]\nsurvey = ["web.csv", "papier.csv"]\n'
    dossier = load(folder_with(tmp_path, toml, web=online, papier=paper))
    assert dossier.responses is not None
    assert dossier.responses["respondent"].unique().tolist() == ["r0001", "r0002", "r0003", "r0004"]
    assert said(dossier, "overall_satisfaction") == {
        "Très satisfait·e": 2,
        "Peu satisfait·e": 1,
        "Plutôt satisfait·e": 1,
    }
    assert said(dossier, "word_association") == {"Solidarité": 3, "partage": 1}
    ids = [question.id for question in dossier.facts.questions]
    assert ids[-2:] == ["note", "note-2"]


def test_list_named_for_its_signatures_says_who_came_when_event_toml_names_no_file(
    tmp_path: Path,
) -> None:
    sample = ROOT / "data_samples" / "opale-2025"
    for name in ("inscriptions.csv", "emargement.csv", "reponses.csv"):
        shutil.copy(sample / name, tmp_path)
    (tmp_path / "event.toml").write_text(HEAD, encoding="utf-8")
    people = load(tmp_path).registrations
    assert people is not None
    public = people[people["role"].eq("public")]
    assert int(public["present"].sum()) == 18


def test_lists_that_share_no_identifier_are_counted_and_never_compared(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path / "essai",
        '[files]\nregistrations = "inscriptions.csv"\nattendance = "emargement.csv"\n',
        inscriptions="Adresse e-mail;Structure\na@ex.invalid;CCAS\nb@ex.invalid;MJC\n",
        emargement="Nom;Prénom;Présent\nUn;Ada;x\nDeux;Bo;\nTrois;Cy;x\n",
    )
    dossier = load(folder)
    assert dossier.registrations is not None
    assert len(dossier.registrations) == 2
    assert dossier.registrations["present"].isna().all()
    assert dossier.event.declared == {"present": 2}
    assert [p.code for p in dossier.problems if p.severity == "ask"] == ["A_NOT_JOINED"]
