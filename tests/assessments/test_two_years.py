"""What two years in a row lead to (rules.md §13), as people read it."""

import pytest

from assessments.schemes.two_years import two_year_view

SUCCESSION = "diprioritaskan untuk masuk kelompok rencana suksesi"
DEVELOPMENT = "dapat diprioritaskan untuk pengembangan kompetensi"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, ""),
        ({2026: ""}, ""),
        ({2026: "Sangat Baik"}, ""),
        (
            {2025: "Sangat Baik", 2026: "Sangat Baik"},
            f"Sangat Baik dua tahun berturut-turut (2025 dan 2026): {SUCCESSION}.",
        ),
        ({2025: "Baik", 2026: "Baik"}, f"Baik dua tahun berturut-turut (2025 dan 2026): {DEVELOPMENT}."),
        # Two different words lead to nothing, whichever is the better one; nor does a word below Baik.
        ({2025: "Baik", 2026: "Sangat Baik"}, ""),
        ({2025: "Sangat Baik", 2026: "Baik"}, ""),
        ({2025: "Cukup", 2026: "Cukup"}, ""),
        ({2025: "Kurang", 2026: "Kurang"}, ""),
        # Only the newest year and the one before it speak.
        ({2024: "Baik", 2026: "Baik"}, ""),
        ({2024: "Baik", 2025: "Baik", 2026: "Cukup"}, ""),
        (
            {2024: "Sangat Baik", 2025: "Baik", 2026: "Baik"},
            f"Baik dua tahun berturut-turut (2025 dan 2026): {DEVELOPMENT}.",
        ),
        # A year without a predicate is none, in any order of the years.
        (
            {2026: " ", 2025: "Baik", 2024: "Baik"},
            f"Baik dua tahun berturut-turut (2024 dan 2025): {DEVELOPMENT}.",
        ),
        # As the archive writes the words.
        (
            {2025: "SANGAT  BAIK", 2026: "sangat baik "},
            f"Sangat Baik dua tahun berturut-turut (2025 dan 2026): {SUCCESSION}.",
        ),
    ],
)
def test_two_years_in_a_row(words: dict[int, str], told: str) -> None:
    assert two_year_view(words) == told
