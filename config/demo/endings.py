"""How the year ends for everybody with an agreed plan: what they reached, when it was scored and read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from config.demo.crowd.people import Crowd
from config.demo.moving import NEW_HEAD
from config.demo.people import ARCHIVE, INSPECTORATE, PEOPLE, ROOT, SETDA, UNITS
from config.demo.plans import Fate
from config.demo.reached import Form
from config.demo.stages import DemoStage
from config.demo.stories import MOVED, MOVED_TO, Story
from skp.deadlines import WindowFacts
from skp.states import Stage

# Agencies whose year differs from that of the others, by key; all others do well.
FORM_OF = {SETDA: Form.STRONG, "PUPR": Form.MIXED, "KEC-SEL": Form.FAILED}
# In agencies that do well, the forms of a hundred people; the rest are good.
STRONG_SHARE, MIXED_SHARE = 15, 10
# Units with a year of their own: one where everybody has full marks, one that is outstanding.
FULL_MARKS, OUTSTANDING = "UMUM-SETDA", "SMPN1"
# Of seven people of the outstanding unit, whose year went best: so many that its pattern fits.
BEST_OF_SEVEN = frozenset({1, 3, 5, 6})
# Agencies in which fewer than half are scored, and all unscored in percent of the agreed plans.
SLOW = (INSPECTORATE, ARCHIVE)
UNSCORED = 6
# Nobody of these is left unscored by chance: the cast is told, the best agency is complete.
COMPLETE = (SETDA, "BKPSDM")
# Percent of the agreed plans without any proof.
WITHOUT_PROOF = 1
# Of a hundred people, how many accept their result, and how many only open it.
ACCEPTING, READING = 55, 20
# Of a hundred people who do well, whose behaviour is rated higher than suggested.
RATED_HIGHER = 3
# Days from the opening of the assessment to the scores of each level, so that superiors' values come first.
LEVEL_DAYS = {0: 0.6, 1: 1.8, 2: 3.0}
STAFF_DAYS = 4.2
# Whose score comes so soon after the instant shown has a draft.
DRAFTED_DAYS = timedelta(days=2.5)
# The one whose result comes after those of the people who serve it.
LATE_LEADER = "kasubbag"
CAST_FORMS = {"dewi": Form.ALL_OVER, "kasubbag": Form.ALL_OVER, "megawati": Form.MIXED}
RATED_HIGHER_OF_CAST = frozenset({"teguh"})


@dataclass(frozen=True, slots=True)
class Ending:
    """One plan's end; a moment that is None does not come.

    ``begun_at``: when the appraiser keeps a draft of the judgment.
    ``part``: the owner's first plan of the year, or the second after a transfer. ``level``: 0 for the
    Sekretaris Daerah, 3 for those who lead nobody. ``full``: full marks for everything.
    """

    story: Story
    by: str
    form: Form
    level: int
    reported_at: datetime | None
    begun_at: datetime | None = None
    scored_at: datetime | None = None
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    accepted_at: datetime | None = None
    part: int = 0
    proven: bool = True
    full: bool = False
    rated_higher: bool = False


def endings_tell(
    stories: Sequence[Story],
    crowd: Crowd,
    *,
    stage: DemoStage,
    windows: Sequence[WindowFacts],
    shown_at: datetime,
    moved: bool,
    seed: int,
) -> list[Ending]:
    """Superiors before those who serve their results; ``moved``: the transfer took place."""
    agreed = [story for story in stories if story.fate is Fate.AGREED]
    teller = _Teller(crowd, stage, windows, shown_at, seed)
    endings = [teller.tell(story) for story in agreed]
    if moved:
        old = next(ending for ending in endings if ending.story.owner == MOVED)
        endings.append(replace(old, by=NEW_HEAD, part=1, form=teller.form_of(MOVED, MOVED_TO)))
    return teller.leave_out(endings)


def agency_of_units(crowd: Crowd) -> dict[str, str]:
    """The agency in which each unit stands, by key."""
    parents = {unit.key: unit.parent for unit in (*UNITS, *crowd.units)}

    def top(unit: str) -> str:
        return unit if parents[unit] == ROOT else top(parents[unit])

    return {unit: top(unit) for unit in parents}


def _number(key: str) -> int:
    """The number at the end of a key of the crowd."""
    return int(key.rsplit("-", 1)[1])


@dataclass(slots=True)
class _Teller:
    crowd: Crowd
    stage: DemoStage
    windows: Sequence[WindowFacts]
    shown_at: datetime
    seed: int
    chance: Random = field(init=False)
    agency_of: Mapping[str, str] = field(init=False)
    agencies: Mapping[str, str] = field(init=False)
    units: Mapping[str, str] = field(init=False)
    leaders: frozenset[str] = field(init=False)
    report: WindowFacts = field(init=False)
    judge: WindowFacts = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 a demo needs no secrecy
        self.agency_of = agency_of_units(self.crowd)
        self.units = {person.key: person.unit for person in (*PEOPLE, *self.crowd.people)}
        self.agencies = {key: self.agency_of[unit] for key, unit in self.units.items()}
        self.leaders = frozenset(unit.head for unit in (*UNITS, *self.crowd.units) if unit.head)
        stages = {window.stage: window for window in self.windows}
        self.report, self.judge = stages[Stage.SELF_REPORT], stages[Stage.ASSESSMENT]

    def tell(self, story: Story) -> Ending:
        unit = self.units[story.owner]
        form = self.form_of(story.owner, unit)
        level = self._level(story)
        scored, delivered = self._judged(story.owner, level)
        answered = delivered + timedelta(days=self.chance.uniform(0.3, 2.5))
        dice = self.chance.randrange(100)
        higher = form is Form.GOOD and dice % (100 // RATED_HIGHER) == 0
        return Ending(
            story=story,
            by=story.by,
            form=form,
            level=level,
            reported_at=self._reported(scored),
            begun_at=self._begun(scored),
            scored_at=scored,
            delivered_at=delivered,
            read_at=answered if dice < ACCEPTING + READING else None,
            accepted_at=answered + timedelta(hours=2) if dice < ACCEPTING else None,
            full=unit == FULL_MARKS,
            rated_higher=higher or story.owner in RATED_HIGHER_OF_CAST,
        )

    def form_of(self, key: str, unit: str) -> Form:
        """How the year went for somebody of this unit."""
        if key in CAST_FORMS:
            return CAST_FORMS[key]
        if unit == FULL_MARKS:
            return Form.ALL_OVER
        agency = FORM_OF.get(self.agency_of[unit])
        if agency is not None:
            return agency
        if unit == OUTSTANDING:
            return Form.ALL_OVER if key in self.leaders or _number(key) % 7 in BEST_OF_SEVEN else Form.GOOD
        dice = self.chance.randrange(100)
        if dice < STRONG_SHARE:
            return Form.STRONG
        return Form.MIXED if dice < STRONG_SHARE + MIXED_SHARE else Form.GOOD

    def _level(self, story: Story) -> int:
        if story.owner not in self.leaders:
            return 3
        return {"bupati": 0, "sekda": 1}.get(story.by, 2)

    def _reported(self, scored_at: datetime) -> datetime:
        opens, closes = self.report.opens_at, min(self.report.closes_at, self.shown_at, scored_at)
        return opens + (closes - opens) * self.chance.uniform(0.1, 0.97)

    def _judged(self, owner: str, level: int) -> tuple[datetime, datetime]:
        """When somebody is scored and has the result, by level; half of the staff by an instant within."""
        opens, closes = self.judge.opens_at, self.judge.closes_at
        first = opens + timedelta(days=LEVEL_DAYS.get(level, STAFF_DAYS))
        if owner == LATE_LEADER:
            scored = closes - timedelta(days=2.4)
        elif level < len(LEVEL_DAYS):
            scored = first + timedelta(days=self.chance.uniform(0, 0.8))
        else:
            within = closes if self.stage is DemoStage.CLOSED else self.shown_at + (self.shown_at - first)
            scored = first + (min(within, closes) - first - timedelta(days=2.5)) * self.chance.random()
        return scored, scored + timedelta(days=self.chance.uniform(0.1, 0.3 if level < 3 else 2))

    def _begun(self, scored_at: datetime) -> datetime | None:
        """A draft is worth seeing only where the score is still to come."""
        soon = self.shown_at < scored_at < self.shown_at + DRAFTED_DAYS
        return self.shown_at - timedelta(hours=self.chance.uniform(2, 20)) if soon else None

    def leave_out(self, endings: list[Ending]) -> list[Ending]:
        """Who stays without a score and who without proof, among those who lead nobody first."""
        staff = [number for number, ending in enumerate(endings) if self._may_be_left(ending)]
        self.chance.shuffle(staff)
        unscored = self._slow(endings)
        if self.stage is DemoStage.CLOSED:
            wanted = round(len(endings) * UNSCORED / 100)
            others = [number for number in staff if number not in unscored]
            unscored |= set(others[: max(wanted - len(unscored), 0)])
        bare = [number for number in staff if number not in unscored]
        for number in bare[-max(len(endings) * WITHOUT_PROOF // 100, 1) :]:
            endings[number] = replace(endings[number], proven=False)
        for place, number in enumerate(sorted(unscored)):
            endings[number] = self._unscored(endings[number], place)
        return endings

    def _may_be_left(self, ending: Ending) -> bool:
        key = ending.story.owner
        free = self.agencies[key] not in (*SLOW, *COMPLETE) and self.units[key] != OUTSTANDING
        return free and ending.level == 3 and not ending.story.cast and key != MOVED

    def _slow(self, endings: Sequence[Ending]) -> set[int]:
        """In each slow agency, enough people that fewer than half of all are scored, the last told first."""
        found: set[int] = set()
        for agency in SLOW:
            everybody = sum(of == agency for of in self.agencies.values())
            told = [
                number for number, ending in enumerate(endings) if self.agencies[ending.story.owner] == agency
            ]
            told.sort(key=lambda number: (endings[number].level, not endings[number].story.cast))
            found |= set(told[(everybody - 1) // 2 :])
        return found

    def _unscored(self, ending: Ending, place: int) -> Ending:
        """Of three one never reported, one waits for the score, one for the delivery."""
        kept = replace(ending, begun_at=None, delivered_at=None, read_at=None, accepted_at=None)
        if place % 3 < 2:
            kept = replace(kept, scored_at=None)
        return replace(kept, reported_at=None) if place % 3 == 0 else kept
