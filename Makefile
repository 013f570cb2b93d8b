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

.PHONY: help setup demo serve test lint format soak bench clean

help: ## Say what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

serve: setup ## Start the API on 127.0.0.1:8000
	@$(BIN)/gauntlet serve --data-dir $(DATA_DIR)

test: lint ## Lint, types, import contracts and all tests but the long ones
	@$(BIN)/pytest -n 2

lint: setup ## Ruff, Pyright strict and the import contracts
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
