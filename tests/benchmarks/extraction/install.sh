#!/bin/sh
# Makes a virtual environment with the readers that ours is compared with, .venv-extraction, and
# installs the themes that no reader of ours was written with: one of Debian's, two of npm's.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
venv=$here/../../../.venv-extraction
pins=$here/constraints.txt

"$here/../../wordpress/install.sh" wordpress-theme-twentytwentythree

theme() { # NAME PACKAGE: unpack a theme that is published as a package of npm's
    to=$venv/themes/$1
    if [ -d "$to" ]; then return; fi
    command -v npm >/dev/null || { apt-get update -qq; apt-get install -y -qq npm; }
    packed=$(mktemp -d)
    npm pack --silent --pack-destination "$packed" "$2" >"$packed/log"
    mkdir -p "$to"
    tar --extract --gzip --warning=none --strip-components 1 --directory "$to" --file "$packed"/*.tgz
    rm -r "$packed"
}
theme understrap understrap@1.0.1
theme underscores undescores-for-npm@1.0.0

if cmp -s "$pins" "$venv/installed"; then exit 0; fi

"${PYTHON:-python3}" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
# The pip of Debian 12 fails over an extra that is asked for under two spellings (lxml[html-clean]).
pip install --upgrade 'pip>=25'
pip install --constraint "$pins" trafilatura newspaper4k readability-lxml news-please resiliparse
cp "$pins" "$venv/installed"
