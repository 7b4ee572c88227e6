# Jalon's few verbs. Each makes what it needs; a second call does only what is left to do.
#   make demo    Jalon in a browser, with an organisation and projects under way
#   make test    every test, on SQLite, PostgreSQL and Chromium
#   make check   style, types, the river's rules, the shipped bundle
#   make bench   time figures      make js   the bundle from its lock      make lock   the pins from pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FRONTEND := web/frontend
# tests on as many cores as there are; a class or module stays on one worker, with its databases
WORKERS ?= auto
TESTS ?=

.PHONY: demo test check bench js lock install chromium node
.DEFAULT_GOAL := demo

install: $(VENV)/.installed

demo: install
	$(BIN)/jalon demo

test: $(VENV)/.developer chromium $(FRONTEND)/node_modules/.installed
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(TESTS)

check: $(VENV)/.developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/tooling/bundle.py
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(FRONTEND)/node_modules/.installed \
		&& node $(FRONTEND)/build.mjs --check; \
	else echo "npm is not here: the bundle was checked against its manifest, not rebuilt."; fi

bench: $(VENV)/.developer
	$(BIN)/python -m bench
	$(BIN)/python -m bench.mutants

js: $(FRONTEND)/node_modules/.installed
	node $(FRONTEND)/build.mjs

lock: $(VENV)/.developer
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) -o requirements-dev.lock
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

# Chromium is the system's own: nothing is downloaded outside the system's packages.
chromium:
	@command -v chromium >/dev/null || { \
		command -v apt-get >/dev/null || { echo "Chromium is missing: install it, so that \`chromium\` is on the PATH."; exit 1; }; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Jalon needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.developer: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

# Node is needed to build the bundle and to open the methods in bpmn-js, never to run Jalon.
node:
	@command -v npm >/dev/null || { \
		command -v apt-get >/dev/null || { echo "npm is missing: install Node.js, so that \`npm\` is on the PATH."; exit 1; }; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends nodejs npm; }

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json | node
	cd $(FRONTEND) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@
