# Everything a newcomer needs: make demo, make test. Each target installs what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo run test lint bench bench-layout bench-drafting base-models screenshots package clean

demo: $(INSTALLED)
	$(BIN)/linewright demo --window

run: $(INSTALLED)
	$(BIN)/linewright open

test: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks

$(INSTALLED): pyproject.toml .ci/system-libraries
	.ci/system-libraries
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

clean:
	rm -rf .venv build dist *.egg-info
