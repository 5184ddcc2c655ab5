#!/bin/sh
# Makes a virtual environment with the readers that ours is compared with, .venv-extraction, and
# installs the theme that nobody wrote a reader with.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
venv=$here/../../../.venv-extraction
pins=$here/constraints.txt

"$here/../../wordpress/install.sh" wordpress-theme-twentytwentythree

if cmp -s "$pins" "$venv/installed"; then exit 0; fi

"${PYTHON:-python3}" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
# The pip of Debian 12 fails over an extra that is asked for under two spellings (lxml[html-clean]).
pip install --upgrade 'pip>=25'
pip install --constraint "$pins" trafilatura newspaper4k readability-lxml news-please resiliparse
cp "$pins" "$venv/installed"
