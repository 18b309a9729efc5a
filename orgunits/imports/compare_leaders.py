"""Whom the tree names as leader: headship begins and ends by date."""

from collections.abc import Mapping
from datetime import date

from config.lib.dates import format_date
from orgunits.enums import AssignmentKind, RowVerdict
from orgunits.imports.register import Post, Register, Unit
from orgunits.imports.results import Report
from orgunits.imports.units import UnitRow

HEADSHIP_ENDED = "Tidak lagi memimpin unit ini menurut pohon unit kerja"
HEADSHIP_BEGAN = "Memimpin unit ini menurut pohon unit kerja"


def compare_leaders(
    register: Register,
    rows: list[UnitRow],
    refused: Mapping[str, str],
    verdicts: dict[str, RowVerdict],
    as_of: date,
    report: Report,
) -> None:
    """Let each unit of the tree have the leader that its row names, from ``as_of`` or the post's start.

    ``refused``: PNS ID → why that person's row was refused. A leader who is unknown or sits
    elsewhere leaves the unit vacant, with a warning. A head whom an officer appointed, or who began
    after ``as_of``, stays. A unit that changes is marked in ``verdicts``.
    """
    for row in rows:
        unit = register.unit_by_id[row.external_id]
        if unit.is_closed:
            continue
        named = _named(register, unit, row, refused, as_of, report)
        if _settle(unit, named, row, as_of, report):
            verdicts.setdefault(row.external_id, RowVerdict.UPDATE)


def name_new_heads(register: Register, said_before: Mapping[str, UnitRow], as_of: date) -> None:
    """Without a tree in this run: new posts of those whom the last tree named lead their vacant units."""
    for row in said_before.values():
        unit = register.unit_by_id.get(row.external_id)
        person = register.person_by_id.get(row.leader_id)
        if unit is None or person is None or unit.is_closed or _head(unit, as_of) is not None:
            continue
        post = person.last_post
        if post is not None and post.is_new and post.unit is unit:
            _begin(unit, post, as_of)


def _head(unit: Unit, as_of: date) -> Post | None:
    """The definitive head on ``as_of``, else the one to come."""
    heads = [post for post in unit.heads if post.kind == AssignmentKind.DEFINITIVE and post.is_head]
    return next((post for post in heads if post.until is None or post.until > as_of), None)


def _named(
    register: Register,
    unit: Unit,
    row: UnitRow,
    refused: Mapping[str, str],
    as_of: date,
    report: Report,
) -> Post | None:
    if not row.leader_id:
        return None
    person = register.person_by_id.get(row.leader_id)
    post = None if person is None else person.post_on(as_of) or person.last_post
    if post is not None and post.unit is unit and (post.until is None or post.until > as_of):
        return post
    if row.leader_id in refused:
        why = f"baris pegawainya ditolak: {refused[row.leader_id]}"
    elif person is None:
        why = "tidak ada dalam data pegawai."
    elif post is not None and post.unit is not unit:
        why = f"tercatat di unit lain, yaitu {post.unit.now.name}."
    else:
        why = "tidak lagi menjabat."
    message = f"Unit {unit.now.name} dicatat tanpa pimpinan, karena pimpinan yang tertulis {why}"
    report.warn(row.source, "PEMIMPIN PNS ID", "leader", message[:500], "BKPSDM")
    return None


def _settle(unit: Unit, named: Post | None, row: UnitRow, as_of: date, report: Report) -> bool:
    head = _head(unit, as_of)
    if head is named or (head is not None and named is not None and head.person is named.person):
        return False
    if head is not None and not head.is_new and (head.is_by_decree or head.start > as_of):
        if named is not None:
            since = format_date(head.start)
            message = (
                f"Pimpinan yang ditetapkan di aplikasi ({head.person.name}, mulai {since}) tetap berlaku."
            )
            report.warn(row.source, "PEMIMPIN PNS ID", "leader", message[:500], "BKPSDM")
        return False
    if head is not None:
        boundary = named.start if named is not None and named.is_new and named.start > head.start else as_of
        _end(unit, head, boundary)
    if named is not None:
        _begin(unit, named, as_of)
    return True


def _end(unit: Unit, head: Post, boundary: date) -> None:
    """From ``boundary`` on the former head sits in the unit as a member; before it the history stays."""
    if head.start >= boundary:
        head.change(is_head=False)
        unit.heads.remove(head)
        return
    _split(head, boundary, leads=False, reason=HEADSHIP_ENDED)


def _begin(unit: Unit, post: Post, as_of: date) -> None:
    """Let the post lead: from its start when it is new in this run, else from ``as_of``."""
    earlier = [
        other.until
        for other in unit.heads
        if other.kind == AssignmentKind.DEFINITIVE and other.is_head and other.until is not None
    ]
    start = max([post.start if post.is_new else as_of, *(until for until in earlier if until > post.start)])
    if start <= post.start:
        post.change(is_head=True)
        unit.heads.append(post)
    elif post.until is None or start < post.until:
        unit.heads.append(_split(post, start, leads=True, reason=HEADSHIP_BEGAN))


def _split(post: Post, day: date, *, leads: bool, reason: str) -> Post:
    """End the post on ``day`` and let it go on from there with or without the lead."""
    rest = Post(
        person=post.person,
        unit=post.unit,
        kind=post.kind,
        position_title=post.position_title,
        position_kind=post.position_kind,
        echelon=post.echelon,
        functional_level=post.functional_level,
        is_head=leads,
        start=day,
        until=post.until,
        decree=post.decree,
        end_reason=post.end_reason,
        source=post.source,
        source_file=post.source_file,
        source_batch_id=post.source_batch_id,
    )
    post.change(until=day, end_reason=reason)
    post.person.posts.append(rest)
    post.person.posts.sort(key=lambda one: one.start)
    return rest
