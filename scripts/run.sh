#!/usr/bin/env bash
# Open the app. Without EBB_WORKSPACE: make the invented company once, import it, and show that.
set -euo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
workspace=${EBB_WORKSPACE:-workspaces/demo}

make_demo() {
    local making
    making="$(dirname "$workspace")/.making/$(basename "$workspace")"
    rm -rf "$making"
    "$python" -m analytics demo --contacts "${CONTACTS:-300000}" --seed "${SEED:-7}" --backlog --out "$making"
    mv "$making" "$workspace"
}

if [ -z "${EBB_WORKSPACE:-}" ] && [ ! -f "$workspace/workspace.toml" ]; then
    echo "No workspace given: making the invented company (${CONTACTS:-300000} contacts)."
    make_demo
fi
opens() {
    "$python" -c 'import sys; from pathlib import Path; from analytics.engine import Reader; Reader(Path(sys.argv[1]))' \
        "$workspace/result.duckdb" 2>/dev/null
}

# no result yet, or one of an older version, which the app could not open
if [ -f "$workspace/workspace.toml" ] && ! opens; then
    code=0
    "$python" -m analytics import "$workspace" || code=$?
    # 3: imported, with rejected or flagged rows, each of them listed on Sources
    if [ "$code" != 0 ] && [ "$code" != 3 ]; then
        echo "The import did not finish; the page Sources shows what to do."
    fi
fi
export EBB_WORKSPACE=$workspace
echo "Ebb opens at http://localhost:${PORT:-8501}"
exec "$python" -m streamlit run app.py --server.port "${PORT:-8501}"
