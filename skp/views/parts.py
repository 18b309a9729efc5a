"""The sections of the editor: what each shows, how it is read and how it is saved."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.http import Http404
from django.urls import reverse

from config.lib.numbers import show_decimal
from skp.berakhlak import Behaviour
from skp.content import ResultContent
from skp.enums import AppendixKind, Direction, ResultKind
from skp.forms.sections import Errors, read_result, read_texts
from skp.rules import APPENDIX, BEHAVIOURS, MAX_INDICATORS
from skp.selectors.plans import linkable_results
from skp.services.editing import appendix_save, behaviours_save, section_save
from skp.services.editing.inputs import (
    ROLLUP_OF,
    AppendixSection,
    BehaviourSection,
    IndicatorLine,
    ResultSection,
    Section,
    appendix_section,
    behaviour_section,
    result_section,
    stored_appendix,
    stored_behaviours,
)
from skp.views.common import PlanPage

Values = dict[str, str]
LONGEST_TEXT = 2000
LONGEST_LIST = 10_000
ROW_NAMES = (
    "key",
    "aspect",
    "text",
    "target_min",
    "target_max",
    "target_text",
    "unit",
    "direction",
    "target_is_maximum",
    "rollup",
)


class Part(Protocol):
    """A section: its place among those that ``?buka=`` opens, and its way from page to draft and back."""

    name: str
    template: str

    @property
    def opened_by(self) -> str:
        """The value of ``?buka=`` that opens it."""

    @property
    def anchor(self) -> str:
        """The id of its card."""

    @property
    def action(self) -> str:
        """Where its form is sent."""

    def stored(self, page: PlanPage) -> Section | None:
        """What the draft holds now, None for a result that is not there."""

    def values(self, section: Any) -> Values:
        """Its flat values by field name."""

    def read(self, data: Mapping[str, Any]) -> tuple[Section | None, Errors]:
        """What was typed, or None with the errors by field name."""

    def save(self, page: PlanPage, version: int, section: Any) -> None:
        """Write it."""


class ResultPart:
    """A result with its indicators; ``key`` names its identity, also before it is written."""

    template = "skp/editor/_result_form.html"

    def __init__(self, page: PlanPage, key: UUID) -> None:
        self.page, self.key, self.name = page, key, f"hasil-{key}"

    def _content(self, page: PlanPage) -> ResultContent | None:
        return next((result for result in page.content.results if result.key == str(self.key)), None)

    @property
    def opened_by(self) -> str:
        content = self._content(self.page)
        return str(content.result_id) if content else f"baru&kunci={self.key}"

    @property
    def anchor(self) -> str:
        content = self._content(self.page)
        return f"hasil-{content.result_id}" if content else "hasil-baru"

    @property
    def action(self) -> str:
        return reverse("skp:section_result", args=[self.page.skp.pk, self.key])

    def stored(self, page: PlanPage) -> ResultSection | None:
        content = self._content(page)
        return result_section(content).normal(page.facts.scheme, page.content.approach) if content else None

    def values(self, section: ResultSection) -> Values:
        data = section.data
        values = {
            "text": data.text,
            "kind": data.kind.value,
            "parent_id": str(data.parent_id or ""),
            "cascade_method": data.cascade_method.value if data.cascade_method else "",
            "source": data.source.value if data.source else "",
            "perspective": data.perspective.value if data.perspective else "",
            "agreement_text": data.agreement_text,
            "scope": str(data.scope),
            "assigned_by": data.assigned_by,
        }
        for number, line in enumerate(section.indicators):
            values |= {f"i{number}-{name}": value for name, value in _row_values(line).items()}
        return values

    def read(self, data: Mapping[str, Any]) -> tuple[ResultSection | None, Errors]:
        content = self._content(self.page)
        linkable = linkable_results(
            appraiser_id=self.page.facts.appraiser_id, period_id=self.page.skp.period_id
        )
        parents = {row.result_id for row in linkable} | {content.parent_id if content else None}
        approach = self.page.content.approach
        section, errors = read_result(data, parents={key for key in parents if key}, approach=approach)
        return section.normal(self.page.facts.scheme, approach) if section else None, errors

    def save(self, page: PlanPage, version: int, section: ResultSection) -> None:
        section_save(
            actor=page.viewer,
            skp_id=page.skp.pk,
            version=version,
            key=self.key,
            section=section,
            now=page.viewer.now,
        )


class BehaviourPart:
    """The leader's expectations of the seven aspects."""

    name = opened_by = anchor = BEHAVIOURS
    template = "skp/editor/_behaviours_form.html"

    def __init__(self, page: PlanPage) -> None:
        self.action = reverse("skp:section_behaviours", args=[page.skp.pk])

    def stored(self, page: PlanPage) -> BehaviourSection:
        return stored_behaviours(page.content)

    def values(self, section: BehaviourSection) -> Values:
        texts = dict(section.texts)
        return {aspect.value: texts.get(aspect, "") for aspect in Behaviour}

    def read(self, data: Mapping[str, Any]) -> tuple[BehaviourSection | None, Errors]:
        texts, errors = read_texts(data, names=Behaviour.values, longest=LONGEST_TEXT)
        if texts is None:
            return None, errors
        return behaviour_section({aspect: texts[aspect] for aspect in Behaviour}), errors

    def save(self, page: PlanPage, version: int, section: BehaviourSection) -> None:
        behaviours_save(
            actor=page.viewer, skp_id=page.skp.pk, version=version, section=section, now=page.viewer.now
        )


class AppendixPart:
    """The three lists of the appendix, one item in each line."""

    name = opened_by = anchor = APPENDIX
    template = "skp/editor/_appendix_form.html"

    def __init__(self, page: PlanPage) -> None:
        self.action = reverse("skp:section_appendix", args=[page.skp.pk])

    def stored(self, page: PlanPage) -> AppendixSection:
        return stored_appendix(page.content)

    def values(self, section: AppendixSection) -> Values:
        return {
            kind.value: "\n".join(text for stored, text in section.lines if stored == kind)
            for kind in AppendixKind
        }

    def read(self, data: Mapping[str, Any]) -> tuple[AppendixSection | None, Errors]:
        texts, errors = read_texts(data, names=AppendixKind.values, longest=LONGEST_LIST)
        if texts is None:
            return None, errors
        return appendix_section({kind: texts[kind] for kind in AppendixKind}), errors

    def save(self, page: PlanPage, version: int, section: AppendixSection) -> None:
        appendix_save(
            actor=page.viewer, skp_id=page.skp.pk, version=version, section=section, now=page.viewer.now
        )


def part_opened_by(page: PlanPage, opens: str, key: str) -> Part | None:
    """The section that ``?buka=`` names, None for none; 404 for a result that is not in the draft.

    ``key`` names a new result, so that sending it twice writes it once.
    """
    if not opens:
        return None
    if opens == BEHAVIOURS:
        return BehaviourPart(page)
    if opens == APPENDIX:
        return AppendixPart(page)
    if opens == "baru":
        try:
            return ResultPart(page, UUID(key) if key else uuid4())
        except ValueError as error:
            raise Http404("Bagian tidak ditemukan.") from error
    for result in page.content.results:
        if str(result.result_id) == opens:
            return ResultPart(page, UUID(result.key))
    raise Http404("Hasil kerja tidak ditemukan.")


def _row_values(line: IndicatorLine) -> Values:
    data = line.data
    missing = data.target_max == 0 and data.direction == Direction.NORMAL
    return {
        "key": line.key,
        "aspect": data.aspect.value,
        "text": data.text,
        "target_min": "" if missing else show_decimal(data.target_min),
        "target_max": "" if data.target_max == data.target_min else show_decimal(data.target_max),
        "target_text": data.target_text,
        "unit": data.unit,
        "direction": data.direction.value,
        "target_is_maximum": "on" if data.target_is_maximum else "",
        "rollup": "" if data.rollup in (None, ROLLUP_OF[data.aspect]) else data.rollup.value,
    }


def new_values(page: PlanPage, *, kind: str, parent_id: str) -> Values:
    """What the form of a new result begins with."""
    return {
        "kind": kind if kind in ResultKind.values else ResultKind.MAIN.value,
        "parent_id": parent_id,
        "scope": "1",
    }


def rows_of(values: Mapping[str, str], errors: Errors) -> list[dict[str, Any]]:
    """The indicators of a result's flat values as the form shows them, with empty ones up to four."""
    rows: list[dict[str, Any]] = []
    number = 0
    while f"i{number}-key" in values or number < MAX_INDICATORS:
        prefix = f"i{number}"
        row: dict[str, Any] = {name: values.get(f"{prefix}-{name}", "") for name in ROW_NAMES}
        row["key"] = row["key"] or str(uuid4())
        row["prefix"], row["number"] = prefix, number + 1
        row["is_new"] = not any(row[name] for name in ("text", "target_min", "target_text", "unit"))
        row["errors"] = Errors(
            {name: errors[f"{prefix}-{name}"] for name in ROW_NAMES if f"{prefix}-{name}" in errors}
        )
        rows.append(row)
        number += 1
    return rows
