"""Fixtures of the organisation's tests."""

from tests.orgunits.importing import load

__all__ = ["load"]
