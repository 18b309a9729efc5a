"""The user guide speaks of what stands on the pages, and is found from its first page."""

import re
from pathlib import Path

import pytest

from config.demo.people import PEOPLE
from config.demo.seeding import LOGINS, PASSWORD

ROOT = Path(__file__).resolve().parent.parent
GUIDE = sorted((ROOT / "docs" / "panduan").glob("*.md"))
APPS = ("config", "accounts", "documents", "orgunits", "skp", "assessments", "compliance")
SOURCES = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static" / "js").glob("*.js"),
    *(path for app in APPS for path in (ROOT / app).rglob("*.py")),
]
# Questions of the guide itself, not of a page.
OWN_WORDS = {"Akun terkunci?", "Nama pejabat penilai keliru?"}


@pytest.fixture(scope="module")
def words_of_the_product() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)


@pytest.mark.parametrize("page", GUIDE, ids=lambda path: path.stem)
def test_what_the_guide_prints_bold_stands_on_a_page(page: Path, words_of_the_product: str) -> None:
    bold = set(re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"))) - OWN_WORDS
    assert {word for word in bold if word not in words_of_the_product} == set()
    assert bold


def test_every_page_of_the_guide_is_reached_from_the_first() -> None:
    first = (ROOT / "docs" / "panduan" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(([\w-]+\.md)\)", first)) == {page.name for page in GUIDE} - {"README.md"}


def test_the_readme_tells_the_logins_of_the_demo() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    numbers = {person.key: person.nip for person in PEOPLE}
    names = {numbers.get(login.key, login.key) for login in LOGINS}
    assert {name for name in names if f"`{name}`" not in readme} == set()
    assert f"`{PASSWORD}`" in readme
