#!/usr/bin/env bash
# Makes .venv with the first Python of at least 3.11, or with the one named in PYTHON.
set -euo pipefail

cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi
python=
for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && new_enough "$name"; then
        python=$(command -v "$name")
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed and was not found${PYTHON:+ as PYTHON=$PYTHON}." >&2
    echo "Debian 12, Ubuntu 24.04: sudo apt-get install -y python3 python3-venv. Or name one: make setup PYTHON=/path/to/python3.12" >&2
    exit 1
fi
PYTHON=$python scripts/system_packages.sh venv
"$python" -m venv --clear .venv
