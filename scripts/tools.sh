#!/usr/bin/env bash
# Find or install what the tests need beside Python: a Chromium and PostgreSQL's server programs.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/common.sh

find_chromium() {
    .venv/bin/python -m scripts.chromium 2>/dev/null
}

own_chromium() {
    echo "Installing Playwright's own Chromium." >&2
    timeout 300 .venv/bin/python -m playwright install chromium >/dev/null 2>&1 && find_chromium >/dev/null
}

# As root Debian's package comes first: it brings its libraries and asks for no password.
ensure_chromium() {
    if find_chromium >/dev/null; then return; fi
    if [ "$(id -u)" = 0 ] && can_install && install_packages chromium; then return; fi
    if own_chromium; then return; fi
    if can_install && install_packages chromium; then return; fi
    echo "No Chromium found or installable; set CHROMIUM=… to name one." >&2
    exit 1
}

find_postgres() {
    command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

ensure_postgres() {
    if find_postgres; then return; fi
    if can_install && install_packages postgresql; then return; fi
    echo "PostgreSQL's server programs are missing: the tests of the shared store against it will be skipped." >&2
}

ensure_chromium
ensure_postgres
