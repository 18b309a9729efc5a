"""The stored organisation in memory, as an import reads and changes it before anything is written.

Small objects instead of model rows: 8,000 people fit in a few megabytes. ``change`` notes which
fields of a stored row differ; ``writing`` later puts new rows and noted fields into the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from config.lib.dates import covers
from orgunits.enums import AssignmentKind, ImportKind, UnitKind
from orgunits.imports.cells import same_words


@dataclass(slots=True, kw_only=True, eq=False)
class Tracked:
    """A row that may be stored already (``pk``); ``dirty`` names its fields that changed.

    ``version`` is that of the stored row, for those that have one: a row that moved on meanwhile
    must not be written.
    """

    pk: int | None = None
    version: int = 0
    dirty: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        """Not stored yet."""
        return self.pk is None

    @property
    def key(self) -> int:
        """The primary key of a stored row."""
        assert self.pk is not None
        return self.pk

    def change(self, **values: object) -> bool:
        """Set the fields that differ; whether any did."""
        changed = {name for name, value in values.items() if getattr(self, name) != value}
        for name in changed:
            setattr(self, name, values[name])
        self.dirty |= changed
        return bool(changed)


@dataclass(slots=True, kw_only=True, eq=False)
class Span(Tracked):
    """What a unit is from ``start``; units are named by their objects."""

    unit: "Unit"
    name: str
    kind: UnitKind
    parent: "Unit | None"
    opd: "Unit | None"
    appraised_by: "Unit | None"
    head_title: str = ""
    head_echelon: str = ""
    letterhead: str = ""
    signing_place: str = ""
    start: date
    until: date | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Unit(Tracked):
    """A unit; ``span`` is its latest, ``touched_spans`` what is to be written; ``heads`` lead it."""

    external_id: str | None
    span: Span | None = None
    touched_spans: list[Span] = field(default_factory=list)
    heads: list["Post"] = field(default_factory=list)

    @property
    def now(self) -> Span:
        """The latest span."""
        assert self.span is not None
        return self.span

    @property
    def is_closed(self) -> bool:
        """Whether the unit was merged away or ended."""
        return self.span is None or self.span.until is not None


@dataclass(slots=True, kw_only=True, eq=False)
class Post(Tracked):
    """An assignment; ``source`` is the kind of import it came from, None when an officer entered it.

    ``source_file`` names the workbook of this run that made it or now speaks for it.
    """

    person: "Person"
    unit: Unit
    kind: AssignmentKind
    position_title: str
    position_kind: str
    echelon: str = ""
    functional_level: str = ""
    is_head: bool = False
    start: date
    until: date | None = None
    decree: str = ""
    end_reason: str = ""
    review_note: str = ""
    source: ImportKind | None = None
    source_file: str = ""
    source_batch_id: int | None = None

    @property
    def is_by_decree(self) -> bool:
        """Whether a decree stands behind it that beats an undated snapshot (rules.md section 14)."""
        return self.source != ImportKind.EMPLOYEES

    def is_same_post(self, unit: Unit, title: str) -> bool:
        """Whether unit and title are these; a difference of spelling alone doesn't count."""
        return self.unit is unit and same_words(self.position_title) == same_words(title)


@dataclass(slots=True, kw_only=True, eq=False)
class Legal(Tracked):
    """A person's legal position from ``start``."""

    person: "Person"
    position: str
    start: date
    until: date | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Person(Tracked):
    """A civil servant; ``posts`` are the definitive ones by start, ``acting`` those as Plt or Plh."""

    external_id: str | None
    user_id: int | None = None
    # An address that its owner confirmed is not taken from a file.
    email_confirmed: bool = False
    nip: str | None
    former_nip: str = ""
    name: str = ""
    title_before: str = ""
    title_after: str = ""
    employment_kind: str = ""
    sex: str = ""
    birth_date: date | None = None
    grade: str = ""
    phone: str = ""
    email: str = ""
    posts: list[Post] = field(default_factory=list)
    acting: list[Post] = field(default_factory=list)
    legal: Legal | None = None
    fresh_legal: list[Legal] = field(default_factory=list)

    @property
    def last_post(self) -> Post | None:
        """The definitive post that begins last."""
        return self.posts[-1] if self.posts else None

    def post_on(self, day: date) -> Post | None:
        """The definitive post in force on ``day``."""
        return next((post for post in self.posts if covers(post.start, post.until, day)), None)


# The fields that are read and written as they are.
PERSON_FIELDS = (
    *("external_id", "user_id", "nip", "name", "title_before", "title_after", "employment_kind"),
    *("sex", "birth_date", "grade", "phone", "email"),
)
POST_FIELDS = (
    *("position_title", "position_kind", "echelon", "functional_level", "is_head", "start", "until"),
    *("decree", "end_reason", "review_note"),
)


@dataclass(slots=True)
class Register:
    """All units and people, by the keys under which files name them."""

    units: list[Unit] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    unit_by_id: dict[str, Unit] = field(default_factory=dict)
    person_by_id: dict[str, Person] = field(default_factory=dict)
    person_by_nip: dict[str, Person] = field(default_factory=dict)

    def add_unit(self, unit: Unit) -> Unit:
        """Enter a unit under its id."""
        self.units.append(unit)
        if unit.external_id:
            self.unit_by_id[unit.external_id] = unit
        return unit

    def add_person(self, person: Person) -> Person:
        """Enter a person under PNS ID and NIP."""
        self.people.append(person)
        if person.external_id:
            self.person_by_id[person.external_id] = person
        if person.nip:
            self.person_by_nip[person.nip] = person
        return person

    def add_post(self, post: Post) -> Post:
        """Enter an assignment with its person and, when it leads, with its unit."""
        if post.kind == AssignmentKind.DEFINITIVE:
            post.person.posts.append(post)
            post.person.posts.sort(key=lambda one: one.start)
        else:
            post.person.acting.append(post)
        if post.is_head:
            post.unit.heads.append(post)
        return post

    def posts(self) -> Iterator[Post]:
        """Every assignment."""
        for person in self.people:
            yield from person.posts
            yield from person.acting

    def opd_names(self) -> dict[str, str]:
        """External ids of the units, closed ones included, with the name of each one's OPD."""
        return {
            key: unit.now.opd.now.name if unit.now.opd else unit.now.name
            for key, unit in self.unit_by_id.items()
            if unit.span is not None
        }

    def parents(self) -> dict[str, str]:
        """External ids of the units, each with that of the next above that has one; empty for the root."""
        found: dict[str, str] = {}
        for key, unit in self.unit_by_id.items():
            if unit.span is not None:
                above = unit.now.parent
                # A unit that an officer made by a split has no id in the export.
                while above is not None and above.external_id is None:
                    above = above.now.parent
                found[key] = (above.external_id or "") if above is not None else ""
        return found
