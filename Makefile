# make demo: set up, read the example reports and open the reading room on them (on a terminal). make test: set up and run every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test setup evaluate bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("sayso needs Python 3.11 or newer; set PYTHON=python3.x") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

demo: setup
	@rm -f demo.db
	$(BIN)/sayso read examples -o demo.db
	$(BIN)/sayso actors demo.db --limit 12
	$(BIN)/sayso statements demo.db --limit 12
	$(BIN)/sayso show $$(ls examples/*.txt | head -n 1)
	@echo
	@if [ -t 1 ] && [ -z "$$CI" ]; then $(BIN)/sayso serve demo.db; else echo "The reading room: $(BIN)/sayso serve demo.db"; fi

test: setup
	@sh tests/browser.sh
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

clean:
	rm -rf $(VENV) demo.db build dist
