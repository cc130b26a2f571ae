# Every target sets up what it needs; `make setup` does nothing when the lock files have not changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Without compiled files every command that a test starts compiles the whole package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup system demo docs pictures test fuzz check lint types layers wheel-check mutants clean

setup: $(STAMP)

$(STAMP): requirements.lock requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: setup
	@mkdir -p demo
	@for report in examples/*.txt; do $(BIN)/caselore read "$$report" --format json -o "demo/$$(basename "$$report" .txt).json"; done
	@$(BIN)/caselore table examples --format csv -o demo/table.csv
	@$(BIN)/caselore table examples --format md -o demo/table.md
	@$(BIN)/caselore table examples 2>/dev/null
	@$(BIN)/caselore read examples/01_synovial_sarcoma_knee.txt
	@$(BIN)/caselore report examples -o demo/review.html
	@echo "demo/ holds the table as CSV and Markdown, each report as JSON with the place of every quote, and the whole as one page:"
	@echo "open demo/review.html in a browser."

# The documentation as a site of files that load nothing from elsewhere: site/index.html.
docs: setup
	$(BIN)/python docs/build_reference.py
	$(BIN)/zensical build --clean
	rm -rf site/*.py site/generators
	@echo "open site/index.html in a browser."

# The tutorial's reports and screens, made by the program itself.
pictures: setup system
	$(BIN)/python tools/build_example_reports.py
	$(BIN)/python docs/build_pictures.py

# Installs chromium and postgresql, which tests of the web application and of the registry need.
system:
	@tools/system.sh

test: check system
	$(BIN)/python -m pytest -n auto --dist worksteal

# Builds the wheel and uses it in a clean environment; needs a package index.
wheel-check: setup
	tools/wheel_check.sh

# Changes the modules named in pyproject.toml one place at a time; half an hour. `.venv/bin/mutmut results` lists what nothing noticed.
mutants: setup
	nice $(BIN)/mutmut run

fuzz: setup
	$(BIN)/python benchmarks/fuzz.py --seconds 60

check: setup lint types layers

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

layers: setup
	PYTHONPATH=src $(BIN)/lint-imports

clean:
	rm -rf $(VENV) demo build dist site
