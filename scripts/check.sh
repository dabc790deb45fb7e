#!/usr/bin/env bash
# Every check that needs no data: lint, format, types, import directions, SQL. Runs all, then fails if any failed.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()
step() {
    local name=$1
    shift
    echo "== $name"
    "$@" || failed+=("$name")
}

bin=.venv/bin
step "ruff" "$bin/ruff" check .
step "format" "$bin/ruff" format --check .
step "types" "$bin/mypy"
step "import directions" "$bin/lint-imports"
step "SQL" "$bin/sqlfluff" lint --disable-progress-bar analytics/queries
if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}" >&2
    exit 1
fi
