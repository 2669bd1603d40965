"""Tickets to distinct people: who is one person, who is not."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from necbilan.sources.folding import name_key
from necbilan.sources.people.distinct import distinct_people, pseudonyms
from necbilan.sources.people.tickets import Ticket


def test_same_email_and_same_name_is_one_person_whatever_capitals_and_accents() -> None:
    people = distinct_people(
        [
            Ticket(name="Nolwenn Spécimen", email="nolwenn@exemple.invalid", present=False),
            Ticket(name="SPECIMEN Nolwenn", email="nolwenn@exemple.invalid", present=True),
        ]
    )
    assert len(people) == 1
    assert people[0].present is True


def test_email_shared_by_different_names_is_several_people() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", email="accueil@exemple.invalid"),
            Ticket(name="Bruno Quibolle", email="accueil@exemple.invalid"),
        ]
    )
    assert len(people) == 2


def test_without_email_a_person_is_a_name_in_an_organisation() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", organisation="CCAS de Metz"),
            Ticket(name="aline INVENTET", organisation="C.C.A.S. de Metz"),
            Ticket(name="Aline Inventet", organisation="La Poste"),
        ]
    )
    assert [len(person.tickets) for person in people] == [2, 1]


def test_second_email_of_the_same_name_and_organisation_is_the_same_person() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", email="a@exemple.invalid", organisation="La Poste"),
            Ticket(name="Aline Inventet", email="b@exemple.invalid", organisation="La Poste"),
        ]
    )
    assert len(people) == 1


def test_namesakes_with_their_own_emails_stay_apart() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", email="a@exemple.invalid"),
            Ticket(name="Aline Inventet", email="b@exemple.invalid"),
        ]
    )
    assert len(people) == 2


def test_tickets_that_name_nobody_are_each_a_person() -> None:
    assert len(distinct_people([Ticket(), Ticket()])) == 2


def test_attendance_list_joins_the_registered_and_tells_who_just_came() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", email="a@exemple.invalid", organisation="La Poste"),
            Ticket(name="INVENTET Aline", present=True, listed=False),
            Ticket(name="Denis Vrapeau", present=True, listed=False),
        ]
    )
    assert [(person.status, person.present) for person in people] == [
        ("registered", True),
        ("walk_in", True),
    ]


def test_attendance_line_that_two_people_could_have_signed_joins_neither() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", email="a@exemple.invalid"),
            Ticket(name="Aline Inventet", email="b@exemple.invalid"),
            Ticket(name="Aline Inventet", present=True, listed=False),
        ]
    )
    assert len(people) == 3


def test_most_active_registration_is_the_status_and_the_first_day_counts() -> None:
    (person,) = distinct_people(
        [
            Ticket(
                name="A", email="a@b.fr", status="cancelled", registered_on=datetime(2025, 3, 2)
            ),
            Ticket(name="A", email="a@b.fr", registered_on=datetime(2025, 3, 9)),
        ]
    )
    assert (person.status, person.registered_on) == ("registered", datetime(2025, 3, 2))


def test_someone_cancelled_who_came_stays_cancelled_and_is_seen() -> None:
    (person,) = distinct_people([Ticket(name="A", status="cancelled", present=True)])
    assert (person.status, person.present) == ("cancelled", True)


def test_blank_of_the_first_ticket_is_filled_by_the_next() -> None:
    (person,) = distinct_people(
        [
            Ticket(name="A", email="a@b.fr", activities=("Fresque",)),
            Ticket(
                name="A", email="a@b.fr", organisation="La Poste", activities=("Débat", "Fresque")
            ),
        ]
    )
    assert person.organisation == "La Poste"
    assert person.activities == ("Fresque", "Débat")


@given(st.permutations(["Anne", "Lise", "Le", "Goff"]))
def test_order_of_the_words_of_a_name_does_not_matter(words: list[str]) -> None:
    assert name_key(" ".join(words)) == name_key("Anne-Lise LE GOFF")


@given(st.integers(min_value=1, max_value=30))
def test_pseudonyms_are_distinct_and_tell_no_name(count: int) -> None:
    people = distinct_people(
        [Ticket(name=f"Personne {i}", email=f"{i}@a.fr") for i in range(count)]
    )
    names = pseudonyms(people)
    assert len(set(names)) == len(people)
    assert all(name.startswith("p") and len(name) == 13 for name in names)


def test_pseudonyms_change_at_each_run_and_not_with_a_given_key() -> None:
    people = distinct_people([Ticket(name="A", email="a@b.fr")])
    assert pseudonyms(people) != pseudonyms(people)
    assert pseudonyms(people, b"key") == pseudonyms(people, b"key")


def test_repr_of_a_ticket_and_of_a_person_shows_nobody() -> None:
    ticket = Ticket(name="Aline Inventet", email="a@exemple.invalid")
    (person,) = distinct_people([ticket])
    assert "Aline" not in repr(ticket) + repr(person)
    assert "exemple" not in repr(ticket) + repr(person)


def test_numbered_participants_are_as_many_people() -> None:
    people = distinct_people(
        [
            Ticket(name=f"Participant {number}", organisation="La Poste", listed=number < 12)
            for number in range(1, 15)
        ]
    )
    assert len(people) == 14


def test_line_number_before_a_name_is_no_part_of_it() -> None:
    people = distinct_people(
        [
            Ticket(name="Aline Inventet", organisation="La Poste"),
            Ticket(name="7. INVENTET Aline", organisation="La Poste"),
        ]
    )
    assert len(people) == 1


def test_name_alone_in_a_second_list_is_the_person_of_that_name() -> None:
    online = Ticket(name="Aline Inventet", email="a@exemple.invalid", organisation="La Poste")
    by_phone = Ticket(name="INVENTET Aline", source=1)
    assert len(distinct_people([online, by_phone])) == 1


def test_name_alone_that_two_people_bear_stays_apart() -> None:
    one = Ticket(name="Aline Inventet", email="a@exemple.invalid")
    other = Ticket(name="Aline Inventet", email="b@exemple.invalid")
    assert len(distinct_people([one, other, Ticket(name="Aline Inventet", source=1)])) == 3


def test_registration_cancelled_in_a_later_export_is_cancelled() -> None:
    day = datetime(2025, 9, 1)
    before = Ticket(name="Aline Inventet", email="a@exemple.invalid", registered_on=day)
    after = Ticket(
        name="Aline Inventet",
        email="a@exemple.invalid",
        registered_on=day,
        status="cancelled",
        source=1,
    )
    (person,) = distinct_people([before, after])
    assert person.status == "cancelled"


def test_second_registration_after_a_cancelled_one_stands() -> None:
    cancelled = Ticket(
        name="Aline Inventet",
        email="a@exemple.invalid",
        registered_on=datetime(2025, 9, 1),
        status="cancelled",
    )
    again = Ticket(
        name="Aline Inventet",
        email="a@exemple.invalid",
        registered_on=datetime(2025, 9, 20),
        source=1,
    )
    (person,) = distinct_people([cancelled, again])
    assert person.status == "registered"
