"""What other settings would do to the scores of a period, person by person, as far as they may be read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.enums import FourPredicate
from assessments.models import Assessment
from assessments.schemes.setting_rules import same_numbers
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.achievements import last_day_of
from assessments.selectors.readable import readable_scores
from assessments.selectors.scoring_settings import ScoringState
from assessments.simulating import Change, Verdict, by_inputs, by_words, matrix_of
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Period

# So many people are named; the counts hold all.
SHOWN_PEOPLE = 200
CHUNK = 500
# So many scores are judged again while a page waits, some two seconds of work.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class OpdChange:
    """How many of an OPD's scored plans rise and fall by a word."""

    name: str
    counted: int
    rise: int
    fall: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """``people``: those whose word changes, the falling first, SHOWN_PEOPLE at most."""

    counted: int
    final_changed: int
    matrix: Mapping[tuple[FourPredicate, FourPredicate], int]
    opds: tuple[OpdChange, ...]
    people: tuple[tuple[Assessment, Change], ...]

    @property
    def word_changed(self) -> int:
        """How many get another word."""
        return sum(count for (before, after), count in self.matrix.items() if before != after)

    @property
    def hidden(self) -> int:
        """How many of them are not named."""
        return self.word_changed - len(self.people)


def numbers_hold(state: ScoringState, settings: ScoringSettings) -> bool:
    """Whether the settings change words only, whatever settings of the period a score was made with."""
    return all(same_numbers(settings, old) for old in state.history)


def at_once(viewer: Viewer, period: Period, state: ScoringState, settings: ScoringSettings) -> bool:
    """Whether a page can wait for the simulation; otherwise it is work for a job."""
    return numbers_hold(state, settings) or _scores(viewer, period).count() <= AT_ONCE


def simulate(
    viewer: Viewer,
    period: Period,
    state: ScoringState,
    settings: ScoringSettings,
    *,
    shown: int | None = SHOWN_PEOPLE,
    advance: Callable[[], None] | None = None,
) -> Simulation:
    """Every newest version of the period that the viewer reads, by ``settings``.

    ``shown``: how many people are named, None for all; ``advance`` is called after each score.
    """
    found = []
    for change in _changes(viewer, period, settings, numbers_hold=numbers_hold(state, settings)):
        found.append(change)
        if advance is not None:
            advance()
    changes = [change for change, _ in found]
    moved = [change for change in changes if change.step]
    moved.sort(key=lambda change: (change.step, change.key))
    named = moved[:shown]
    rows = _named([change.key for change in named])
    return Simulation(
        counted=len(changes),
        final_changed=sum(change.before.final != change.after.final for change in changes),
        matrix=matrix_of(changes),
        opds=_by_opd(period, found),
        people=tuple((rows[change.key], change) for change in named),
    )


def _named(keys: list[int]) -> dict[int, Assessment]:
    """The assessments with owner and post; in stretches, since a query takes so many keys and no more."""
    found: dict[int, Assessment] = {}
    for start in range(0, len(keys), CHUNK):
        rows = Assessment.objects.select_related("skp__owner", "skp__assignment")
        found |= rows.in_bulk(keys[start : start + CHUNK])
    return found


def _scores(viewer: Viewer, period: Period) -> "QuerySet[Assessment]":
    return readable_scores(viewer).filter(skp__period=period, current__isnull=False).order_by("pk")


def _changes(
    viewer: Viewer, period: Period, settings: ScoringSettings, *, numbers_hold: bool
) -> Iterator[tuple[Change, int]]:
    """Each with the unit of its post; the stored inputs are read only where numbers may change."""
    columns = ("pk", "skp__assignment__unit", "current__four", "current__final", "current__new_idea")
    text = () if numbers_hold else ("current__inputs_text",)
    rows = _scores(viewer, period).values_list(*columns, *text)
    for key, unit, four, final, new_idea, *inputs in rows.iterator(CHUNK):
        before = Verdict(FourPredicate(four), final)
        if inputs:
            after = by_inputs(inputs[0], settings)
        else:
            after = by_words(before, new_idea=new_idea, settings=settings)
        yield Change(key, before, after), unit


def _by_opd(period: Period, found: list[tuple[Change, int]]) -> tuple[OpdChange, ...]:
    spans = OrgUnitSpan.objects.filter(on_day(last_day_of(period)))
    opd_of: dict[int, int | None] = {}
    names: dict[int | None, str] = {None: "Di luar OPD"}
    for unit, opd, name in spans.values_list("unit", "opd", "name"):
        opd_of[unit], names[unit] = opd, name
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for change, unit in found:
        of_opd = counts[opd_of.get(unit)]
        of_opd["all"] += 1
        of_opd["rise"] += change.step > 0
        of_opd["fall"] += change.step < 0
    rows = [
        OpdChange(names.get(opd, ""), each["all"], each["rise"], each["fall"]) for opd, each in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.rise + row.fall), row.name)))
