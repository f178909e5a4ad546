# The one door to everything. Each target sets up what it needs; nothing has to be installed or started first.
SETUP  := python3 scripts/setup.py
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check bench soak

help:  ## show this list
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/; s/\$$\$$/$$/g' | expand -t 8

run:  ## the portal with a demo province at http://127.0.0.1:$${PORT:-8000} (Ctrl-C ends it)
	@$(SETUP) run
	@$(PYTHON) scripts/run.py

test:  ## every test, on SQLite and on PostgreSQL, with the browser stories (ARGS="-k name" narrows)
	@$(SETUP) test
	@$(PYTHON) scripts/test.py $(ARGS)

check:  ## style, types, layers, templates, migrations, deployment, translations
	@$(SETUP) check
	@$(PYTHON) scripts/check.py

bench:  ## measure the pages and the letter with 5,000 dossiers, on both databases
	@$(SETUP) test
	@$(PYTHON) scripts/services.py -- $(PYTHON) -m bench $(ARGS)

soak:  ## the same tests with the full counts; takes hours
	@$(SETUP) test
	@SOAK=1 $(PYTHON) scripts/test.py $(ARGS)
