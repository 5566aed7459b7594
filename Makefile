# Every target sets up what it needs; see docs/set-up.md.
PYTHON ?= python3
BIN := .venv/bin
SYSTEM := .venv/.system
NAMES := .venv/.names
PICTURES := .venv/.pictures

.PHONY: setup demo test check bench quality lock clean

setup: $(NAMES) $(PICTURES)

demo: setup $(SYSTEM)
	$(BIN)/suyuan demo

test: .venv/.dev $(NAMES) $(PICTURES) $(SYSTEM)
	$(BIN)/python -m pytest -n auto --dist loadfile $(TESTS)

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev $(NAMES) $(PICTURES) $(SYSTEM)
	$(BIN)/python -m benchmarks bench

quality: .venv/.dev $(NAMES) $(PICTURES) $(SYSTEM)
	$(BIN)/python -m benchmarks quality

# Locks hold hashes and no address, so that every mirror serves.
lock: .venv/.uv
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --extra dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/.uv:
	$(PYTHON) tools/make_environment.py .venv
	touch $@

$(BIN)/suyuan: .venv/.uv requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

# The searches of names and pictures are compiled once, and anew after a change of their sources.
$(NAMES): $(BIN)/suyuan matchers/compiling.py matchers/plain_indices.py $(wildcard matchers/names/*.py matchers/names/engine/*.py)
	$(BIN)/python -m matchers.names.prepare
	touch $@

$(PICTURES): $(BIN)/suyuan matchers/compiling.py matchers/plain_indices.py $(wildcard matchers/pictures/*.py matchers/pictures/engine/*.py)
	$(BIN)/python -m matchers.pictures.prepare
	touch $@

.venv/.dev: $(BIN)/suyuan requirements-dev.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

# A browser, pango and a CJK font: tools/system.sh says what it could not get and why it matters.
$(SYSTEM): $(BIN)/suyuan tools/system.sh
	sh tools/system.sh $(BIN)/python
	touch $@
