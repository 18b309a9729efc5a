"""Every template: comes from a frame, says what it needs, holds no inline code, names icons that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
FRAMES = {"base.html", "standalone.html"}
# What is not a page: mails, papers, and snippets that allauth names itself.
APART = ("emails/", "pdf/", "account/messages/", "account/email/")

ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
SHOWN = [name for name in ALL if not name.startswith(APART)]
FRAGMENTS = [n for n in SHOWN if n.startswith("components/") or Path(n).name.startswith("_")]
PAGES = [n for n in SHOWN if n not in FRAGMENTS and n not in FRAMES]


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def icons_of_the_sprite() -> set[str]:
    sprite = (ROOT / "static/icons/sprite.svg").read_text(encoding="utf-8")
    return set(re.findall(r'<symbol id="([^"]+)"', sprite))


def test_templates_are_found():
    assert "start.html" in PAGES
    assert "components/page_head.html" in FRAGMENTS


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_in_a_frame(name):
    assert re.search(r'{% extends "(base|standalone|[a-z_]+/[a-z_]+)\.html" %}', text_of(name)), name


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_fragment_names_its_variables_in_its_head(name):
    head = text_of(name).splitlines()[0]
    assert head.startswith("{# "), name
    assert head.endswith(" #}"), name
    assert len(head) > 20, name


@pytest.mark.parametrize("name", SHOWN)
def test_no_inline_style_script_or_handler(name):
    text = re.sub(r"{#.*?#}", "", text_of(name))
    assert not re.search(r"<style\b|\sstyle\s*=", text), name
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), name
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), name
    assert "javascript:" not in text, name


@pytest.mark.parametrize("name", SHOWN)
def test_named_icons_exist(name):
    text = text_of(name)
    named = set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'icon_name="([^"]+)"', text))
    assert named <= icons_of_the_sprite(), name


@pytest.mark.parametrize("name", SHOWN)
def test_posted_forms_carry_the_token(name):
    text = text_of(name)
    for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL):
        if 'method="post"' in form:
            assert "{% csrf_token %}" in form, name


@pytest.mark.parametrize("name", SHOWN)
def test_no_sentence_ends_with_a_person_s_name(name):
    # Many names end with a title's own full stop, as in "S.Kom.": two would follow each other.
    person = r"full_name|(ed_by|made_by|user|owner|employee|appraiser)(?<!appraised_by)(\.name)?|_as|_label"
    assert not re.search(rf"\{{\{{ [\w.]*({person}) \}}\}}(</\w+>)?\.(\s|<|\{{|$)", text_of(name)), name


def test_places_and_samples_name_icons_that_exist():
    sources = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("config/navigation.py", "config/gallery.py")
    ]
    icons = icons_of_the_sprite()
    named = re.findall(r'Place\("[a-z]+", "[^"]+", "[^"]+", "([a-z-]+)",', sources[0])
    named += re.findall(r'Sample\("[^"]+", "[a-z]+", "([a-z-]+)"\)', sources[1])
    assert len(named) > 15
    assert set(named) <= icons


def test_every_component_has_a_use_outside_its_own_file():
    everything = {name: text_of(name) for name in ALL}
    tags = (ROOT / "config/templatetags/ui.py").read_text(encoding="utf-8")
    for name in ALL:
        if name.startswith("components/"):
            used = any(f'"{name}"' in text for other, text in everything.items() if other != name)
            assert used or f'"{name}"' in tags, name
