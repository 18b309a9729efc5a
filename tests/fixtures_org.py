"""Fixtures of the organisation for all tests."""

import pytest

from tests.people import People, make_people


@pytest.fixture
def people(db) -> People:
    """The cast in its small regency, with appraisal lines."""
    return make_people()
