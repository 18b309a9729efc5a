"""Who waits for whose plan, from plain values: blockers, whom they hold up, the tree of an office. Pure.

A plan that serves a superior's results can be agreed only once the superior's is (rules.md §3). Those of
scheme ``jpt`` need no link, so they wait for nobody; the Bupati has no plan, so nobody waits for him.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from skp.enums import Scheme
from skp.states import RevisionState

# No line of superiors is longer; a ring made by overrides ends here too.
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """A person in the cascade of a day.

    ``superior_id``: the appraiser by the line of the day; ``skp_id`` and ``state``: the plan of the post
    and its open revision's state, else that of the one in force, None without a plan; ``agreed``: a
    revision is in force; ``provisional``: an open revision serves a result that is not in force yet;
    ``plans``: False for the Bupati; ``inside``: one of the people looked at, not only somebody's superior.
    """

    employee_id: int
    superior_id: int | None
    scheme: Scheme
    name: str = ""
    title: str = ""
    unit_id: int | None = None
    skp_id: int | None = None
    state: RevisionState | None = None
    agreed: bool = False
    provisional: bool = False
    plans: bool = True
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Blocker:
    """A leader without an agreed revision, with the plans that wait directly and in all below."""

    leader: Standing
    direct: int
    behind: int


@dataclass(slots=True)
class TreeNode:
    """A person in the tree; ``below``: people under them in all; ``more``: direct ones not shown here."""

    standing: Standing
    blocked: bool
    below: int
    children: list["TreeNode"] = field(default_factory=list)
    more: int = 0


class Cascade:
    """The people of an office, or of all, on a day."""

    def __init__(self, standings: Mapping[int, Standing]) -> None:
        self.people = standings
        self._below: dict[int, list[Standing]] = defaultdict(list)
        for standing in standings.values():
            if standing.inside and standing.superior_id is not None:
                self._below[standing.superior_id].append(standing)

    def inside(self) -> Iterator[Standing]:
        """The people looked at."""
        return (standing for standing in self.people.values() if standing.inside)

    def direct(self, employee_id: int) -> list[Standing]:
        """Who is appraised by this person."""
        return self._below.get(employee_id, [])

    def blocker_of(self, person: Standing) -> Standing | None:
        """The nearest leader above without an agreed revision, where the person's own agreement waits.

        None once the superior's revision is in force: then nothing above holds the person up.
        """
        if person.agreed or not person.plans or person.scheme == Scheme.JPT or person.superior_id is None:
            return None
        leader = self.people.get(person.superior_id)
        return leader if leader is not None and leader.plans and not leader.agreed else None

    def chain_of(self, person: Standing) -> list[Standing]:
        """The leaders whose plans come first, the nearest at the beginning: each waits for the next."""
        chain: list[Standing] = []
        blocker = self.blocker_of(person)
        while blocker is not None and blocker not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(blocker)
            blocker = self.blocker_of(blocker)
        return chain

    def blockers(self) -> list[Blocker]:
        """Every leader for whom plans wait, the one with most behind first.

        A person without a plan is not counted, but those below wait through them.
        """
        direct: dict[int, int] = defaultdict(int)
        behind: dict[int, int] = defaultdict(int)
        for person in self.inside():
            if person.skp_id is None:
                continue
            for distance, leader in enumerate(self.chain_of(person)):
                behind[leader.employee_id] += 1
                direct[leader.employee_id] += distance == 0
        found = [Blocker(self.people[pk], direct[pk], count) for pk, count in behind.items()]
        return sorted(found, key=lambda one: (-one.behind, -one.direct, one.leader.name))

    def held_by(self, employee_id: int) -> list[Standing]:
        """The people whose plan waits directly for this leader's."""
        return [
            person
            for person in self.direct(employee_id)
            if person.skp_id is not None and self.blocker_of(person) is not None
        ]

    def roots(self) -> list[Standing]:
        """Those whose superior is not among the people looked at, leaders first."""
        tops = [one for one in self.inside() if not self._is_inside(one.superior_id)]
        return sorted(tops, key=lambda one: (one.employee_id not in self._below, one.name))

    def _is_inside(self, employee_id: int | None) -> bool:
        superior = self.people.get(employee_id or 0)
        return superior is not None and superior.inside

    def depth_of(self, person: Standing) -> int:
        """How many of the people looked at stand above; 0 for the head."""
        seen = {person.employee_id}
        above = self.people.get(person.superior_id or 0)
        while above is not None and above.inside and above.employee_id not in seen:
            seen.add(above.employee_id)
            above = self.people.get(above.superior_id or 0)
        return len(seen) - 1

    def tree(self, top: Standing, *, limit: int, first: int = 0) -> TreeNode:
        """The person and those below, level by level, about ``limit`` people; the rest is counted.

        ``first``: where the list of the person's own people begins, for one longer than a page.
        """
        sizes = self._sizes()
        root = self._node(top, sizes)
        shown, queue = 1, deque([root])
        while queue:
            node = queue.popleft()
            below = self._in_order(node.standing)[first if node is root else 0 :]
            if node is not root and shown + len(below) > limit:
                node.more = len(below)
                continue
            node.children = [self._node(one, sizes) for one in below[:limit]]
            node.more = len(below) - len(node.children)
            shown += len(node.children)
            queue.extend(node.children)
        return root

    def _in_order(self, person: Standing) -> list[Standing]:
        """Who is appraised by the person, leaders first."""
        return sorted(
            self.direct(person.employee_id), key=lambda one: (one.employee_id not in self._below, one.name)
        )

    def _node(self, standing: Standing, sizes: Mapping[int, int]) -> TreeNode:
        return TreeNode(standing, self.blocker_of(standing) is not None, sizes.get(standing.employee_id, 0))

    def _sizes(self) -> dict[int, int]:
        """People below each person, each person counted once on the way up."""
        sizes: dict[int, int] = defaultdict(int)
        for person in self.inside():
            seen = {person.employee_id}
            above = person.superior_id
            while above is not None and above not in seen:
                sizes[above] += 1
                seen.add(above)
                superior = self.people.get(above)
                above = superior.superior_id if superior is not None and superior.inside else None
        return sizes
