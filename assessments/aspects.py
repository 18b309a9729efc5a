"""The aspects of behaviour that a period judges: BerAKHLAK values, or those of PP 30/2019 (rules.md §5.4)."""

from dataclasses import dataclass

from django.db.models import TextChoices

from assessments.enums import AspectSet
from skp.berakhlak import GUIDES


class Pp30Aspect(TextChoices):
    """The aspects of PP 30/2019; the last one is for those who lead."""

    SERVICE = "orientasi_pelayanan", "Orientasi pelayanan"
    COMMITMENT = "komitmen", "Komitmen"
    INITIATIVE = "inisiatif_kerja", "Inisiatif kerja"
    COOPERATION = "kerja_sama", "Kerja sama"
    LEADERSHIP = "kepemimpinan", "Kepemimpinan"


@dataclass(frozen=True, slots=True)
class BehaviourAspect:
    """One aspect to judge: its key, its name, and the sentences that explain it, none for PP 30/2019."""

    key: str
    label: str
    guides: tuple[str, ...] = ()


def aspects_of(kind: AspectSet, *, leads: bool) -> tuple[BehaviourAspect, ...]:
    """The aspects that apply, in the order of the forms; ``leads``: whether the person heads a unit."""
    if kind == AspectSet.BERAKHLAK:
        return tuple(
            BehaviourAspect(guide.aspect.value, guide.aspect.label, guide.guides) for guide in GUIDES
        )
    known = tuple(BehaviourAspect(aspect.value, aspect.label) for aspect in Pp30Aspect)
    return known if leads else known[:-1]


def aspect_label(key: str) -> str:
    """The name of an aspect of either kind; raises StopIteration on an unknown one."""
    both = (*aspects_of(AspectSet.BERAKHLAK, leads=True), *aspects_of(AspectSet.PP30, leads=True))
    return next(aspect.label for aspect in both if aspect.key == key)
