"""The documents tell the truth: variables, targets, commands and links exist, and nothing own is unnamed."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
DOCUMENTS = [path for path in TRACKED if path.suffix == ".md"]
PROSE = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
FOREIGN_COMMANDS = {
    "migrate",
    "check",
    "collectstatic",
    "shell",
    "makemigrations",
    "dbshell",
}
# Names of places that belong to the makers' machines, put together so that this file passes itself.
FORBIDDEN = ["/wo" + "rk/", "/ro" + "ot/", "files.pythonhos" + "ted.org", "py" + "pi.org"]


def settings_variables() -> set[str]:
    """Names that config/settings.py asks the environment for."""
    tree = ast.parse((ROOT / "config/settings.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=value), args=[ast.Constant(value=str(name)), *_]) if (
                ast.unparse(value) in ("env", "os.environ")
            ):
                names.add(name)
    return names


def example_variables() -> set[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Z][A-Z0-9_]*)=", text, re.MULTILINE))


def make_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):.*##", text, re.MULTILINE))


def own_commands() -> set[str]:
    return {path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__"}


def code_spans(text: str) -> str:
    """What stands in backticks and in fenced blocks, where commands are named."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def anchors(text: str) -> set[str]:
    """The addresses of a document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_documents_are_found():
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operations.md"} <= set(PROSE)


def test_the_example_file_names_exactly_the_variables_that_are_read():
    assert example_variables() == settings_variables()
    assert len(example_variables()) > 10


def test_operations_explain_every_variable():
    rows = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", PROSE["docs/operations.md"], re.MULTILINE))
    assert rows == settings_variables()


@pytest.mark.parametrize("name", sorted(PROSE))
def test_named_targets_and_commands_exist(name):
    spans = code_spans(PROSE[name])
    targets = set(re.findall(r"\bmake ([a-z][a-z-]*)", spans))
    commands = set(re.findall(r"manage\.py ([a-z][a-z_]*)", spans))
    assert targets - make_targets() == set()
    assert commands - own_commands() - FOREIGN_COMMANDS == set()


def test_every_target_and_command_is_documented():
    spans = "\n".join(code_spans(text) for text in PROSE.values())
    assert {t for t in make_targets() if not re.search(rf"\bmake {t}\b", spans)} == set()
    assert {c for c in own_commands() if not re.search(rf"manage\.py {c}\b", spans)} == set()


@pytest.mark.parametrize("name", sorted(PROSE))
def test_relative_links_lead_somewhere(name):
    here = (ROOT / name).parent
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", PROSE[name]):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (here / path).resolve() if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def test_no_tracked_file_names_a_makers_machine_or_a_download_address():
    found = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in FORBIDDEN if word in text]
    assert len(TRACKED) > 100
    assert found == []


def test_locks_carry_hashes_for_every_requirement():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9-]+==\S+ \\\n +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert not re.search(r"^-|://", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) > 20


def test_every_requirement_says_why_it_is_here():
    for name in ("requirements.in", "requirements-dev.in"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        bare = [line for line in lines if re.match(r"[a-z]", line) and " # " not in line]
        assert bare == []
