"""Everybody's plan as a story: what they promise, by whom it is agreed, how far it has come and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from config.demo.crowd.agencies import Division
from config.demo.crowd.people import AGENCIES, Crowd
from config.demo.crowd.plans import goals_of, head_results, worker_results
from config.demo.people import PEOPLE
from config.demo.plans import PLANS, Fate
from config.demo.stages import DemoStage, Moments
from config.demo.texts import DemoResult


@dataclass(frozen=True, slots=True)
class Story:
    """One person's plan; ``by`` is the key of the appraiser, ``cast`` tells the people of the logins.

    The moments are those of the draft, the sending and the decision; steps later than the instant shown
    are not made.
    """

    owner: str
    by: str
    results: tuple[DemoResult, ...]
    fate: Fate
    drafted_at: datetime
    submitted_at: datetime
    decided_at: datetime
    cast: bool = False


# Days before planning closes on which each level drafts; it sends and is agreed within 26 hours, before
# the level below drafts.
CAST_DAYS = {
    "sekda": 29.0,
    "kaban": 27.0,
    "kadis": 27.0,
    "sekretaris": 25.0,
    "kabag": 25.0,
    "kabid": 25.0,
    "kabid2": 25.0,
    "kasubbag": 23.0,
}
REST_OF_CAST_DAYS = 20.5
LEVEL_DAYS = (27.0, 23.0)
WORKER_DAYS = (19.0, 10.0)
# Percent of all people: without a plan, returned, provisional below the late superior.
WITHOUT_PLAN, RETURNED, PROVISIONAL = 8, 5, 3
# While they plan, percent of all people who still write or wait.
STILL_DRAFT, STILL_WAITING = 10, 14
# Percent of all people who have no agreed plan when the year is over.
NEVER_WRITTEN, NEVER_MENDED = 1, 1
# Of the cast: who still waits for an agreement in the course of the year and has it in the end.
LATER_AGREED = frozenset({"yusuf"})
# People of the cast with a post and no story.
CAST_WITHOUT_PLAN = 3
# The person who moves to another agency in the course of the year, and where to.
MOVED, MOVED_TO = "binamarga-3", "PELUM"
# The head whose plan is not sent: nobody of the division can be agreed.
LATE = "PEM"


def stories_tell(crowd: Crowd, *, stage: DemoStage, moments: Moments, seed: int) -> list[Story]:
    """Superiors before those who serve their results; the same for the same seed."""
    return _Teller(crowd, stage, moments, Random(seed)).tell()  # noqa: S311 a demo needs no secrecy


class _Teller:
    def __init__(self, crowd: Crowd, stage: DemoStage, moments: Moments, chance: Random) -> None:
        self.crowd = crowd
        self.stage = stage
        self.moments = moments
        self.chance = chance
        self.fates = self._fates()

    def _fates(self) -> dict[str, Fate]:
        """Every worker's fate, by key: the shares exactly, whom they meet by chance."""
        everybody = len(self.crowd.people) + len(PEOPLE)
        over = self.stage.is_over
        without, returned = (NEVER_WRITTEN, NEVER_MENDED) if over else (WITHOUT_PLAN, RETURNED)
        shares = [
            (Fate.NONE, everybody * without // 100 - CAST_WITHOUT_PLAN),
            (Fate.RETURNED, everybody * returned // 100),
        ]
        if self.stage is DemoStage.PLANNING:
            shares += [
                (Fate.DRAFT, everybody * STILL_DRAFT // 100),
                (Fate.SUBMITTED, everybody * STILL_WAITING // 100),
            ]
        late = "" if over else LATE
        everywhere = [(division, key) for division, keys in self.crowd.staff.items() for key in keys]
        free = [key for division, key in everywhere if division != late and key != MOVED]
        self.chance.shuffle(free)
        fates = dict.fromkeys([*free, MOVED], Fate.AGREED)
        for fate, count in shares:
            for _ in range(min(max(count, 0), len(free))):
                fates[free.pop()] = fate
        blocked = self.crowd.staff.get(late, ())
        waiting = everybody * PROVISIONAL // 100
        fates.update(
            (key, Fate.SUBMITTED if place < waiting else Fate.DRAFT) for place, key in enumerate(blocked)
        )
        return fates

    def tell(self) -> list[Story]:
        cast = [self._cast(number) for number in range(len(PLANS))]
        heads, workers = [], []
        for agency in AGENCIES:
            head, served = self._head_of(agency.key), len(agency.goals)
            if agency.goals:
                heads.append(self._story(head, "sekda", goals_of(agency), Fate.AGREED, LEVEL_DAYS[0]))
            else:
                # The cast's heads have plans of their own, whose first results are served.
                served = next(len(plan.results) for plan in PLANS if plan.owner == head)
            for division in agency.divisions:
                leader = self.crowd.heads.get(division.key, "")
                if leader:
                    fate = Fate.DRAFT if division.key == LATE and not self.stage.is_over else Fate.AGREED
                    results = head_results(division.topics, serves=served)
                    heads.append(self._story(leader, head, results, fate, LEVEL_DAYS[1]))
                workers += self._workers(division, leader or head, len(division.topics) if leader else served)
        return [*cast, *heads, *workers]

    def _head_of(self, agency: str) -> str:
        return {"SETDA": "sekda", "INSP": "inspektur", "ARSIP": "kadis"}.get(agency) or self.crowd.heads[
            agency
        ]

    def _cast(self, number: int) -> Story:
        plan = PLANS[number]
        days = CAST_DAYS.get(plan.owner, REST_OF_CAST_DAYS - number / 10)
        fate = Fate.AGREED if self.stage.is_over and plan.owner in LATER_AGREED else plan.fate
        return self._story(plan.owner, plan.by, plan.results, fate, days, cast=True)

    def _workers(self, division: Division, by: str, served: int) -> list[Story]:
        staff = self.crowd.staff[division.key]
        return [
            self._story(
                key,
                by,
                worker_results(division, len(staff), self.chance, served=served),
                self.fates[key],
                self.chance.uniform(*WORKER_DAYS),
            )
            for key in staff
        ]

    def _story(
        self,
        owner: str,
        by: str,
        results: tuple[DemoResult, ...],
        fate: Fate,
        days: float,
        *,
        cast: bool = False,
    ) -> Story:
        drafted = self.moments.before_close(days=days)
        submitted = drafted + timedelta(hours=self.chance.uniform(2, 12))
        decided = submitted + timedelta(hours=self.chance.uniform(1, 14))
        return Story(owner, by, results, fate, drafted, submitted, decided, cast)
