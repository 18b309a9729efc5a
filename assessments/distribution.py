"""The pattern of a unit's predicates by the unit's achievement (SE MenPANRB 3/2023) [law]. Pure.

Shares are of those who have a predicate; a class of the same size as another counts as the largest too.
What is broken is told with its numbers and warns; nothing is blocked [ours].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from assessments.enums import NationalPredicate, OrgPerformance

Counts = Mapping[NationalPredicate, int]
P = NationalPredicate


class Kind(Enum):
    """What a rule asks of its classes."""

    LARGEST = auto()
    AT_MOST = auto()
    AT_LEAST = auto()
    SOMEBODY = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule on the classes ``words`` taken together; ``percent`` of all who have a predicate."""

    kind: Kind
    words: tuple[NationalPredicate, ...]
    percent: int = 0

    def kept(self, counts: Counts) -> bool:
        """Whether the counts, of at least one person, keep it."""
        count, total = self._count(counts), sum(counts.values())
        match self.kind:
            case Kind.LARGEST:
                return count == max(counts.values())
            case Kind.AT_MOST:
                return count * 100 <= self.percent * total
            case Kind.AT_LEAST:
                return count * 100 >= self.percent * total
            case Kind.SOMEBODY:
                return count > 0
            case Kind.NOBODY:
                return count == 0

    def sentence(self, counts: Counts) -> str:
        """What is asked and what is there."""
        total = sum(counts.values())
        return f"{self.asked}; sekarang {self._count(counts)} dari {total} pegawai."

    @property
    def asked(self) -> str:
        """The rule in words, without a full stop."""
        names = " atau ".join(word.label for word in self.words)
        together = " dan ".join(word.label for word in self.words)
        match self.kind:
            case Kind.LARGEST:
                return f"{names} menjadi kelompok terbesar"
            case Kind.AT_MOST:
                return f"{together} paling banyak {self.percent} %"
            case Kind.AT_LEAST:
                return f"{together} paling sedikit {self.percent} %"
            case Kind.SOMEBODY:
                return f"Ada pegawai dengan predikat {names}"
            case Kind.NOBODY:
                return f"Tidak ada pegawai dengan predikat {names}"

    def _count(self, counts: Counts) -> int:
        return sum(counts.get(word, 0) for word in self.words)


RULES: Mapping[OrgPerformance, tuple[Rule, ...]] = {
    OrgPerformance.OUTSTANDING: (
        Rule(Kind.LARGEST, (P.VERY_GOOD,)),
        Rule(Kind.AT_MOST, (P.VERY_GOOD,), 70),
    ),
    OrgPerformance.GOOD: (
        Rule(Kind.LARGEST, (P.GOOD,)),
        Rule(Kind.AT_MOST, (P.GOOD,), 70),
        Rule(Kind.SOMEBODY, (P.NEEDS_IMPROVEMENT, P.POOR)),
    ),
    OrgPerformance.NEEDS_IMPROVEMENT: (
        Rule(Kind.AT_MOST, (P.VERY_GOOD,), 10),
        Rule(Kind.AT_LEAST, (P.NEEDS_IMPROVEMENT,), 60),
    ),
    OrgPerformance.POOR: (
        Rule(Kind.AT_MOST, (P.VERY_GOOD,), 10),
        Rule(Kind.AT_LEAST, (P.NEEDS_IMPROVEMENT,), 10),
        Rule(Kind.AT_LEAST, (P.POOR,), 60),
    ),
    OrgPerformance.VERY_POOR: (
        Rule(Kind.NOBODY, (P.VERY_GOOD,)),
        Rule(Kind.AT_LEAST, (P.NEEDS_IMPROVEMENT, P.POOR), 10),
        Rule(Kind.AT_LEAST, (P.VERY_POOR,), 60),
    ),
}


def broken_rules(performance: OrgPerformance, counts: Counts) -> tuple[str, ...]:
    """The rules that the counts break, as sentences with the numbers; none while nobody has a predicate."""
    if not any(counts.values()):
        return ()
    return tuple(rule.sentence(counts) for rule in RULES[performance] if not rule.kept(counts))


def bounds_of(performance: OrgPerformance, word: NationalPredicate) -> tuple[int, int]:
    """Between which percentages the class may lie by the rules on it alone; 0 and 100 without one."""
    low, high = 0, 100
    for rule in RULES[performance]:
        if rule.words != (word,):
            continue
        if rule.kind is Kind.AT_MOST:
            high = rule.percent
        elif rule.kind is Kind.AT_LEAST:
            low = rule.percent
        elif rule.kind is Kind.NOBODY:
            high = 0
    return low, high


def asked_of(performance: OrgPerformance, word: NationalPredicate) -> tuple[str, ...]:
    """The rules in which the class takes part, in words."""
    return tuple(rule.asked for rule in RULES[performance] if word in rule.words)
