# Everything a person types here. `make digest` and `make test` need Python 3.11 and a package index.
PYTHON ?= python3.11
VENV ?= .venv
# PyTorch's own builds without CUDA; set TORCH_INDEX= to take the plain one of your package index.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
# Small translation packages, used until official ones are installed; set STARTER= to leave them out.
STARTER ?= $(wildcard starter)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help digest test setup dev lint types format docs corpus clean

help:  ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

digest: setup  ## read the sample corpus and write its weekly and quarterly edition
	$(BIN)/digest --config examples/digest.toml run weekly quarterly

test: dev  ## run the tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

setup: $(VENV)/installed  ## install Digest and what it needs
dev: $(VENV)/installed-dev  ## the same, and what its developers need

lint: dev  ## check style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: dev  ## check types, strictly
	$(BIN)/mypy

format: dev  ## put the code in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: dev  ## write the documents' tables again
	$(BIN)/python tools/make_docs.py

corpus: dev  ## write the sample corpus again from its texts
	$(BIN)/python tools/make_corpus.py

clean:  ## forget the sample's store and editions
	rm -rf .digest editions

$(VENV)/torch: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(PIP) install --quiet --retries 1 --timeout 15 --no-deps \
	  --index-url $(TORCH_INDEX) -c constraints.txt torch ||) \
	$(PIP) install --quiet -c constraints.txt torch
	touch $@

$(VENV)/installed: $(VENV)/torch pyproject.toml $(wildcard starter/pyproject.toml)
	$(PIP) install --quiet -c constraints.txt -e . $(if $(STARTER),./$(STARTER))
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) install --quiet -c constraints.txt -e '.[dev]'
	touch $@
