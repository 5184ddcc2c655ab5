#!/bin/sh
# Makes a virtual environment with pywb for the test in this folder: .venv-replay, or the one named.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
venv=${1:-$here/../../.venv-replay}
pins=$here/constraints.txt

if cmp -s "$pins" "$venv/installed"; then exit 0; fi

"${PYTHON:-python3}" -m venv "$venv"
PIP_CONSTRAINT=$pins "$venv/bin/python" -m pip --disable-pip-version-check --quiet install pywb
cp "$pins" "$venv/installed"
