# make demo: set up, read the example reports and open the reading room on them: on a terminal until Ctrl-C, else behind the scenes until make stop.
# make test: set up and run every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo stop test setup evaluate bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("sayso needs Python 3.11 or newer; set PYTHON=python3.x") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

demo: setup
	@$(MAKE) -s stop
	@rm -f demo.db
	$(BIN)/sayso read examples -o demo.db
	$(BIN)/sayso actors demo.db --limit 12
	$(BIN)/sayso statements demo.db --limit 12
	$(BIN)/sayso show $$(ls examples/*.txt | head -n 1)
	@echo
	@if [ -n "$$CI" ]; then echo "The reading room: $(BIN)/sayso serve demo.db"; \
	elif [ -t 1 ]; then $(BIN)/sayso serve demo.db; \
	else \
	  nohup $(BIN)/sayso serve demo.db --port 0 > demo.log 2>&1 < /dev/null & echo $$! > demo.pid; \
	  for n in $$(seq 100); do grep -q http demo.log && break; sleep 0.2; done; \
	  sed 's/ *(stop with Ctrl-C)/  (stop with make stop)/' demo.log; \
	fi

stop:
	@if [ -f demo.pid ]; then kill "$$(cat demo.pid)" 2>/dev/null || true; rm -f demo.pid demo.log; fi

test: setup
	@sh tests/browser.sh
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

clean:
	rm -rf $(VENV) demo.db demo.log demo.pid build dist
