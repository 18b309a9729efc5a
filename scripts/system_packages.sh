#!/usr/bin/env bash
# Installs what the operating system must supply, only what is missing:
#   system_packages.sh venv      the standard library's venv and ensurepip
#   system_packages.sh pdf       the libraries with which WeasyPrint sets pages, and a font
#   system_packages.sh browser   Chromium for the browser tests
# On Debian and Ubuntu, as root or with sudo that asks nothing, it installs by itself;
# elsewhere it prints what to run and ends with status 1.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

missing_packages() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || printf '%s ' "$name"
    done
}

# Prints the prefix of a command that needs root, or fails when there is no way to it.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        printf ''
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        printf 'sudo -n'
    else
        return 1
    fi
}

apt_install() {
    local missing prefix
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    prefix=$(as_root) || fail "System packages are missing. Run this line, then try again:" "" \
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing% }" ""
    echo "Installing system packages: $missing"
    $prefix env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086
    $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

install_venv() {
    "$python" -c 'import venv, ensurepip' 2>/dev/null && return 0
    is_debian || fail "$python lacks the modules venv and ensurepip. Install them with your system's packages."
    local version
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "python$version-venv"
}

install_pdf() {
    if is_debian; then
        apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-dejavu-core
    else
        "$root/.venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1 ||
            fail "WeasyPrint needs Pango and HarfBuzz (with its subset library) and a font." \
                "Fedora: sudo dnf install pango harfbuzz dejavu-sans-fonts    macOS: brew install pango"
    fi
}

has_browser() {
    local name
    [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && return 0
    done
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null
}

install_browser() {
    has_browser && return 0
    if is_debian && ! grep -qi '^ID=ubuntu' /etc/os-release; then
        apt_install chromium fonts-liberation
    elif is_debian; then
        # Ubuntu's chromium package is a snap, which containers cannot run.
        as_root >/dev/null || fail "A browser is missing. Run this line, then try again:" "" \
            "    $root/.venv/bin/playwright install --with-deps chromium" ""
        "$root/.venv/bin/playwright" install --with-deps chromium
    else
        fail "A browser is missing. Install Chromium and name it in CHROMIUM, or run this line, then try again:" "" \
            "    $root/.venv/bin/playwright install chromium" ""
    fi
}

for group in "$@"; do
    case $group in
        venv) install_venv ;;
        pdf) install_pdf ;;
        browser) install_browser ;;
        *) fail "Unknown group '$group'; there are: venv, pdf, browser." ;;
    esac
done
