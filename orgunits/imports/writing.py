"""From the register to the database: new rows in bulk, changed fields row by row.

Runs inside the caller's transaction. What makes room comes first (posts that end, heads that step
down), so that no guard of the database meets two holders on the way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, Model

from accounts.models import User
from accounts.services.users import NewUser, user_update, users_create
from config.lib.errors import Conflict
from orgunits.enums import AssignmentKind
from orgunits.imports.register import (
    PERSON_FIELDS,
    POST_FIELDS,
    Legal,
    Person,
    Post,
    Register,
    Span,
    Tracked,
    Unit,
)
from orgunits.models import (
    Assignment,
    Employee,
    EmployeeNip,
    ImportBatch,
    LegalPositionSpan,
    OrgUnit,
    OrgUnitSpan,
)

CHUNK = 500
# Stands before the key where a number or login name is free for a moment; no NIP begins so.
FREED = "~"
SPAN_TEXTS = ("name", "kind", "head_title", "head_echelon", "letterhead", "signing_place", "start", "until")
SPAN_UNITS = ("unit", "parent", "opd", "appraised_by")
# These fields of a person also stand in the account.
IN_ACCOUNT = frozenset({"nip", "name", "title_before", "title_after", "email"})

T = TypeVar("T", bound=Tracked)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Touched:
    """Whose appraisal lines a written import can change."""

    unit_ids: frozenset[int]
    employee_ids: frozenset[int]


def write_register(
    register: Register, *, batches: Mapping[str, ImportBatch], actor: User | None, now: datetime
) -> Touched:
    """Store everything that is new or changed in ``register``; ``batches`` by file name.

    Raises Conflict when an account with a new person's NIP belongs to somebody else, IntegrityError
    when a guard of the database refuses.
    """
    spans = _write_units(register)
    posts = [post for post in register.posts() if post.is_new or post.dirty]
    touched_posts = [post for post in posts if post.is_new or post.dirty - {"source"}]
    _write_people(register, actor=actor, now=now)
    _write_posts(posts, batches)
    legal = _write_legal(register)
    units = {span.unit.key for span in spans} | {post.unit.key for post in touched_posts}
    return Touched(frozenset(units), frozenset(row.person.key for row in legal))


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _create(items: Sequence[T], model: type[Model], make: Callable[[T], Model]) -> None:
    """Insert in chunks and remember the keys."""
    for chunk in _chunks(items):
        rows = model._default_manager.bulk_create([make(item) for item in chunk])
        for item, row in zip(chunk, rows, strict=True):
            item.pk = row.pk
            item.dirty = set()


def _bump(model: type[Model], item: Tracked, **values: Any) -> None:
    """Change a stored row that is still as it was read; raises Conflict when somebody was quicker."""
    rows = model._default_manager.filter(pk=item.key, version=item.version)
    if not rows.update(**values, version=F("version") + 1):
        raise Conflict("Data diubah orang lain selama impor berjalan. Tidak ada yang ditulis; ulangi impor.")


def _key(unit: Unit | None) -> int | None:
    return None if unit is None else unit.pk


# --- Units ---------------------------------------------------------------------


def _span_values(span: Span, names: Iterable[str]) -> dict[str, Any]:
    return {
        f"{name}_id" if name in SPAN_UNITS else name: (
            _key(getattr(span, name)) if name in SPAN_UNITS else getattr(span, name)
        )
        for name in names
    }


def _write_units(register: Register) -> list[Span]:
    changed = [unit for unit in register.units if unit.touched_spans]
    _create(
        [unit for unit in changed if unit.is_new],
        OrgUnit,
        lambda unit: OrgUnit(external_id=unit.external_id),
    )
    spans = list(dict.fromkeys(span for unit in changed for span in unit.touched_spans))
    stored = [span for span in spans if not span.is_new and span.dirty]
    for span in stored:
        OrgUnitSpan.objects.filter(pk=span.key).update(**_span_values(span, span.dirty))
    for unit in dict.fromkeys(span.unit for span in stored):
        _bump(OrgUnit, unit)
    _create(
        [span for span in spans if span.is_new],
        OrgUnitSpan,
        lambda span: OrgUnitSpan(**_span_values(span, (*SPAN_UNITS, *SPAN_TEXTS))),
    )
    return spans


# --- People ----------------------------------------------------------------------


def _write_people(register: Register, *, actor: User | None, now: datetime) -> None:
    fresh = [person for person in register.people if person.is_new]
    changed = [person for person in register.people if not person.is_new and person.dirty]
    renumbered = [person for person in changed if "nip" in person.dirty]
    # Two people may swap numbers: nobody holds an old one while the new ones are written.
    for person in renumbered:
        Employee.objects.filter(pk=person.key).update(nip=f"{FREED}{person.key}")
        if person.former_nip:
            EmployeeNip.objects.create(employee_id=person.key, nip=person.former_nip, replaced_at=now)
    _free_login_names(renumbered)
    for person in changed:
        values = {name: getattr(person, name) for name in person.dirty}
        _bump(Employee, person, **values)
        if person.user_id is not None and person.dirty & IN_ACCOUNT:
            _write_account(person, person.user_id, actor=actor, now=now)
    for chunk in _chunks(fresh):
        _give_accounts(chunk, actor=actor, now=now)
        _create(chunk, Employee, _employee)


def _employee(person: Person) -> Employee:
    return Employee(**{name: getattr(person, name) for name in PERSON_FIELDS})


def _shown_name(person: Person) -> str:
    return Employee(
        name=person.name, title_before=person.title_before, title_after=person.title_after
    ).full_name[:200]


def _free_login_names(renumbered: list[Person]) -> None:
    """Login names that somebody else is about to take."""
    wanted = {person.nip for person in renumbered}
    for person in renumbered:
        if person.user_id is not None and person.former_nip in wanted:
            accounts = User.objects.filter(pk=person.user_id, username=person.former_nip)
            accounts.update(username=f"{FREED}{person.user_id}")


def _write_account(person: Person, user_id: int, *, actor: User | None, now: datetime) -> None:
    """The account follows the NIP, the name and the address."""
    user = User.objects.get(pk=user_id)
    follows = user.username == person.former_nip or user.username.startswith(FREED)
    user_update(
        actor=actor,
        user=user,
        now=now,
        username=person.nip if follows else None,
        name=_shown_name(person),
    )
    if "email" in person.dirty:
        User.objects.filter(pk=user.pk).update(email=person.email)


def _give_accounts(people: Sequence[Person], *, actor: User | None, now: datetime) -> None:
    """Accounts without a usable password; one that exists under the NIP and is nobody's is taken."""
    names = [person.nip or "" for person in people]
    existing = User.objects.filter(username__in=names).values_list("username", "pk", "employee")
    known = {name: (pk, employee) for name, pk, employee in existing}
    missing: list[Person] = []
    for person in people:
        pk, employee = known.get(person.nip or "", (None, None))
        if employee is not None:
            raise Conflict(f"Akun {person.nip} sudah dipakai pegawai lain. Perbaiki dulu nama akunnya.")
        person.user_id = pk
        if pk is None:
            missing.append(person)
    wanted = [NewUser(person.nip or "", _shown_name(person), person.email) for person in missing]
    for person, user in zip(missing, users_create(actor=actor, people=wanted, now=now), strict=True):
        person.user_id = user.pk


# --- Posts and legal positions ----------------------------------------------------------


def _post_values(post: Post, names: Iterable[str], batches: Mapping[str, ImportBatch]) -> dict[str, Any]:
    values = {name: getattr(post, name) for name in names if name != "source"}
    if "source" in names:
        batch = batches.get(post.source_file)
        values["source_batch_id"] = batch.pk if batch else post.source_batch_id
    return values


def _makes_room(post: Post) -> bool:
    return "until" in post.dirty or ("is_head" in post.dirty and not post.is_head)


def _write_posts(posts: list[Post], batches: Mapping[str, ImportBatch]) -> None:
    stored = [post for post in posts if not post.is_new]

    def update(chosen: Iterable[Post]) -> None:
        for post in chosen:
            values = _post_values(post, post.dirty, batches)
            _bump(Assignment, post, **values)

    update(post for post in stored if _makes_room(post))
    _create(
        [post for post in posts if post.is_new],
        Assignment,
        lambda post: Assignment(
            employee_id=post.person.key,
            unit_id=post.unit.key,
            kind=AssignmentKind(post.kind),
            **_post_values(post, (*POST_FIELDS, "source"), batches),
        ),
    )
    update(post for post in stored if not _makes_room(post))


def _write_legal(register: Register) -> list[Legal]:
    touched = list(dict.fromkeys(row for person in register.people for row in person.fresh_legal))
    for row in touched:
        if not row.is_new:
            values = {name: getattr(row, name) for name in row.dirty}
            LegalPositionSpan.objects.filter(pk=row.key).update(**values)
    _create(
        [row for row in touched if row.is_new],
        LegalPositionSpan,
        lambda row: LegalPositionSpan(
            employee_id=row.person.key, position=row.position, start=row.start, until=row.until
        ),
    )
    return touched
