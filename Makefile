# Everything a newcomer needs: `make install`, `make run`, `make test`. Python 3.11 and make are enough.
PYTHON ?= python3.11
BIN := .venv/bin
REPO ?=
BASE ?=
HEAD ?=

.DEFAULT_GOAL := help
.PHONY: help install run test lint types unit docs docs-check bench browser lock clean

help:            ## show these targets
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

install: .venv/installed          ## set up .venv with the `gonogo` command

.venv/installed: requirements.txt requirements-build.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-build.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

run: install                      ## the app against the sandbox, in the browser (REPO= BASE= HEAD= for your own)
	$(BIN)/gonogo demo $(if $(REPO),--repo $(REPO)) $(if $(BASE),--base $(BASE)) $(if $(HEAD),--head $(HEAD))

test: lint types docs-check unit  ## lint, types, generated docs current, every test

lint: .venv/installed-dev         ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-dev        ## mypy --strict
	$(BIN)/mypy

unit: .venv/installed-dev browser ## the tests, with coverage floors
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup --cov --cov-report=
	$(BIN)/python -m coverage combine --quiet --append 2>/dev/null || true
	$(BIN)/python -m coverage report --include='checks/*' --fail-under=100 --skip-covered
	$(BIN)/python -m coverage report --include='bot/*' --fail-under=90 --skip-covered

docs: install                     ## write the generated pages
	$(BIN)/python docs/write.py

docs-check: install               ## fail when a generated page is out of date
	$(BIN)/python docs/write.py --check

bench: .venv/installed-dev        ## timings, as ratios within one run
	$(BIN)/python -m benchmarks

browser:                          ## a headless browser for the page tests
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	  || { echo "make test needs Chromium or Chrome on the PATH: install it and run again" >&2; exit 1; }

lock:                             ## compile the hash-pinned lock files (needs uv)
	uv pip compile pyproject.toml -o requirements.txt $(COMPILE)
	uv pip compile pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt $(COMPILE)
	uv pip compile --group build -c requirements.txt -o requirements-build.txt $(COMPILE)

COMPILE := --quiet --generate-hashes --no-strip-extras --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock"

clean:                            ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage
