#!/usr/bin/env bash
# Run pytest with PostgreSQL's server programs and a Chromium within reach.
set -euo pipefail
cd "$(dirname "$0")/.."

for folder in /usr/lib/postgresql/*/bin; do
    if [ -d "$folder" ]; then PATH="$PATH:$folder"; fi
done
export PATH
exec .venv/bin/python -m pytest "$@"
