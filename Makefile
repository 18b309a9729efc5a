# `make run` and `make test` do all the set-up themselves; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

HOST ?= 127.0.0.1
PORT ?= 8000
# Processes the tests run in, and further words for pytest: make test ARGS="tests/skp -x"
WORKERS ?= 2
ARGS ?=

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
# The server under test: DATABASE_URL, or the usual local one.
test-postgres: export DATABASE_URL := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/test)

.PHONY: help setup setup-dev run test test-postgres lint format bench mutants lock audit

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

.venv/.made: scripts/venv.sh
	@scripts/venv.sh
	@touch $@

.venv/.runtime: requirements.txt .venv/.made
	@echo "Installing the requirements into .venv"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing the requirements of tests and lint into .venv"
	@$(PIP) -r requirements-dev.txt
	@touch $@

setup: .venv/.runtime  ## the virtual environment, enough for every manage.py command
	@:

setup-dev: .venv/.dev  ## the same with everything that tests and lint need
	@:

run: setup  ## a demo regency on HOST:PORT (127.0.0.1:8000), with its worker
	@scripts/system_packages.sh pdf
	@$(PY) manage.py migrate --no-input --verbosity 0
	@$(PY) manage.py seed_demo
	@exec $(PY) manage.py serve --host $(HOST) --port $(PORT)

test: setup-dev  ## the whole test suite
	@scripts/system_packages.sh pdf browser
	$(PY) -m pytest -n $(WORKERS) $(ARGS)

test-postgres: setup-dev  ## the same on PostgreSQL (DATABASE_URL, default 127.0.0.1:5432 user postgres database test)
	@scripts/system_packages.sh pdf browser
	@$(PY) -c 'import os, psycopg; psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres").close()' || \
		{ echo "No PostgreSQL answers there; start one or set DATABASE_URL." >&2; exit 1; }
	$(PY) -m pytest -n $(WORKERS) $(ARGS)

lint: setup-dev  ## lint, format, templates, strict types, import contracts, pending migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/mypy .
	.venv/bin/lint-imports --no-logo
	$(PY) manage.py makemigrations --check --dry-run

format: setup-dev  ## put the code into the agreed format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: setup-dev  ## measure lists, the editor, documents, the board, year results, timers at once, appraisal lines and the import against their budgets (see bench/README.md)
	$(PY) bench/lines.py
	$(PY) bench/board.py
	$(PY) bench/duties.py
	$(PY) bench/year.py
	$(PY) bench/results.py
	$(PY) bench/tick.py
	$(PY) bench/import.py
	$(PY) bench/editor.py
	$(PY) bench/pdf.py
	$(PY) bench/cascade.py
	$(PY) bench/lists.py

mutants: setup-dev  ## change the rules of scoring, deadlines, appraisal and moves one by one; at least 80 % must be noticed
	@$(PIP) -r requirements-mutants.txt
	@rm -rf mutants
	.venv/bin/mutmut run --max-children $(WORKERS)
	$(PY) scripts/mutants.py

lock: setup-dev  ## write the lock files anew, UPGRADE=1 takes the newest versions allowed
	$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements.txt requirements.in
	$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements-dev.txt requirements-dev.in
	$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements-mutants.txt requirements-mutants.in

audit: setup-dev  ## known faults in the locked dependencies (asks the network)
	.venv/bin/pip-audit --require-hashes --disable-pip -r requirements-dev.txt
