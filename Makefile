# The doors of the repository. Each makes what it needs first; `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
SETUP := @$(PYTHON) .ci/setup.py
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--universal --python-version 3.11 pyproject.toml --extra desktop --extra efile --group build

.PHONY: help setup run test check format bench screenshots lock

help:
	@echo 'make run      set up, then run the whole job on made-up data; results in demo-out'
	@echo 'make test     set up, then pass the tests            (make test ARGS="tests/roster -x")'
	@echo 'make simulate SEEDS=1000   the simulator of the sync; SEED=1234 repeats one (STEPS=n: its first steps)'
	@echo 'make check    lint, formatting, types'
	@echo 'make format   put the formatting right'
	@echo 'make bench    measure'
	@echo 'make screenshots  draw every page and state of the window into docs/screenshots/window  (ARGS="today")'
	@echo 'make lock     resolve the dependencies of pyproject.toml anew; write both locks (UPGRADE=1 for the newest)'
	@echo 'make setup    only the set-up: .venv with the commands balai and balai-hq'

setup:
	$(SETUP) run

run:
	$(SETUP) run
	@$(BIN)/balai demo $(ARGS)

test:
	$(SETUP) test
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

simulate:
	$(SETUP) test
	@$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED) $(if $(STEPS),--steps $(STEPS)),--seeds $(or $(SEEDS),300)) $(ARGS)

check:
	$(SETUP) tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format:
	$(SETUP) tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench:
	$(SETUP) tools
	@$(BIN)/python -m bench $(ARGS)

screenshots:
	$(SETUP) test
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.desktop.screenshots $(ARGS)

lock:
	$(SETUP) tools
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements.lock --output-file requirements-dev.lock
