"""A signature is presence; a list that nobody signed on screen says nothing."""

from __future__ import annotations

from necbilan.sources import load

EVENT = 'name = "E"\ndate = 2025-01-02\nplace = "Ici"\n[files]\nregistrations = "i.csv"\n'
PEOPLE = (
    "Nom;Prénom;Courriel\nA;Ada;a@exemple.invalid\nB;Bo;b@exemple.invalid\nC;Cy;c@exemple.invalid\n"
)


def loaded(folder, signatures: list[tuple[str, str]]):
    (folder / "event.toml").write_text(EVENT + 'attendance = "e.csv"\n', encoding="utf-8")
    (folder / "i.csv").write_text(PEOPLE, encoding="utf-8")
    rows = [
        f"{name};{first};{morning};{afternoon}"
        for (name, first), (morning, afternoon) in zip(
            [("A", "Ada"), ("B", "Bo"), ("C", "Cy")], signatures, strict=True
        )
    ]
    head = "Nom;Prénom;Signature matin;Signature après-midi"
    (folder / "e.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return load(folder)


def test_who_signed_in_the_morning_or_the_afternoon_was_present(tmp_path):
    dossier = loaded(tmp_path, [("x", ""), ("", "X"), ("", "")])
    assert dossier.registrations["present"].tolist() == [True, True, False]
    assert dossier.facts.presence == "roll"


def test_a_list_that_nobody_signed_measures_nothing(tmp_path):
    dossier = loaded(tmp_path, [("", ""), ("", ""), ("", "")])
    assert dossier.registrations["present"].isna().all()
    assert dossier.facts.presence == "not_measured"
    assert "W_NOBODY_MARKED" in {problem.code for problem in dossier.problems}
