"""What a draft and the superior's plan say now, with the codes under which a workbook knows their results."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from skp.content import PlanContent, ResultContent
from skp.models import WorkResult
from skp.rules import same_text
from skp.selectors.plans import LinkableResult

# Codes that the owner makes up lead to the same result again: identity from plan and code.
NAMESPACE = UUID("5f0c3b1e-6a5d-5f5e-9d1b-6f3f2c7a9e10")


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """The draft to fill; ``codes``: of its results and of the superior's, by the identity's key.

    ``assigner`` is named on an additional result whose workbook does not say who assigned it.
    """

    skp_id: int
    content: PlanContent
    linkable: tuple[LinkableResult, ...]
    codes: Mapping[int, str]
    assigner: str = ""
    _by_code: Mapping[str, ResultContent] = field(init=False)

    def __post_init__(self) -> None:
        found = {self.codes[result.result_id].casefold(): result for result in self.content.results}
        object.__setattr__(self, "_by_code", found)

    def key_of(self, code: str) -> UUID:
        """The identity of a new result with this code."""
        return uuid5(NAMESPACE, f"{self.skp_id}:{code.casefold()}")

    def result_of(self, code: str, text: str) -> ResultContent | None:
        """The draft's result that a row means: by its code, by one made up earlier, or by the same words."""
        found = self._by_code.get(code.casefold())
        if found is not None:
            return found
        key, words = str(self.key_of(code)), same_text(text)
        by_key = next((result for result in self.content.results if result.key == key), None)
        if by_key is not None:
            return by_key
        return next((result for result in self.content.results if same_text(result.text) == words), None)

    def parent_of(self, said: str, present: ResultContent | None) -> int | None:
        """The superior's result that a cell means, by code or by its words; None for an unknown one."""
        code, words = said.casefold(), same_text(said)
        choices = [(row.result_id, row.text) for row in self.linkable]
        if present is not None and present.parent_id is not None:
            # A link to a former superior may stay.
            choices.append((present.parent_id, present.parent_text))
        for pk, _text in choices:
            if self.codes[pk].casefold() == code:
                return pk
        return next((pk for pk, text in choices if same_text(text) == words), None)

    def parent_code(self, result: ResultContent) -> str:
        """What stands in the cell of the link."""
        return self.codes[result.parent_id] if result.parent_id is not None else result.open_parent_code

    def parent_text(self, parent_id: int | None) -> str:
        """The superior's words; empty without a link."""
        texts = {result.parent_id: result.parent_text for result in self.content.results}
        texts.update({row.result_id: row.text for row in self.linkable})
        return texts.get(parent_id, "") if parent_id is not None else ""


def own_draft(
    skp_id: int, content: PlanContent, linkable: Collection[LinkableResult], *, assigner: str
) -> OwnDraft:
    """The draft with its codes, in one query."""
    own = {result.result_id for result in content.results}
    parents = {result.parent_id for result in content.results if result.parent_id is not None}
    above = parents | {row.result_id for row in linkable}
    rows = list(WorkResult.objects.filter(pk__in=own | above).values_list("pk", "key", "import_code"))
    codes: dict[int, str] = {}
    for group in (own, above):
        codes |= _codes([row for row in rows if row[0] in group])
    return OwnDraft(skp_id, content, tuple(linkable), codes, assigner)


def _codes(rows: Collection[tuple[int, UUID, str]]) -> dict[int, str]:
    """The office's code where it is the only one, else one of the identity's own."""
    counted = Counter(code.casefold() for _pk, _key, code in rows)
    return {
        pk: code if code and counted[code.casefold()] == 1 else f"R-{key.hex[:8]}" for pk, key, code in rows
    }
