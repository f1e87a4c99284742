# Two commands: `make run` turns seeds/ into aligned/, `make test` checks everything. Both do only what is left to do.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check bench fuzz model clean
run: model
	$(BIN)/bilingual translate seeds --output aligned

test: .venv/.dev model check
	$(BIN)/python -m pytest

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.dev model
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(DATA),--data $(DATA))

fuzz: .venv/.dev
	$(BIN)/python -m tests.fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

model: .venv/.installed
	$(BIN)/bilingual model install --quiet

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	touch $@

.venv/.dev: .venv/.installed
	$(PIP) --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv aligned/* .mypy_cache .ruff_cache .pytest_cache .hypothesis
