# Every target makes its own environment, so a fresh clone needs nothing but Python 3.11+ and git.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check unit test-real test262 bench chaos fuzz fmt clean
demo: $(STAMP)
	$(BIN)/odw exec examples/js/review-changes.js --backend mock --args '{"files": ["src/a.py", "src/b.py"]}'

test: check

check: $(STAMP) tests/node_modules/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile

unit: $(STAMP)
	$(BIN)/pytest -x

# the real claude and codex from npm, in a cache folder (ODW_REAL_CACHE), against a scripted server on this machine;
# ends well, and says so, where npm cannot fetch them. CALLS: how many of each client the closing figures are of
CALLS ?= 100
test-real: $(STAMP)
	@PYTHONPATH=tests $(BIN)/python -m real.clients; status=$$?; \
	if [ $$status -eq 3 ]; then exit 0; elif [ $$status -ne 0 ]; then exit $$status; fi; \
	ODW_REAL_ALL=1 $(BIN)/pytest tests/real && PYTHONPATH=tests $(BIN)/python -m real.figures $(CALLS)

bench: $(STAMP)
	$(BIN)/python -m bench

# the engines' own suite, on a checkout of tc39/test262: make test262 CHECKOUT=… [DIRS="test/language"]
test262: $(STAMP)
	$(BIN)/python -m tests.ecma.test262 $(CHECKOUT) $(DIRS) --update

# odw killed at random for so many seconds, and what it promises checked after each death
SECONDS ?= 60
chaos: $(STAMP)
	$(BIN)/python -m tests.crash.chaos --seconds $(SECONDS) $(CHAOS)

# N random programs in odw and in Node; SEED makes other ones. FUZZ=--workflows: whole workflow scripts
N ?= 1000
SEED ?= 1
fuzz: $(STAMP)
	PYTHONPATH=tests $(BIN)/python -m fuzz --count $(N) --seed $(SEED) $(FUZZ)

fmt: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) tests/node_modules .odw .mypy_cache .ruff_cache .import_linter_cache

$(STAMP): pyproject.toml
	$(PY) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(STAMP)

# acorn is the judge of the parser in tests; without npm those tests say that they were skipped
tests/node_modules/.installed: tests/package.json
	@if command -v npm >/dev/null 2>&1; then \
	  cd tests && npm install --silent --no-audit --no-fund --no-package-lock; \
	else echo "npm not found: the differential parser tests will be skipped"; fi
	@mkdir -p tests/node_modules && touch tests/node_modules/.installed
