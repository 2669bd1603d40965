"""Lines of lists that sort people: none is told when one of the lists is short."""

from __future__ import annotations

from necbilan.model import Source
from necbilan.sources.provenance import publishable


def listed(sheet: str, kept: int, kind: str = "registrations") -> Source:
    return Source("a.xlsx", sheet, kind, "", "ab12", kept + 1, kept, (("ligne de total", 1),))


def test_a_short_sheet_of_people_hides_the_lines_of_all_the_lists():
    survey = listed("Questionnaire", 3, "survey")
    short, long, other = publishable((listed("Grand public", 3), listed("Pros", 178), survey))
    assert (short.lines, short.kept, short.dropped) == (None, None, ())
    assert (long.lines, long.kept, long.dropped) == (None, None, ())
    assert other == survey


def test_nine_lines_of_which_a_few_may_not_have_come_are_not_told():
    """Of 9 people on the list, all but one of those who cancelled may be among the hidden four."""
    nine, long = publishable((listed("Grand public", 8), listed("Pros", 178)))
    assert (nine.lines, long.lines) == (None, None)


def test_lists_of_ten_people_and_one_list_alone_tell_their_lines():
    both = (listed("Grand public", 10), listed("Pros", 178))
    assert publishable(both) == both
    assert publishable((listed("Tout", 3),)) == (listed("Tout", 3),)
