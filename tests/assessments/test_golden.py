"""One plan, one score: by the command, as a stored version, on the page, and derived from what was stored."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from assessments.inputs import input_text, read_input_text
from assessments.judging import judged
from assessments.models import Assessment, AssessmentVersion
from assessments.schemes.types import RULE_VERSION, PlanInput
from assessments.services.steps import Judging
from assessments.services.versions import version_make
from assessments.states import AssessmentStatus, VersionCause
from skp.enums import Scheme
from skp.selectors.plans import plan_facts
from tests.assessments.generated import generated_plans, plan_file
from tests.assessments.plans import worked_example
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.assessments.stored_plans import judgment_of, store
from tests.people import People
from tests.skp.drafts import SCORING

GOLDEN = Path(__file__).parent / "golden"


def told(version: AssessmentVersion) -> dict[str, object]:
    """A version in the words of the command."""
    return {
        "skp": format(version.skp_value, "f"),
        "behaviour": format(version.behaviour_value, "f"),
        "final": format(version.final, "f"),
        "category": version.get_category_display(),
        "national": version.get_national_display(),
        "four": version.get_four_display(),
        "rule_version": version.rule_version,
        "steps": json.loads(version.steps_text)["steps"],
    }


def answer(plan: PlanInput, tmp_path: Path) -> dict[str, object]:
    """What ``calculate_score`` prints of the plan."""
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan_file(plan)), encoding="utf-8")
    out = io.StringIO()
    call_command("calculate_score", str(file), stdout=out)
    parsed: dict[str, object] = json.loads(out.getvalue())
    return parsed


@pytest.fixture
def judging(people: People) -> Judging:
    """The owner's reported plan, below an appraiser whose own result was delivered."""
    skp = in_force(people)
    middle = people.appraiser.employee.skps.get()
    superior = reported(people, middle, people.appraiser)
    scored(people, superior, people.superior)
    delivered(people, superior, people.superior)
    assessment = reported(people, skp)
    skp.refresh_from_db()
    return Judging(skp, plan_facts(skp, today=SCORING.date()), assessment, AssessmentStatus.REPORTED)


def shown(client: Client, made: AssessmentVersion) -> AssessmentVersion:
    """What the scoring page counts from the rows and its form, in place of the stored numbers."""
    Assessment.objects.filter(pk=made.assessment_id).update(current=made, status=AssessmentStatus.SCORED)
    answered = client.get(f"/penilaian/{made.assessment.skp_id}/")
    preview = answered.context["preview"]
    assert preview.problem == ""
    text = answered.content.decode()
    for number in (preview.judged.skp, preview.judged.behaviour, preview.judged.final):
        assert format(number, ".2f").replace(".", ",") in text
    return AssessmentVersion(
        skp_value=preview.judged.skp,
        behaviour_value=preview.judged.behaviour,
        final=preview.judged.final,
        category=preview.judged.category,
        national=preview.judged.national,
        four=preview.judged.four,
        rule_version=preview.judged.rule_version,
        steps_text=preview.judged.steps_text,
    )


@pytest.mark.django_db
def test_command_page_stored_version_and_its_derivation_are_one(
    client: Client, people: People, judging: Judging, tmp_path: Path
) -> None:
    client.force_login(people.appraiser.user)
    superior = people.appraiser.employee.skps.get().assessment
    appraiser = people.appraiser.viewer(SCORING)
    seen: set[tuple[str, str, str]] = set()
    for plan in [*generated_plans(), seven_aspects(worked_example())]:
        with transaction.atomic():
            store(plan, judging.skp, superior, people.owner.user.pk)
            made = version_make(
                judging, judgment_of(plan), actor=appraiser, cause=VersionCause.SCORED, now=SCORING
            )
            stored = read_input_text(made.inputs_text)
            assert told(made) == answer(plan, tmp_path)
            assert told(shown(client, made)) == told(made)
            assert input_text(stored) == made.inputs_text
            assert judged(stored).steps_text == made.steps_text
            assert judged(stored).final == made.final
            seen.add((plan.scheme, made.category, made.four))
            transaction.set_rollback(True)
    assert {(scheme, four) for scheme, _, four in seen} >= {
        (scheme, four) for scheme in Scheme for four in ("satisfactory", "good", "bad")
    }


def seven_aspects(plan: PlanInput) -> PlanInput:
    """The same plan with its one behaviour value for all seven aspects."""
    return PlanInput(plan.scheme, plan.weighting, plan.new_idea, plan.results, plan.behaviour * 7)


def golden_rows(rule_version: str) -> list[dict[str, str]]:
    """The versions that were stored under those rules."""
    text = (GOLDEN / f"{rule_version}.json").read_text(encoding="utf-8")
    rows: list[dict[str, str]] = json.loads(text)
    return rows


def test_the_rules_of_today_have_their_golden_file() -> None:
    assert (GOLDEN / f"{RULE_VERSION}.json").exists()


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.json")), ids=lambda file: file.stem)
def test_what_was_stored_under_a_rule_version_is_derived_bit_for_bit(file: Path) -> None:
    rows = golden_rows(file.stem)
    assert len(rows) >= 40
    for row in rows:
        stored = read_input_text(row["inputs_text"])
        again = judged(stored)
        assert input_text(stored) == row["inputs_text"]
        assert again.steps_text == row["steps_text"]
        assert {
            "skp": str(again.skp),
            "behaviour": str(again.behaviour),
            "final": str(again.final),
            "category": again.category or "",
            "national": again.national.value,
            "four": again.four.value,
        } == {key: row[key] for key in ("skp", "behaviour", "final", "category", "national", "four")}


def test_the_worked_example_is_the_one_of_the_rules() -> None:
    rows = [row for row in golden_rows(RULE_VERSION) if row["name"] == "worked example"]
    assert [(row["skp"], row["behaviour"], row["final"]) for row in rows] == [("109.60", "105.00", "108.22")]


@pytest.mark.django_db
def test_the_page_shows_what_was_stored(client: Client, people: People, judging: Judging) -> None:
    made = scored(people, judging.assessment)
    client.force_login(people.appraiser.user)
    page = client.get(f"/penilaian/{judging.skp.pk}/").content.decode()
    for number in (made.skp_value, made.behaviour_value, made.final):
        assert format(number, ".2f").replace(".", ",") in page
    assert made.get_four_display() in page
    for step in json.loads(made.steps_text)["steps"]:
        assert step["label"] in page
