# make demo: set up and read the example reports. make test: set up and run every check.
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

test: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

clean:
	rm -rf $(VENV) demo.db build dist
