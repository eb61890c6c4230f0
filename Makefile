# Everything on a machine that has Python 3.11, its venv module and make.
PYTHON ?= python3.11
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash

.PHONY: run dev test bench figures gallery lock messages

run: $(VENV)/run.stamp  ## a running blog; the demo's content on the first start
	@HOST=$(HOST) PORT=$(PORT) DEMO=$(DEMO) $(BIN)/python deploy/serve.py

dev: $(VENV)/run.stamp  ## the same with Django's reloading server
	DEBUG=1 $(BIN)/python manage.py runserver $(HOST):$(PORT)

test: $(VENV)/test.stamp  ## everything to a tested tree
	@bash tests/run.sh

bench: $(VENV)/run.stamp  ## how fast it is, as ratios measured in one run
	@$(BIN)/python tests/bench/screening.py

figures: $(VENV)/run.stamp  ## docs/screening-figures.md and its plots, measured again
	@$(BIN)/python manage.py report_screening

gallery: $(VENV)/test.stamp  ## the README's pictures, taken again of a running demo
	@$(BIN)/python deploy/gallery.py http://$(HOST):$(PORT)

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "CTTS needs Python 3.11 or newer; say which one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing what CTTS needs; this takes a minute or three…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt tests/setup.sh $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@bash tests/setup.sh
	@touch $@

lock:  ## the requirements, locked again from requirements.in and requirements-dev.in
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt

messages:  ## the French catalogues, brought up to date with the source (needs gettext)
	$(BIN)/python manage.py makemessages -l fr --no-location --no-wrap --ignore var --ignore .venv --ignore node_modules --ignore tests
