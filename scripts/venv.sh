#!/usr/bin/env bash
# Make .venv hold exactly the pinned requirements: `venv.sh runtime` or `venv.sh dev`. Quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/common.sh

kind=${1:-runtime}

pick_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Ebb needs Python 3.11 or newer; set PYTHON=… to name it." >&2
    exit 1
}

make_venv() {
    local python
    python=$(pick_python)
    echo "Making .venv with $("$python" --version)."
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        can_install || { echo "$python has no venv module; install python3-venv." >&2; exit 1; }
        install_packages python3-venv
    fi
    "$python" -m venv --clear .venv
}

requirements() {
    if [ "$kind" = dev ]; then echo requirements-dev.txt; else echo requirements.txt; fi
}

fingerprint() {
    if [ "$1" = dev ]; then cat requirements.txt requirements-dev.txt; else cat requirements.txt; fi | cksum
}

stamp=.venv/.installed-$kind
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$kind")" ]; then
    exit 0
fi
.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
echo "Installing $(requirements) (about a minute the first time)."
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$(requirements)"
fingerprint "$kind" >"$stamp"
if [ "$kind" = dev ]; then fingerprint runtime >.venv/.installed-runtime; fi
