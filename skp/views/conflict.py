"""Two versions of one section: what is stored now beside what was typed; nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from skp.berakhlak import Behaviour
from skp.enums import (
    AppendixKind,
    Aspect,
    CascadeMethod,
    Direction,
    Perspective,
    ResultKind,
    ResultSource,
    Rollup,
)
from skp.forms.sections import ROWS, SCOPES, IndicatorForm, ResultForm
from skp.selectors.content import latest_texts
from skp.states import Action
from skp.views.common import PlanPage
from skp.views.parts import ROW_NAMES, Part, Values

# How a choice of the page is called in the form.
CHOICE = "pilih-"
WORDS: dict[str, str] = {
    **{
        value: str(label)
        for kind in (ResultKind, CascadeMethod, ResultSource, Perspective)
        for value, label in kind.choices
    },
    **{value: str(label) for kind in (Aspect, Direction, Rollup) for value, label in kind.choices},
    **{str(value): label for value, label in SCOPES},
    "on": "Ya",
}
CHOSEN_BY_WORD = {"kind", "cascade_method", "source", "perspective", "scope", "aspect", "direction", "rollup"}
LABELS: dict[str, str] = {
    **{name: str(field.label) for name, field in ResultForm.base_fields.items()},
    **{aspect.value: str(aspect.label) for aspect in Behaviour},
    **{kind.value: str(kind.label) for kind in AppendixKind},
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, or a whole indicator, that differs; texts as people read them, empty for nothing."""

    name: str
    label: str
    stored: str
    typed: str


def aligned(typed: Mapping[str, str], stored: Mapping[str, str]) -> tuple[Values, Values]:
    """Both flat values with the same row number for the same indicator: typed ones first, then the others."""
    keys = [typed[f"i{n}-key"] for n in range(ROWS) if typed.get(f"i{n}-key")]
    keys += [
        stored[f"i{n}-key"] for n in range(ROWS) if f"i{n}-key" in stored and stored[f"i{n}-key"] not in keys
    ]
    return _renumbered(typed, keys), _renumbered(stored, keys)


def _renumbered(values: Mapping[str, str], keys: list[str]) -> Values:
    found = {name: value for name, value in values.items() if not _is_row(name)}
    for number in range(ROWS):
        key = values.get(f"i{number}-key", "")
        if key not in keys:
            continue
        place = keys.index(key)
        for name in ROW_NAMES:
            found[f"i{place}-{name}"] = values.get(f"i{number}-{name}", "")
    return found


def _is_row(name: str) -> bool:
    prefix, _dash, rest = name.partition("-")
    return rest in ROW_NAMES and prefix[:1] == "i" and prefix[1:].isdecimal()


def differences(typed: Values, stored: Values, texts: Mapping[int, str]) -> list[Difference]:
    """What differs between aligned values, in the order of the form."""
    found = []
    names = [name for name in {**stored, **typed} if name in LABELS]
    for name in names:
        mine, theirs = typed.get(name, ""), stored.get(name, "")
        if mine.split() != theirs.split():
            found.append(
                Difference(name, LABELS[name], _shown(name, theirs, texts), _shown(name, mine, texts))
            )
    for number in range(ROWS):
        found += _row_differences(number, typed, stored)
    return found


def _row_differences(number: int, typed: Values, stored: Values) -> list[Difference]:
    prefix, label = f"i{number}-", f"Indikator {number + 1}"
    mine, theirs = f"{prefix}key" in typed, f"{prefix}key" in stored
    if mine != theirs:
        texts = [
            _row_text(prefix, values) if there else "" for there, values in ((theirs, stored), (mine, typed))
        ]
        return [Difference(f"{prefix}key", label, texts[0], texts[1])]
    return [
        Difference(
            f"{prefix}{name}",
            f"{label}: {IndicatorForm.base_fields[name].label}",
            _shown(name, stored.get(f"{prefix}{name}", ""), {}),
            _shown(name, typed.get(f"{prefix}{name}", ""), {}),
        )
        for name in ROW_NAMES[1:]
        if typed.get(f"{prefix}{name}", "").split() != stored.get(f"{prefix}{name}", "").split()
    ]


def _row_text(prefix: str, values: Values) -> str:
    parts = [values.get(f"{prefix}{name}", "") for name in ("text", "target_text", "target_min", "unit")]
    return " ".join(part for part in parts if part)


def _shown(name: str, value: str, texts: Mapping[int, str]) -> str:
    if name == "parent_id":
        return texts.get(int(value), "") if value.isdecimal() else ""
    return WORDS.get(value, value) if name in CHOSEN_BY_WORD or value == "on" else value


def resolved(posted: Mapping[str, str], stored: Mapping[str, str]) -> Values:
    """What was typed, with the stored text where the conflict page was told to keep it."""
    data = {name: posted[name] for name in posted}
    choices = {name.removeprefix(CHOICE): data.pop(name) for name in list(data) if name.startswith(CHOICE)}
    if not choices or data.get("semua") == "saya":
        return data
    mine, theirs = aligned(data, stored)
    for name, chosen in choices.items():
        if chosen != "tersimpan":
            continue
        if name.endswith("-key"):
            prefix = name.removesuffix("key")
            for field in ROW_NAMES:
                mine.pop(prefix + field, None)
            mine |= {prefix + field: theirs[prefix + field] for field in ROW_NAMES if name in theirs}
        else:
            mine[name] = theirs.get(name, "")
    return mine


def conflict_page(
    request: HttpRequest,
    page: PlanPage,
    part: Part,
    data: Mapping[str, str],
    *,
    reason: str = "",
    status: int = 409,
) -> HttpResponse:
    """Both versions side by side, to choose from; with ``reason`` only to read and to copy."""
    section = part.stored(page)
    read, _errors = part.read(data)
    mine = {name: value for name, value in data.items() if name in LABELS or _is_row(name)}
    typed, stored = aligned(part.values(read) if read else mine, part.values(section) if section else {})
    parents = {
        int(values["parent_id"]) for values in (typed, stored) if values.get("parent_id", "").isdecimal()
    }
    context = {
        "page": page,
        "part": part,
        "differences": differences(typed, stored, latest_texts(parents)),
        "typed": typed,
        "gone": section is None,
        "base": section.mark if section else "",
        "reason": reason,
        "may_edit": page.may(Action.EDIT).allowed,
        "current_place": page.place,
    }
    return render(request, "skp/editor/conflict.html", context, status=status)
