# Sequence Lab: `make app` starts it, `make test` checks it, `make test-cluster` on a real cluster too. All install what they need into .venv.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
INSTALLED := .venv/.installed
TOOLS := .venv/.tools
# Over the cores by file, the longest first: tests/conftest.py says which.
IN_FILES := --dist loadfile --no-loadscope-reorder

.PHONY: app test test-cluster test-reports install lint unit coverage browser fuzz requirements audit plotly screenshot clean

app: install
	$(BIN)/streamlit run app.py

install: $(INSTALLED)

$(INSTALLED): requirements.txt
	@test -n "$(PYTHON)" || { echo "Sequence Lab needs Python 3.11, 3.12 or 3.13. Install one, or say which: make app PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m compileall -q .venv/lib app.py pages seqcore || true
	TF_CPP_MIN_LOG_LEVEL=3 $(BIN)/python -c "import seqcore.worker.fit.steps" 2>/dev/null || true
	touch $@

$(TOOLS): $(INSTALLED) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

test: lint unit browser

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(TOOLS)
	$(BIN)/python -m pytest -m "not browser and not cluster and not report" -n auto $(IN_FILES) --durations=10

# Which lines no unit test has run; following every line takes time, so `make test` does not.
coverage: $(TOOLS)
	$(BIN)/python -m pytest -m "not browser and not cluster and not report" -n auto $(IN_FILES) --cov --cov-report=
	$(BIN)/python scripts/coverage_table.py

# More than two thousand generated files against the parsers; `make test` has two hundred.
fuzz: $(TOOLS)
	$(BIN)/python -m pytest tests/datasets/formats/test_fuzz.py --hypothesis-profile nightly -n auto

browser: $(TOOLS)
	$(BIN)/python scripts/find_chromium.py
	$(BIN)/python -m pytest tests/browser -n 2 $(IN_FILES) --durations=10

# A report is unzipped beside a new environment of the packages that it names; its script trains every architecture again there.
test-reports: $(TOOLS)
	$(BIN)/python -m pytest tests/reports

# PostgreSQL, a Dask scheduler with TLS and its workers, on the loopback interface, in temporary folders.
test-cluster: $(TOOLS)
	$(BIN)/python scripts/find_postgresql.py
	$(BIN)/python scripts/find_chromium.py
	$(BIN)/python -m pytest tests/cluster

# The part of plotly.js that our pictures need, packed, in the version that the installed `plotly` package writes for.
plotly: $(TOOLS)
	$(BIN)/python scripts/fetch_plotly.py

# Everything pinned by version and hash, for every platform and Python we support, from the ranges in pyproject.toml.
requirements: $(TOOLS)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make requirements" pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make requirements" --group dev -c requirements.txt -o requirements-dev.txt

# Known vulnerabilities of what is pinned; status 3 where pip-audit cannot reach its database.
audit: $(TOOLS)
	$(BIN)/python scripts/audit.py

screenshot: $(TOOLS)
	$(BIN)/python scripts/screenshot.py

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
