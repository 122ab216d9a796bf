# Patto on one machine. Needs make, Python 3.11 or later with venv, and the package index.
#   make run      start it, with the demonstration (PORT=8410: elsewhere); Ctrl-C stops it all
#   make test     the whole test suite (TESTS=tests/ledger and ARGS="-k split" narrow it)
#   make faults   kill workers and wipe brokers while 1,000 checks run (minutes; ARGS="-k embedded")
#   make bench    the benchmarks, each figure beside its limit (ARGS="text" runs those named so)
#   make model    train the small model of the text check again
#   make check    lint, types, imports, migrations, settings
#   make lock     renew requirements.lock from pyproject.toml
#   make clean    remove the environment and what tools left; data under var/ stay

PYTHON ?= python3
PORT ?=
TESTS ?=
ARGS ?=
PYTEST_ARGS ?= -n 2

UV_VERSION = 0.13.9
VENV = .venv
BIN = $(VENV)/bin
READY = $(VENV)/ready
BENCH_READY = $(VENV)/bench-ready

# uv does not read pip's settings; a mirror set for pip is meant for it too.
ifneq ($(PIP_INDEX_URL),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifneq ($(PIP_EXTRA_INDEX_URL),)
export UV_INDEX ?= $(PIP_EXTRA_INDEX_URL)
endif

.DEFAULT_GOAL := help
.PHONY: help run test faults bench model check lock clean

help:
	@sed -n 's/^#  *//p' Makefile | head -n 9

run: $(READY)
	@PATTO_DEMO=1 $(BIN)/python manage.py up $(if $(PORT),--port $(PORT))

test: $(READY)
	@$(BIN)/python -m pytest $(PYTEST_ARGS) $(ARGS) $(TESTS)

faults: $(READY)
	@$(BIN)/python -m pytest -m faults $(ARGS) tests/faults

bench: $(BENCH_READY)
	@$(BIN)/python -m tests.benchmarks $(ARGS)

model: $(BENCH_READY)
	@$(BIN)/python manage.py train_text_model

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

# Every package is checked against the hash in the lock file; only uv itself comes by its version.
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Patto needs Python 3.11 or later: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@touch $(READY)

# What only the benchmarks and the training need, beside what runs.
$(BENCH_READY): $(READY) requirements-bench.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-bench.lock
	@touch $(BENCH_READY)

lock:
	@test -x $(BIN)/uv || $(MAKE) $(READY)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --group dev \
		--python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --group bench \
		--constraint requirements.lock --python-version 3.11 -o requirements-bench.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
