# What people type. Everything is installed into .venv by the first target that needs it.
.DEFAULT_GOAL := help
.PHONY: help demo test test-wordpress test-replay long bench bench-extraction bench-promises crawl \
	check licences audit clean

PYTHON ?= python3
BIN := .venv/bin
# The tests wait for processes and servers: three of them keep two processors busy.
WORKERS := $(shell echo $$(( ($$(nproc 2>/dev/null || echo 2) * 3 + 1) / 2 )))
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SUPPLY := PYTHONPATH=.venv/supply $(BIN)/python -m

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */make \1|/' | column -t -s '|'

demo: .venv/installed ## crawl the fixture newsroom on this machine into archive/demo/ and show it
	@$(BIN)/python -m borneone_crawler.demo

test: .venv/installed-dev .venv/installed-supply ## run every test that needs nothing but this clone
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations=40

test-wordpress: .venv/installed-dev ## install a real WordPress from Debian's packages, crawl it, compare
	@tests/wordpress/install.sh
	@$(BIN)/python -m pytest -m wordpress

test-replay: .venv/installed-dev ## install pywb beside, and open captured articles with it
	@tests/replay/install.sh
	@$(BIN)/python -m pytest -m replay

long: .venv/installed-dev .venv/installed-fuzz ## run the tests that take minutes, and print what they measured
	@$(BIN)/python -m pytest -m long -rP

bench: .venv/installed-dev .venv/installed-peers ## run the benchmarks, and print their figures
	@$(BIN)/python -m pytest -m bench -rP

bench-extraction: .venv/installed-dev ## read the pages of a real WordPress, and have other readers read them
	@tests/benchmarks/extraction/install.sh
	@$(BIN)/python -m tests.benchmarks.extraction

bench-promises: .venv/installed-dev ## crawl hostile sites, and have an ordinary Scrapy spider crawl them
	@$(BIN)/python -m tests.benchmarks.promises

crawl: .venv/installed ## bring the archive of the live newsroom up to date
	@$(BIN)/scrapy crawl borneonetv

check: .venv/installed-dev ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

licences: .venv/installed-dev .venv/installed-supply ## list the licence of each package that is installed, and what needs it
	@$(BIN)/python -m tests.supply.licences

# For example make audit AUDIT='--format cyclonedx-json --output sbom.json': a bill of materials.
audit: .venv/installed-supply ## ask the Python Package Index for known holes in the pinned versions
	@$(SUPPLY) pip_audit --strict --no-deps --disable-pip --progress-spinner off \
	    --requirement constraints.txt $(AUDIT) || { \
	    echo "make: not passed: a hole is known, or not every package could be asked about; see above" >&2; \
	    exit 1; }

clean: ## remove the virtual environment and the demo archive
	rm -rf .venv archive/demo

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "make: Python 3.11 or newer is needed, $(PYTHON) is: $$($(PYTHON) --version 2>/dev/null || echo not there)"; \
	    echo "make: Debian 12 and Ubuntu 24.04 have it: sudo apt-get install python3 python3-venv"; \
	    echo "make: if it has a name of its own: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "make: Python's venv module is missing; on Debian or Ubuntu: sudo apt-get install python3-venv"; \
	    exit 1; }
	@echo "Making a virtual environment in .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@PIP_CONSTRAINT=constraints.txt $(PIP) install --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Adding what the tests need (once) ..."
	@PIP_CONSTRAINT=constraints.txt $(PIP) install --editable '.[dev]'
	@# Apart: sqlite-utils loads pandas wherever it finds it, into every process of the tests.
	@PIP_CONSTRAINT=constraints.txt $(PIP) install --upgrade --target .venv/analysts pandas
	@touch $@

.venv/installed-peers: tests/benchmarks/extraction/constraints.txt .venv/installed-dev
	@echo "Adding the crawlers that ours is compared with (once) ..."
	@# Apart: they need other versions, and only make bench needs them.
	@command -v wget >/dev/null || { apt-get update -qq; apt-get install -y -qq wget; }
	@$(PYTHON) -m venv .venv/peers
	@.venv/peers/bin/python -m pip --disable-pip-version-check --quiet install --upgrade 'pip>=25'
	@.venv/peers/bin/python -m pip --disable-pip-version-check --quiet install \
	    --constraint tests/benchmarks/extraction/constraints.txt trafilatura newspaper4k
	@touch $@

.venv/installed-fuzz: constraints.txt .venv/installed-dev
	@echo "Adding what fuzzing needs (once) ..."
	@# Apart: Google's fuzzer is large, and only make long needs it.
	@PIP_CONSTRAINT=constraints.txt $(PIP) install --upgrade --target .venv/fuzz atheris
	@touch $@

.venv/installed-supply: tests/supply/constraints.txt .venv/installed
	@echo "Adding what lists licences and audits (once) ..."
	@# Apart: what is listed and audited does not change by it.
	@PIP_CONSTRAINT=tests/supply/constraints.txt $(PIP) install --upgrade --target .venv/supply \
	    pip-licenses pip-audit
	@touch $@
