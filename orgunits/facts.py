"""What decisions about people, posts, units and roles need to know: plain values."""

from dataclasses import dataclass

from orgunits.enums import Role, UnitKind


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Whom it concerns; ``employee_id`` is None for an account that is nobody's.

    ``grants``: role and OPD (None for the regency) of every grant that is in force or still to come;
    ``is_appraisee``: the viewer is this person's appraiser today; ``in_subtree``: the person sits in
    a unit that the viewer heads, or below it.
    """

    employee_id: int | None
    grants: frozenset[tuple[Role, int | None]] = frozenset()
    is_appraisee: bool = False
    in_subtree: bool = False


@dataclass(frozen=True, slots=True)
class OrgFacts:
    """What a decision needs to know.

    ``opd_ids``: every OPD that the act touches; None among them is what lies outside of all OPD.
    ``unit_kind``: the kind of the unit edited; ``role``: the role granted or revoked.
    """

    opd_ids: frozenset[int | None] = frozenset()
    person: PersonFacts | None = None
    unit_kind: UnitKind | None = None
    role: Role | None = None
