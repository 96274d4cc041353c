# Two commands are enough: `make run` serves the demo council, `make test` runs the tests. The rest is for builders.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
WORKERS ?= 3
BIN := .venv/bin

.PHONY: run test check audit bench setup lock shots clean

run: setup
	$(BIN)/meeting run --host $(HOST) --port $(PORT)

# Three processes keep two cores busy, for browsers and servers wait a lot. Each takes whole files, in which tests share a server;
# the longest come first (tests/conftest.py). `make test ARGS=…` for a part, `make test WORKERS=2` for a small machine. Three failures or
# fewer are looked at once more, by themselves (tools/tested.py).
test: setup
	$(BIN)/python tools/tested.py -n $(WORKERS) --dist loadfile $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/catalogues.py --check
	node_modules/.bin/tsc --noEmit -p jsconfig.json

# Known weaknesses of what this builds on, for Python and for scripts. Fails where there are some; where their lists cannot be reached,
# it says so and has checked nothing.
audit: .venv/ready
	$(BIN)/python tools/audit.py

bench: setup
	$(BIN)/python -m bench $(ARGS)
	$(BIN)/python -m bench.sockets
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.leading
	$(BIN)/python -m bench.reporting
	$(BIN)/python -m bench.searching
	$(BIN)/python -m bench.tender
	$(BIN)/python -m bench.grown

# What the others need: the virtual environment, browser libraries and fonts, compiled catalogues.
setup: .venv/ready static/vendor/ready translations/ready static/vendor/icons.ready

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

static/vendor/ready: package-lock.json tools/vendor.py .venv/ready
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet -r requirements-node.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	$(BIN)/python tools/vendor.py
	touch $@

# The sprite holds the icons that templates and scripts name.
static/vendor/icons.ready: static/vendor/ready $(shell find templates static/js meeting -name '*.html' -o -name '*.js' -o -name '*.py')
	$(BIN)/python tools/vendor.py --icons
	touch $@

translations/ready: $(wildcard translations/*/*.po) $(shell find static/js -name "*.js") tools/catalogues.py static/vendor/ready
	$(BIN)/python tools/catalogues.py
	touch $@

lock:
	$(BIN)/pip-compile --quiet --extra dev --extra grown --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file requirements.txt pyproject.toml

shots: setup
	$(BIN)/python tools/shots.py

clean:
	rm -rf .venv .audit node_modules static/vendor translations/ready translations/*/LC_MESSAGES
