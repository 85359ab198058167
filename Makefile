# Needs make and Python 3.11 or newer with venv; everything else goes into .venv.
# Where Node.js 20 or newer is, the pages' scripts are bundled with it.
# A port of one's own: make serve PORT=9000.  Another Python: make test PYTHON=python3.12.
PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
READY := .venv/.ready

# What an active environment or a path of one's own would bring in does not belong here.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help serve bundle test check lint bench soak wheel clean always

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## Check the graph, load it and serve it on 127.0.0.1 (PORT=8000)
	-@$(BIN)/python server/frontend/bundle.py
	@$(BIN)/sayso serve --port $(PORT)

bundle: $(READY) ## Bundle the scripts of the pages, with Node.js
	@$(BIN)/python server/frontend/bundle.py

test: $(READY) ## Run the tests, on all cores
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(READY) ## Check the graph against the shapes
	$(BIN)/sayso check

lint: $(READY) ## Check style, types and the order of the rooms
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(READY) ## Measure sayso and its peers, and print a table
	PYTHONPATH=tests $(BIN)/python -m bench
	PYTHONPATH=tests $(BIN)/python -m bench.checking
	PYTHONPATH=tests $(BIN)/python -m bench.endpoint.start
	PYTHONPATH=tests $(BIN)/python -m bench.endpoint --repeating
	PYTHONPATH=tests $(BIN)/python -m bench.derive
	PYTHONPATH=tests $(BIN)/python -m bench.pages

soak: $(READY) ## Send the server 1,000 hostile and 100,000 ordinary requests
	PYTHONPATH=tests $(BIN)/python -m bench.soak

wheel: $(READY) ## Build the wheel into dist, by way of the source distribution
	$(BIN)/python -m build

clean: ## Remove what make made
	rm -rf .venv build dist server/frontend/node_modules server/sayso/web/static/bundle .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find server tests -name __pycache__ -prune -exec rm -rf {} +

# The environment is made anew when its list of packages changes, and when the
# folder was moved: an environment keeps the path of the place it was made in.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
$(READY): always
endif
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "sayso needs Python 3.11 or newer, and '$(PYTHON)' is not: name one with make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in .venv; this takes about a minute, once."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@echo '$(CURDIR)' > $@
