"""The pattern of predicates by achievement: every rule kept and broken at its bound, written out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.distribution import RULES, Kind, asked_of, bounds_of, broken_rules
from assessments.enums import NationalPredicate, OrgPerformance

P, Org = NationalPredicate, OrgPerformance


def counts(very_good=0, good=0, needs=0, poor=0, very_poor=0):
    return dict(zip(P, (very_good, good, needs, poor, very_poor), strict=True))


# (achievement, counts) → the first words of what is broken, in the order of the rules.
CASES = [
    # Istimewa: Sangat Baik the largest (a tie counts), at most 70 %.
    (Org.OUTSTANDING, counts(7, 3), []),
    (Org.OUTSTANDING, counts(71, 29), ["Sangat Baik paling banyak 70 %; sekarang 71 dari 100 pegawai."]),
    (Org.OUTSTANDING, counts(5, 5), []),
    (Org.OUTSTANDING, counts(5, 6), ["Sangat Baik menjadi kelompok terbesar; sekarang 5 dari 11 pegawai."]),
    (Org.OUTSTANDING, counts(1), ["Sangat Baik paling banyak 70 %; sekarang 1 dari 1 pegawai."]),
    (Org.OUTSTANDING, counts(3, 3, 3, 3, 3), []),
    # Baik: Baik the largest, at most 70 %, somebody in Butuh Perbaikan or Kurang.
    (Org.GOOD, counts(2, 7, 1), []),
    (Org.GOOD, counts(2, 7, 0, 1), []),
    (
        Org.GOOD,
        counts(3, 7),
        ["Ada pegawai dengan predikat Butuh Perbaikan atau Kurang/Misconduct; sekarang 0 dari 10 pegawai."],
    ),
    (
        Org.GOOD,
        counts(2, 7, 0, 0, 1),
        ["Ada pegawai dengan predikat Butuh Perbaikan atau Kurang/Misconduct; sekarang 0 dari 10 pegawai."],
    ),
    (Org.GOOD, counts(28, 71, 1), ["Baik paling banyak 70 %; sekarang 71 dari 100 pegawai."]),
    (Org.GOOD, counts(4, 4, 2), []),
    (Org.GOOD, counts(5, 4, 1), ["Baik menjadi kelompok terbesar; sekarang 4 dari 10 pegawai."]),
    # Butuh Perbaikan: Sangat Baik at most 10 %, Butuh Perbaikan at least 60 %.
    (Org.NEEDS_IMPROVEMENT, counts(1, 3, 6), []),
    (
        Org.NEEDS_IMPROVEMENT,
        counts(11, 0, 89),
        ["Sangat Baik paling banyak 10 %; sekarang 11 dari 100 pegawai."],
    ),
    (
        Org.NEEDS_IMPROVEMENT,
        counts(0, 41, 59),
        ["Butuh Perbaikan paling sedikit 60 %; sekarang 59 dari 100 pegawai."],
    ),
    # Kurang: Sangat Baik at most 10 %, Butuh Perbaikan at least 10 %, Kurang at least 60 %.
    (Org.POOR, counts(1, 2, 1, 6), []),
    (Org.POOR, counts(11, 0, 10, 79), ["Sangat Baik paling banyak 10 %; sekarang 11 dari 100 pegawai."]),
    (Org.POOR, counts(0, 1, 9, 90), ["Butuh Perbaikan paling sedikit 10 %; sekarang 9 dari 100 pegawai."]),
    (
        Org.POOR,
        counts(0, 31, 10, 59),
        ["Kurang/Misconduct paling sedikit 60 %; sekarang 59 dari 100 pegawai."],
    ),
    # Sangat Kurang: nobody Sangat Baik, the two middle classes at least 10 %, Sangat Kurang at least 60 %.
    (Org.VERY_POOR, counts(0, 3, 1, 0, 6), []),
    (Org.VERY_POOR, counts(0, 30, 5, 5, 60), []),
    (
        Org.VERY_POOR,
        counts(1, 0, 10, 0, 89),
        ["Tidak ada pegawai dengan predikat Sangat Baik; sekarang 1 dari 100 pegawai."],
    ),
    (
        Org.VERY_POOR,
        counts(0, 1, 5, 4, 90),
        ["Butuh Perbaikan dan Kurang/Misconduct paling sedikit 10 %; sekarang 9 dari 100 pegawai."],
    ),
    (
        Org.VERY_POOR,
        counts(0, 0, 41, 0, 59),
        ["Sangat Kurang paling sedikit 60 %; sekarang 59 dari 100 pegawai."],
    ),
]


@pytest.mark.parametrize(("performance", "found", "broken"), CASES)
def test_every_rule_at_its_bound(performance, found, broken):
    assert list(broken_rules(performance, found)) == broken


def test_each_rule_is_broken_and_kept_in_the_cases():
    for performance, rules in RULES.items():
        for rule in rules:
            verdicts = {rule.kept(found) for of, found, _ in CASES if of == performance}
            assert verdicts == {True, False}, rule


@pytest.mark.parametrize("performance", Org)
def test_nobody_breaks_nothing(performance):
    assert broken_rules(performance, counts()) == ()


numbers = st.lists(st.integers(0, 200), min_size=5, max_size=5).map(lambda each: counts(*each))


@given(st.sampled_from(Org), numbers, st.integers(2, 9))
def test_only_shares_count(performance, found, times):
    """The same shares of more people break the same rules."""
    more = {word: number * times for word, number in found.items()}
    rules = RULES[performance] if any(found.values()) else ()
    assert [rule.kept(found) for rule in rules] == [rule.kept(more) for rule in rules]


@given(st.sampled_from(Org), numbers)
def test_within_its_bounds_a_class_alone_breaks_no_share(performance, found):
    total = sum(found.values())
    for rule in RULES[performance] if total else ():
        if rule.kind in (Kind.AT_MOST, Kind.AT_LEAST, Kind.NOBODY) and len(rule.words) == 1:
            low, high = bounds_of(performance, rule.words[0])
            inside = low * total <= found[rule.words[0]] * 100 <= high * total
            assert rule.kept(found) or not inside


def test_what_the_table_says_of_a_class():
    assert asked_of(Org.OUTSTANDING, P.VERY_GOOD) == (
        "Sangat Baik menjadi kelompok terbesar",
        "Sangat Baik paling banyak 70 %",
    )
    assert bounds_of(Org.POOR, P.POOR) == (60, 100)
    assert bounds_of(Org.VERY_POOR, P.VERY_GOOD) == (0, 0)
    assert bounds_of(Org.GOOD, P.VERY_POOR) == (0, 100)
