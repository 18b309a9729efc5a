"""Count what became of the mutants and say whether enough of them were noticed; part of ``make mutants``."""

import json
import subprocess
import sys
from pathlib import Path

STATS = Path("mutants/mutmut-cicd-stats.json")
# Percent of all mutants, those without a test included.
WANTED = 80


def main() -> int:
    subprocess.run([str(Path(sys.executable).parent / "mutmut"), "export-cicd-stats"], check=True)
    counts = json.loads(STATS.read_text(encoding="utf-8"))
    # A mutant that hangs is noticed: its test never ends.
    noticed = counts["killed"] + counts["timeout"]
    total = counts["total"]
    share = 100 * noticed / total if total else 0.0
    print(
        f"{noticed} of {total} mutants noticed ({share:.1f} %), {counts['survived']} survived, "
        f"{counts['no_tests']} without a test; at least {WANTED} % wanted."
    )
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
