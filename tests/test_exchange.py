"""measures.csv and datapackage.json: what is written is what is read, whoever touched it."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necbilan.errors import InputMissing, UnreadableFile
from necbilan.exchange import datapackage, measures_csv, read_measures, unfolded, write_measures
from necbilan.model import Event, Facts, Question, Source
from necbilan.tables import MEASURES

EVENT = Event(
    slug="essai-2025",
    name="NEC d’essai",
    dates=(date(2025, 10, 12),),
    place="Salle des fêtes",
    commune="Metz",
    insee="57463",
)
QUESTION = Question(
    id="q1",
    wording="Votre impression ?",
    role="overall_impression",
    kind="scale",
    scale=("Mauvaise", "Bonne"),
    positive=1,
    file="export de Nadia.xlsx",
)
FACTS = Facts(
    event=EVENT,
    questions=(QUESTION,),
    presence="roll",
    survey_mode="papier",
    sources=(Source("liste de Nadia.xlsx", "", "registrations", "pretix", "ab12", 10, 9),),
)


def row(**changes: object) -> dict[str, object]:
    return {
        "event": "essai-2025",
        "metric": "present",
        "group": "",
        "level": "",
        "value": 181.0,
        "low": 181.0,
        "high": 181.0,
        "unit": "people",
        "n": 181,
        "base": 200,
        "method": "count",
        "evidence": "microdata",
        "status": "ok",
        **changes,
    }


SHARE = row(
    metric="satisfied_share",
    group="q1",
    value=50 / 58,
    low=0.768,
    high=0.9227,
    unit="share",
    n=58,
    base=181,
    method="hypergeometric",
)
GAP = row(
    metric="first_time",
    value=None,
    low=None,
    high=None,
    n=None,
    base=None,
    method="",
    evidence="",
    status="not_collected",
)


def test_numbers_are_written_for_machines_and_gaps_are_empty():
    assert measures_csv(MEASURES.frame([row(), SHARE, GAP])) == (
        "event,metric,group,level,value,low,high,unit,n,base,method,evidence,status\n"
        "essai-2025,present,,,181,181,181,people,181,200,count,microdata,ok\n"
        "essai-2025,satisfied_share,q1,,0.8620689655172413,0.768,0.9227,share,58,181,"
        "hypergeometric,microdata,ok\n"
        "essai-2025,first_time,,,,,,people,,,,,not_collected\n"
    )


def test_what_is_written_is_protected_even_when_raw_measures_are_given(tmp_path):
    raw = MEASURES.frame(
        [
            row(metric="profile", level="elu", value=30),
            row(metric="profile", level="asso", value=9),
            row(metric="profile", level="etat", value=2),
        ]
    )
    write_measures(raw, FACTS, tmp_path)
    assert read_measures(tmp_path).measures["value"].tolist() == [30, 11]
    assert ",asso," not in measures_csv(raw)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
numbers = st.floats(-1e6, 1e6, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts, numbers, st.integers(5, 900)), min_size=1, max_size=6))
def test_what_is_written_is_what_is_read(tmp_path_factory, answers):
    frame = MEASURES.frame(
        [
            row(
                metric="rating",
                group=f"q{rank}",
                level=level,
                value=value,
                n=n,
                low=None,
                high=None,
            )
            for rank, (level, value, n) in enumerate(answers)
        ]
    )
    folder = tmp_path_factory.mktemp("échange")
    write_measures(frame, FACTS, folder)
    pd.testing.assert_frame_equal(read_measures(folder).measures, frame)


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    labels = ["=1+1", "+33", "-2+3", "@SUM(A1)", "＝1", " =cmd", "'=1", "\t=1"]
    frame = MEASURES.frame([row(metric="rating", level=label) for label in labels])
    write_measures(frame, FACTS, tmp_path)
    for line in (tmp_path / "measures.csv").read_text(encoding="utf-8").splitlines()[1:]:
        assert ",'" in line
    assert read_measures(tmp_path).measures["level"].tolist()[:7] == labels[:7]


def test_description_names_the_question_and_its_scale_and_no_file(tmp_path):
    package = datapackage(MEASURES.frame([row()]), FACTS)
    assert package["name"] == "essai-2025"
    assert package["necbilan"]["questions"][0]["scale"] == ("Mauvaise", "Bonne")
    assert package["necbilan"]["provenance"] == [
        {
            "kind": "registrations",
            "tool": "pretix",
            "sha256": "ab12",
            "lines": 10,
            "kept": 9,
            "dropped": {},
        }
    ]
    assert "Nadia" not in json.dumps(package)


def test_schema_types_every_column_of_measures():
    fields = datapackage(MEASURES.frame([row()]), FACTS)["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == MEASURES.names()
    assert {field["type"] for field in fields} == {"string", "number", "integer"}


def test_two_writings_are_the_same_bytes(tmp_path):
    frame = MEASURES.frame([row(), SHARE, GAP])
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_measures(frame, FACTS, tmp_path / name)
    for file in ("measures.csv", "datapackage.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_attributes_come_back_with_the_measures(tmp_path):
    write_measures(MEASURES.frame([row()]), FACTS, tmp_path)
    attributes = read_measures(tmp_path / "datapackage.json").attributes
    assert attributes["event"]["dates"] == ["2025-10-12"]
    assert attributes["survey_mode"] == "papier"


def test_measures_alone_are_read_and_their_attributes_are_unknown(tmp_path):
    write_measures(MEASURES.frame([row()]), FACTS, tmp_path)
    (tmp_path / "datapackage.json").unlink()
    exchange = read_measures(tmp_path / "measures.csv")
    assert exchange.attributes == {} and len(exchange.measures) == 1


def test_file_saved_again_by_a_french_excel_is_read(tmp_path):
    folder = tmp_path / "metz-2023"
    folder.mkdir()
    (folder / "measures.csv").write_bytes(
        (
            "\ufeffVALUE;metric;level\r\n0,862;satisfied_share;\r\n"
            "1 234,5;budget_line;Café\r\n;;\r\n"
        ).encode()
    )
    measures = read_measures(folder).measures
    assert measures["value"].tolist() == [0.862, 1234.5]
    assert measures["event"].tolist() == ["metz-2023", "metz-2023"]
    assert measures["status"].tolist() == ["ok", "ok"]


def test_file_in_cp1252_is_read(tmp_path):
    (tmp_path / "measures.csv").write_bytes(
        "metric,value,level\nrating,1,Très bon\n".encode("cp1252")
    )
    assert read_measures(tmp_path).measures["level"].tolist() == ["Très bon"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "colonne absente"),
        (b"nom,valeur\n", "colonne absente\u00a0: metric, value"),
        (b"metric,value\npresent,beaucoup\n", "ligne 2\u00a0: la colonne value"),
        (b"metric,value\npresent,inf\n", "ligne 2\u00a0: la colonne value"),
        (b"metric,value,n\npresent,1,1.5\n", "la colonne n ne contient pas un nombre entier"),
        (b"metric,value\npresent,1,2\n", "ligne 2\u00a0: 3 cases pour 2 colonnes"),
        (b"metric,value\n,1\n", "metric est vide"),
        (b"metric,value,status\npresent,1,peut-etre\n", "status inconnu"),
        (b"metric,value,unit\nattendance_rate,86,share\n", "une part dépasse 1"),
        (b"metric,value,low,high\npresent,3,4,2\n", "la borne basse dépasse la haute"),
        (b"metric,value,n\npresent,3,-1\n", "un effectif est négatif"),
        (b"PK\x03\x04\x00\x00", "pas un fichier de texte"),
    ],
)
def test_unusable_file_is_refused_by_a_sentence_naming_file_and_line(tmp_path, content, said):
    (tmp_path / "measures.csv").write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_measures(tmp_path)
    sentence = str(caught.value)
    assert "measures.csv" in sentence and said in sentence
    assert "beaucoup" not in sentence and "peut-etre" not in sentence


def test_missing_file_is_said_missing(tmp_path):
    with pytest.raises(InputMissing):
        read_measures(tmp_path / "rien")


@pytest.mark.parametrize(
    "content", ["{", '{"necbilan": {"schema_version": 99}}', '{"necbilan": [1]}']
)
def test_description_that_cannot_be_used_is_refused(tmp_path, content):
    write_measures(MEASURES.frame([row()]), FACTS, tmp_path)
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile):
        read_measures(tmp_path)


def test_a_pattern_and_a_folder_of_outputs_name_the_events_in_them(tmp_path):
    for name in ("lyon", "metz"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "measures.csv").write_text("metric,value\n")
    (tmp_path / "comparaison").mkdir()
    (tmp_path / "notes.html").write_text("")
    tables = [tmp_path / name / "measures.csv" for name in ("lyon", "metz")]
    assert unfolded([tmp_path / "*" / "measures.csv"]) == tables
    assert unfolded([tmp_path]) == [tmp_path / "lyon", tmp_path / "metz"]
    assert unfolded([tmp_path / "metz", tmp_path / "absent"]) == [
        tmp_path / "metz",
        tmp_path / "absent",
    ]
