"""Build ``static/app.css`` from the sources in ``static/css`` and the vendored Bootstrap.

Run it after a change to a source: ``python scripts/build_css.py``. A test compares the
committed file with what this module builds. Bootstrap stands in a cascade layer of its own,
so every rule of ours wins over it whatever its specificity. The dark tokens are written
twice: for devices that prefer dark, and for people who chose it.
"""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
BOOTSTRAP = STATIC / "vendor" / "bootstrap" / "bootstrap.min.css"
OUTPUT = STATIC / "app.css"
ROLES = ("base", "frame", "frame-wide", "forms", "tables", "parts", "editor", "charts", "print")


def source(role: str) -> str:
    """The text of one source file."""
    return (STATIC / "css" / f"{role}.css").read_text(encoding="utf-8")


def squeeze(css: str) -> str:
    """``css`` without comments and needless blanks; one rule per line stays readable in a browser's tools."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return css.replace(";}", "}").replace("}", "}\n").strip()


def dark_twice(css: str) -> str:
    """The dark tokens for devices that prefer dark and for people who chose it; paper stays light."""
    body = css[css.index("{") : css.rindex("}") + 1]
    preferred = f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {body} }}'
    return f'{preferred}\n@media screen {{ :root[data-theme="dark"] {body} }}'


def build() -> str:
    """The whole style sheet."""
    bootstrap = BOOTSTRAP.read_text(encoding="utf-8").replace('@charset "UTF-8";', "").strip()
    parts = [source("tokens"), dark_twice(source("dark")), *(source(role) for role in ROLES)]
    ours = "\n".join(squeeze(part) for part in parts)
    return f'@charset "UTF-8";\n@layer bootstrap {{\n{bootstrap}\n}}\n{ours}\n'


if __name__ == "__main__":
    OUTPUT.write_text(build(), encoding="utf-8")
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes")
