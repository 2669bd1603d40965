"""event.toml is refused by a sentence naming the key, its line and what was expected."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from necbilan.errors import ConfigError, InputMissing
from necbilan.sources import load
from necbilan.sources.event.file import read_event
from necbilan.sources.event.programme import programme_frames

LEAST = 'name = "NEC"\ndate = 2025-10-12\nplace = "Ici"\n'


def event_of(folder: Path, text: str):
    (folder / "event.toml").write_text(text, encoding="utf-8")
    return read_event(folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        event_of(folder, text)
    assert caught.value.exit_code == 65
    assert caught.value.problem.code == "E_CONFIG"
    return str(caught.value)


def test_name_date_and_place_are_enough(tmp_path):
    folder = tmp_path / "NEC d'Été 2025"
    folder.mkdir()
    read = event_of(folder, LEAST)
    assert read.event.name == "NEC"
    assert read.event.dates == (date(2025, 10, 12),)
    assert read.event.slug == "nec-d-ete-2025"
    assert read.files == ()
    assert read.budget is None


def test_each_compulsory_key_is_asked_for(tmp_path):
    for key in ("name", "date", "place"):
        text = "\n".join(line for line in LEAST.splitlines() if not line.startswith(key))
        assert f"«\u00a0{key}\u00a0»" in refusal(tmp_path, text)


def test_unknown_key_names_its_line_and_the_nearest_key(tmp_path):
    message = refusal(tmp_path, LEAST + '\n# commentaire\norganizer = "Ville"\n')
    assert "ligne 6" in message
    assert "«\u00a0organizer\u00a0»" in message
    assert "«\u00a0organiser\u00a0»" in message


def test_wrong_type_in_the_second_group_names_that_line(tmp_path):
    text = LEAST + '[[activities]]\ntitle = "A"\n[[activities]]\ntitle = "B"\ncapacity = "vingt"\n'
    message = refusal(tmp_path, text)
    assert "ligne 8" in message
    assert "activities.capacity" in message
    assert "un texte entre guillemets" in message
    assert "un nombre entier" in message


def test_a_duplicate_key_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, LEAST + "capacity = 11\ncapacity = 1\n")
    assert "ligne 5" in message
    assert "double" in message


def test_a_syntax_fault_names_its_line(tmp_path):
    assert "ligne 4" in refusal(tmp_path, LEAST + "capacity = = 3\n")


@pytest.mark.parametrize("slug", ["../../canary", "CON", "con", "aux", "", "a" * 65, "é", "a b"])
def test_an_id_that_cannot_name_a_folder_is_refused(tmp_path, slug):
    text = f'id = "{slug}"\n' + LEAST
    if slug == "":
        assert event_of(tmp_path, text).event.slug
        return
    assert "identifiant" in refusal(tmp_path, text)


def test_a_file_outside_the_folder_is_refused(tmp_path):
    message = refusal(tmp_path, LEAST + '[files]\nsurvey = "../secret.csv"\n')
    assert "sort du dossier" in message


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_to_itself_and_a_name_that_no_disk_takes_are_refused(tmp_path):
    (tmp_path / "boucle.csv").symlink_to("boucle.csv")
    for name, said in {"boucle.csv": "ce lien ne mène", "a" * 5000 + ".csv": "trop long"}.items():
        (tmp_path / "event.toml").write_text(
            f'name = "n"\ndate = 2025-03-04\nplace = "p"\n[files]\nregistrations = "{name}"\n'
        )
        with pytest.raises(ConfigError, match=said):
            load(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[declared]\npresent = inf", "infini"),
        ("[declared]\npresent = nan", "infini"),
        ("[declared]\npresent = 1e400", "infini"),
        (f"[declared]\npresent = {'9' * 400}", "démesuré"),
        ("[declared]\npresent = -1", "négatif"),
        ("capacity = -1", "négatif"),
        (f"capacity = {'9' * 30}", "démesuré"),
        ("retention = 0001-01-01", "une date de l’an 1"),
        ("retention = 9999-12-31", "une date de l’an 9999"),
    ],
)
def test_a_number_or_a_year_that_no_event_has_is_refused_with_its_line(tmp_path, line, said):
    (tmp_path / "event.toml").write_text(
        f'name = "n"\ndate = 2025-03-04\nplace = "p"\n{line}\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=said) as caught:
        read_event(tmp_path)
    assert "ligne" in str(caught.value)


def test_a_title_with_markup_stays_text(tmp_path):
    title = "</title><script>CANARY_XSS()</script>"
    assert event_of(tmp_path, LEAST.replace('"NEC"', f'"{title}"')).event.name == title


def test_the_commune_of_the_event_is_found_by_name_or_by_code(tmp_path):
    assert event_of(tmp_path, LEAST + 'commune = "Metz"\n').event.insee == "57463"
    assert event_of(tmp_path, LEAST + 'commune = "97411"\n').event.insee == "97411"
    message = refusal(tmp_path, LEAST + 'commune = "Saint-Martin"\n')
    assert "code INSEE" in message


def test_files_may_be_a_name_a_group_or_a_list(tmp_path):
    read = event_of(
        tmp_path,
        LEAST
        + '[files]\nsurvey = "e.csv"\nbudget = { file = "b.xlsx", sheet = "B" }\n'
        + 'registrations = ["a.csv", { file = "c.xlsx", audience = "professional" }]\n',
    )
    seen = {(entry.kind, entry.path.name, entry.sheet, entry.audience) for entry in read.files}
    assert seen == {
        ("survey", "e.csv", None, ""),
        ("budget", "b.xlsx", "B", ""),
        ("registrations", "a.csv", None, ""),
        ("registrations", "c.xlsx", None, "professional"),
    }


def test_speakers_are_distinct_and_lose_their_names(tmp_path):
    read = event_of(
        tmp_path,
        LEAST
        + '[[activities]]\ntitle = "A"\nspeakers = ["Ada Fictive", "FICTIVE Ada", "Bo Test"]\n'
        + '[[speakers]]\nname = "ada fictivé"\ngender = "woman"\n',
    )
    _, speakers, _ = programme_frames(read.activities, read.speakers)
    assert speakers["speaker"].nunique() == 2
    assert "Ada" not in repr(read)
    assert speakers.loc[speakers["speaker"] == "s01", "gender"].eq("woman").all()


def test_a_folder_without_event_toml_says_what_to_write(tmp_path):
    with pytest.raises(InputMissing, match=r"event\.toml est introuvable"):
        read_event(tmp_path)
    with pytest.raises(InputMissing, match="n’existe pas"):
        read_event(tmp_path / "absent")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_what_an_editor_of_windows_saves_is_read(tmp_path, encoding):
    text = LEAST.replace("Ici", "Médiathèque de l’Île")
    (tmp_path / "event.toml").write_bytes(text.encode(encoding))
    assert read_event(tmp_path).event.place == "Médiathèque de l’Île"


def test_what_nobody_would_see_leaves_the_texts(tmp_path):
    event = event_of(
        tmp_path,
        'name = "Jour\\u202Enée\\u2066 \\u0007du\\u001B[31m libre"\ndate = 2025-10-12\n'
        'place = "Salle\\u200F A"\npartners = ["MJC\\u009D"]\n[mobilised]\n"acc\\u202Aueil" = 2\n',
    ).event
    assert event.name == "Journée du[31m libre"
    assert event.place == "Salle\u200f A"  # a mark that Arabic needs
    assert event.partners == ("MJC",)
    assert [(task.task, task.people) for task in event.mobilised] == [("accueil", 2)]


@pytest.mark.parametrize(
    ("line", "wrong", "better"),
    [
        ("date = 19/06/2025", "année-mois-jour", "date = 2025-06-19"),
        ("name = “Journée d’essai”", "guillemets sont courbes", 'name = "Journée d’essai"'),
        ("name = « Journée »", "guillemets sont courbes", 'name = "Journée"'),
        ('name : "Journée"', "deux-points", 'name = "Journée"'),
        ("place = Salle des fêtes", "pas entre guillemets", 'place = "Salle des fêtes"'),
        ('place = "Salle', "pas fermé", 'place = "Salle"'),
    ],
)
def test_line_that_is_no_toml_is_told_with_the_line_to_copy(tmp_path, line, wrong, better):
    (tmp_path / "event.toml").write_text(f'edition = "1"\n{line}\n', encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_event(tmp_path)
    problem = refused.value.problem
    assert problem.cell == "ligne 2"
    said = problem.found.replace("\u00a0", " ").replace("\u202f", " ")
    assert wrong in said
    assert problem.expected.replace("\u00a0", " ") == better


def test_line_to_copy_never_repeats_the_name_of_a_person(tmp_path):
    text = LEAST + "[[speakers]]\nname = Ada Fictive\n"
    (tmp_path / "event.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_event(tmp_path)
    assert "Fictive" not in str(refused.value)
    assert refused.value.problem.expected == 'name = "…"'


@pytest.mark.parametrize(
    ("key", "ours"), [("nom", "name"), ("lieu", "place"), ("date_debut", "date")]
)
def test_french_key_is_told_with_ours(tmp_path, key, ours):
    (tmp_path / "event.toml").write_text(f'{LEAST}{key} = "Ici"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=f"«.{ours}.» peut-être"):
        read_event(tmp_path)
