"""D8 from what a version stores: the worked example of the rules, both schemes, a part of the year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from assessments.documents.sheets import score_content
from assessments.enums import Rating, Weighting
from assessments.inputs import Ratings, ScoredInput, target_of
from assessments.models import AssessmentVersion
from assessments.schemes.numeric import numeric_score
from assessments.schemes.prorating import PartOfYear
from assessments.schemes.settings import DEFAULTS
from assessments.schemes.types import PlanInput
from assessments.selectors.documents import Source
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import (
    Approach,
    Aspect,
    Regime,
    ResultSource,
    Rollup,
    Scheme,
)
from skp.models import Revision, Skp
from tests.assessments.plans import additional, direct, indicator, percent, plan, sourced, worked_example


def content_of(given: PlanInput) -> PlanContent:
    """A plan that says what was scored."""
    return PlanContent(
        scheme=given.scheme,
        approach=Approach.QUANTITATIVE,
        results=tuple(
            ResultContent(
                planned_id=number,
                result_id=number,
                key=str(number),
                kind=result.kind,
                text=f"Hasil {number}",
                parent_id=None,
                parent_key="",
                parent_text="",
                cascade_method=result.cascade,
                source=result.source,
                scope=result.scope,
                assigned_by="",
                indicators=tuple(
                    IndicatorContent(
                        planned_id=place,
                        indicator_id=10 * number + place,
                        key="",
                        aspect=item.aspect,
                        text="Indikator",
                        target_min=item.target_min,
                        target_max=item.target_max,
                        unit="laporan",
                        direction=item.direction,
                        target_is_maximum=item.target_is_maximum,
                        rollup=Rollup.SUM,
                    )
                    for place, item in enumerate(result.indicators)
                ),
            )
            for number, result in enumerate(given.results, start=1)
        ),
    )


def sheet(given: PlanInput, content: PlanContent | None = None) -> Mapping[str, Any]:
    """What D8 says of the inputs; no row is read or written."""
    outcome = numeric_score(given).outcome
    version = AssessmentVersion(
        skp_value=outcome.skp,
        behaviour_value=outcome.behaviour,
        final=outcome.final,
        four=outcome.four,
        results_rating=outcome.results_rating,
        behaviour_rating=outcome.behaviour_rating,
    )
    stored = ScoredInput(Regime.NUMERIC, "", DEFAULTS, Ratings(Rating.ABOVE, Rating.ABOVE), given)
    source = Source(
        skp=Skp(),
        revision=Revision(),
        version=version,
        delivery=None,
        content=content or content_of(given),
        stored=stored,
        reached={},
        evidence={},
        running={},
        feedback={},
        behaviours={},
        parties={"superior": None},
    )
    return score_content(source, {})


def test_the_worked_example_of_the_rules():
    said = sheet(worked_example())
    main, other = said["bands"]
    first, second = main["results"]
    assert [item["achievement"] for item in first["indicators"]] == ["108,33 %", "100,00 %", "110,00 %"]
    assert [item["category"] for item in first["indicators"]] == ["Sangat Baik", "Baik", "Sangat Baik"]
    assert [item["target"] for item in first["indicators"]] == ["12 laporan", "90 – 95 laporan", "10 laporan"]
    assert (first["category"], first["value"], first["weighted"]) == ("Sangat Baik", "120,00", "116,00")
    assert first["method"] == "Tidak langsung (non-direct); nilai atasan 100,00"
    assert (second["method"], second["weighted"]) == ("Langsung (direct)", "100,00")
    assert (main["sum"], other["sum"], said["skp"]) == ("108,00", "1,60", "109,60")
    assert (other["results"][0]["weighted"], other["results"][0]["method"]) == ("1,60", "")
    assert (said["skp_share"], said["behaviour_share"]) == ("70 %", "30 %")
    assert (said["skp_weighted"], said["behaviour_weighted"]) == ("76,72", "31,50")


def test_sixty_forty_weighs_otherwise():
    said = sheet(worked_example(weighting=Weighting.SIXTY_FORTY))
    assert (said["skp_share"], said["skp_weighted"], said["behaviour_weighted"]) == ("60 %", "65,76", "42,00")


def test_a_superior_s_value_still_to_come_is_marked():
    given = worked_example()
    first, *others = given.results
    open_one = plan(
        type(first)(first.kind, first.indicators, cascade=first.cascade), *others, behaviour=(105,)
    )
    assert sheet(open_one)["bands"][0]["results"][0]["method"].endswith("nilai atasan 100,00, sementara")


@pytest.mark.parametrize(("sources", "weights"), [(2, ["60 %", "40 %"]), (1, ["100 %"])])
def test_scheme_jpt_adds_up_by_source(sources, weights):
    given = plan(
        sourced(ResultSource.AGREEMENT, percent(105), percent(98)),
        *[sourced(ResultSource.INITIATIVE, percent(100))] * (sources - 1),
        additional(percent(100), scope=2),
        scheme=Scheme.JPT,
    )
    said = sheet(given)
    *mains, other = said["bands"]
    assert [band["title"].partition("BOBOT ")[2].rstrip(")") for band in mains] == weights
    values = [item["value"] for item in mains[0]["results"][0]["indicators"]]
    # 110 + 10/9 × 4, and 98 − 10.
    assert values == ["114,44", "88,00"]
    assert mains[0]["results"][0]["category"] == ""
    sums = [Decimal(band["sum"].replace(",", ".")) for band in said["bands"]]
    assert abs(sum(sums) - Decimal(said["skp"].replace(",", "."))) <= Decimal("0.02")
    assert other["results"][0]["category"] == "Baik"


def test_the_target_of_a_part_of_the_year_stands_beside_the_whole():
    whole = content_of(plan(direct(indicator(6, 12, aspect=Aspect.QUANTITY), percent(100))))
    part = PartOfYear(days=181, of_days=365)
    low, _ = target_of(whole.results[0].indicators[0], part)
    given = plan(direct(indicator(6, low, aspect=Aspect.QUANTITY), percent(100)))
    items = sheet(given, whole)["bands"][0]["results"][0]["indicators"]
    assert [item["target"] for item in items] == ["6 laporan (setahun 12 laporan)", "100 laporan"]
    assert items[0]["achievement"] == "100,00 %"


def test_regime_quadrant_has_no_sheet():
    given = worked_example()
    stored = ScoredInput(Regime.QUADRANT, "", DEFAULTS, Ratings(Rating.ABOVE, Rating.ABOVE), None)
    source = Source(
        Skp(), Revision(), AssessmentVersion(), None, content_of(given), stored, {}, {}, {}, {}, {}, {}
    )
    with pytest.raises(ValueError, match="no numbers"):
        score_content(source, {})
