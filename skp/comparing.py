"""Two revisions of a plan side by side: what was added, removed and reworded, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from config.lib.numbers import show_decimal
from skp.content import IndicatorContent, PlanContent, ResultContent


class Change(Enum):
    """What happened to a part, with the word that is shown."""

    ADDED = "Ditambahkan"
    REMOVED = "Dihapus"
    CHANGED = "Diubah"
    SAME = "Tetap"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one side; ``marked`` when the other side does not have them."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One statement on both sides; no pieces where the side does not have it."""

    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def change(self) -> Change:
        """What happened to the statement."""
        if not self.old:
            return Change.ADDED
        if not self.new:
            return Change.REMOVED
        return Change.CHANGED if any(piece.marked for piece in (*self.old, *self.new)) else Change.SAME


@dataclass(frozen=True, slots=True)
class Block:
    """A result, the behaviours or the appendix with its statements."""

    title: str
    change: Change
    lines: tuple[Line, ...]


def compare(old: PlanContent, new: PlanContent) -> list[Block]:
    """Every result of either revision by its identity, in the new order, the removed ones last."""
    before = {result.key: result for result in old.results}
    after = {result.key: result for result in new.results}
    keys = [*after, *(key for key in before if key not in after)]
    blocks = [
        _block(_title(before, after, key), _result(before.get(key)), _result(after.get(key))) for key in keys
    ]
    further = (
        ("Ekspektasi perilaku", old.behaviours, new.behaviours),
        ("Lampiran", old.appendix, new.appendix),
    )
    for title, left, right in further:
        if left or right:
            blocks.append(_block(title, _texts(left), _texts(right)))
    return blocks


def words_of(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, those marked that the other does not have; joined they give the text again."""
    left, right = _words(old), _words(new)
    old_pieces: list[Piece] = []
    new_pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if i < j:
            old_pieces.append(Piece("".join(left[i:j]), tag != "equal"))
        if k < m:
            new_pieces.append(Piece("".join(right[k:m]), tag != "equal"))
    return tuple(old_pieces), tuple(new_pieces)


def _words(text: str) -> list[str]:
    """Words with the blank behind each, so that joining loses nothing."""
    words: list[str] = []
    for part in text.split(" "):
        words += [part, " "]
    return words[:-1]


def _title(before: Mapping[str, ResultContent], after: Mapping[str, ResultContent], key: str) -> str:
    result = after.get(key) or before[key]
    return f"Hasil kerja {result.kind.label.lower()}"


def _block(title: str, old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> Block:
    """``old`` and ``new``: label and text of each statement by its key."""
    lines = []
    for key in [*new, *(key for key in old if key not in new)]:
        label = (new.get(key) or old[key])[0]
        left, right = old.get(key, ("", ""))[1], new.get(key, ("", ""))[1]
        pieces = words_of(left, right) if left and right else (_whole(left), _whole(right))
        lines.append(Line(label, *pieces))
    return Block(title, _change(lines, had=bool(old), has=bool(new)), tuple(lines))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _change(lines: Iterable[Line], *, had: bool, has: bool) -> Change:
    if not had:
        return Change.ADDED
    if not has:
        return Change.REMOVED
    return Change.SAME if all(line.change == Change.SAME for line in lines) else Change.CHANGED


def _result(result: ResultContent | None) -> dict[str, tuple[str, str]]:
    if result is None:
        return {}
    facts = {
        "text": ("Rencana hasil kerja", result.text),
        "parent": ("Hasil kerja atasan", result.parent_text),
        "method": ("Metode cascading", str(result.cascade_method.label) if result.cascade_method else ""),
        "source": ("Sumber", str(result.source.label) if result.source else ""),
        "perspective": ("Perspektif", str(result.perspective.label) if result.perspective else ""),
        "agreement": ("Acuan perjanjian kinerja", result.agreement_text),
        "assigned": ("Pemberi tugas", result.assigned_by),
    }
    facts |= {
        f"indicator {item.key}": (f"Indikator {item.aspect.label.lower()}", _indicator(item))
        for item in result.indicators
    }
    return {key: (label, text) for key, (label, text) in facts.items() if text}


def _indicator(item: IndicatorContent) -> str:
    if item.target_text:
        return f"{item.text}: {item.target_text}"
    low, high = show_decimal(item.target_min), show_decimal(item.target_max)
    target = low if low == high else f"{low} – {high}"
    return f"{item.text}: {target} {item.unit} ({item.direction.label})"


def _texts(rows: Sequence[tuple[object, str]]) -> dict[str, tuple[str, str]]:
    """Statements by their kind and place within it."""
    counts: dict[object, int] = {}
    found = {}
    for kind, text in rows:
        counts[kind] = counts.get(kind, 0) + 1
        found[f"{kind} {counts[kind]}"] = (str(getattr(kind, "label", kind)), text)
    return found
