"""The set-up scripts on machines of each kind, which programs of the same names in PATH stand for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Machine:
    """A directory of stand-in programs that comes first in PATH, and what they were asked."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.log = directory / "log"
        self.log.touch()

    def program(self, name: str, body: str) -> None:
        path = self.directory / name
        path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", *words],
            cwd=ROOT,
            env={"PATH": f"{self.directory}:/usr/bin:/bin", "HOME": str(self.directory), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def machine(tmp_path):
    """A Debian that has Pango but neither HarfBuzz's subset library nor the font; nobody is root."""
    made = Machine(tmp_path)
    made.program(
        "dpkg-query", 'case "${@: -1}" in libpango*|libharfbuzz0b) echo -n installed;; *) exit 1;; esac'
    )
    made.program("apt-get", f'echo "$DEBIAN_FRONTEND apt-get $*" >> {made.log}')
    made.program("id", "echo 1000")
    made.program("sudo", "exit 1")
    return made


def test_without_rights_the_exact_line_is_printed_and_nothing_is_tried(machine):
    done = machine.run("scripts/system_packages.sh", "pdf")
    assert done.returncode == 1
    line = (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends"
        " libharfbuzz-subset0 fonts-dejavu-core"
    )
    assert line in [text.strip() for text in done.stderr.splitlines()]
    assert machine.asked == []


@pytest.mark.parametrize("by", ["root", "sudo"])
def test_with_rights_only_what_is_missing_is_installed(machine, by):
    if by == "root":
        machine.program("id", "echo 0")
    else:
        machine.program("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    done = machine.run("scripts/system_packages.sh", "pdf")
    assert done.returncode == 0, done.stderr
    assert machine.asked == [
        "noninteractive apt-get update -qq",
        "noninteractive apt-get install -y -qq --no-install-recommends libharfbuzz-subset0 fonts-dejavu-core",
    ]


def test_nothing_is_asked_of_a_machine_that_has_everything(machine):
    machine.program("dpkg-query", "echo -n installed")
    machine.program("chromium", "exit 0")
    done = machine.run("scripts/system_packages.sh", "venv", "pdf", "browser", PYTHON=sys.executable)
    assert (done.returncode, done.stdout, machine.asked) == (0, "", [])


def test_a_python_without_ensurepip_gets_the_package_of_its_version(machine):
    machine.program("id", "echo 0")
    machine.program("python3", '[[ "$2" == *ensurepip* ]] && exit 1; echo 3.12')
    done = machine.run("scripts/system_packages.sh", "venv", PYTHON="python3")
    assert done.returncode == 0, done.stderr
    assert machine.asked[-1].endswith("--no-install-recommends python3.12-venv")


def test_a_browser_named_by_chromium_is_enough(machine, tmp_path):
    machine.program("my-browser", "exit 0")
    done = machine.run("scripts/system_packages.sh", "browser", CHROMIUM=str(tmp_path / "my-browser"))
    assert (done.returncode, machine.asked) == (0, [])


def test_an_old_python_is_refused_with_what_to_do(tmp_path):
    """In a copy of the scripts, so that this repository's environment stays as it is."""
    copy = tmp_path / "copy"
    (copy / "scripts").mkdir(parents=True)
    for name in ("venv.sh", "system_packages.sh"):
        (copy / "scripts" / name).write_bytes((ROOT / "scripts" / name).read_bytes())
    old = tmp_path / "python-old"
    old.write_text("#!/bin/bash\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["bash", str(copy / "scripts/venv.sh")],
        env={"PATH": os.environ["PATH"], "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "python3-venv" in done.stderr
    assert not (copy / ".venv").exists()
