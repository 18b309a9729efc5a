"""What two years in a row may lead to (rules.md §13), as information: nobody decides it here."""

from collections.abc import Mapping

from assessments.enums import NationalPredicate

SUCCESSION = "diprioritaskan untuk masuk kelompok rencana suksesi"
DEVELOPMENT = "dapat diprioritaskan untuk pengembangan kompetensi"
LEADS_TO: tuple[tuple[str, str], ...] = (
    (str(NationalPredicate.VERY_GOOD.label), SUCCESSION),
    (str(NationalPredicate.GOOD.label), DEVELOPMENT),
)


def two_year_view(words: Mapping[int, str]) -> str:
    """The sentence for the newest year with a predicate and the year before it; empty for none.

    ``words``: the predicate of each year as it was printed, of whichever regime.
    """
    known = {year: " ".join(word.split()).casefold() for year, word in words.items() if word.strip()}
    if not known:
        return ""
    last = max(known)
    for word, leads_to in LEADS_TO:
        if known[last] == known.get(last - 1) == word.casefold():
            return f"{word} dua tahun berturut-turut ({last - 1} dan {last}): {leads_to}."
    return ""
