"""What stands in a vocabulary is read."""

from __future__ import annotations

from dataclasses import fields

import pytest

from necbilan import vocabulary
from necbilan.sources.headings.tools import Tool


@pytest.mark.parametrize("name", vocabulary.names("formats"))
def test_a_format_says_nothing_that_is_not_read(name):
    assert vocabulary.read(name).keys() <= {field.name for field in fields(Tool)} - {"id"}
