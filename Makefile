# Everything here works on a machine with only Python >= 3.11, make and git.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv --quiet
CPUS ?= 2
export PYTHONPATH := $(CURDIR)
unexport PYTHONDONTWRITEBYTECODE

SYNC = $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)  # make 3.81 has none
SIDE_BY_SIDE = $(MAKE) --no-print-directory --jobs=$(CPUS) $(SYNC)

.PHONY: run test check lint types pyright mypy contracts kernels doctests bench long properties lock client \
  messages screenshots wheel clean help

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: .venv/.runtime  ## set up, migrate, load the demo plant, serve on 127.0.0.1:8000
	@LONGRUN_AUTH=$${LONGRUN_AUTH:-none} LONGRUN_LOG_FORMAT=$${LONGRUN_LOG_FORMAT:-console} \
	  $(BIN)/longrun serve --demo

test: .venv/.dev  ## set up, run the whole test suite (SQLite and PostgreSQL)
	$(MAKE) --no-print-directory kernels
	$(MAKE) --no-print-directory doctests
	$(BIN)/pytest -n $(CPUS) --dist worksteal -q tests

check: .venv/.dev  ## format, lint, types, import contracts, tests
	$(SIDE_BY_SIDE) lint pyright mypy contracts
	$(MAKE) test

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: pyright mypy

pyright: .venv/.dev
	$(BIN)/pyright

mypy: .venv/.dev
	$(BIN)/mypy

contracts: .venv/.dev
	$(BIN)/lint-imports --no-cache

doctests: .venv/.dev
	$(BIN)/pytest --doctest-modules --ignore=ops/work/preload.py -q ops solvers api

# Compiled once here, side by side, by calling every example, then what no example reaches: else
# each process of the tests compiles for itself, the doctests too.
kernels: .venv/.dev
	$(BIN)/python -m ops.work.preload
	$(BIN)/python -m ops.work.rare_kernels

bench: .venv/.bench  ## ratio measurements against named peers, one thread
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -m benchmark -s -q --timeout 1800 tests/bench

long: .venv/.dev  ## chaos, fuzz and full-size forms of the tests
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -m long -q --timeout 3600 tests

properties: .venv/.dev  ## every property with 5000 drawn examples in place of 100 fixed ones
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n $(CPUS) -m hypothesis -q --timeout 3600 tests

screenshots: .venv/.dev  ## pictures of the main pages into docs/screenshots
	DEMO_SIZE=small $(BIN)/pytest -m screenshots -q tests/browser

messages: .venv/.dev  ## bring the catalogues of api/locale up to date with the texts
	$(BIN)/python -m api.render.messages

client: .venv/.dev  ## write the models of the Python client anew from OpenAPI
	$(BIN)/python -m api.client.generate

wheel: .venv/.dev  ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

# -- set-up: hashed locks through uv; a stamp file remembers what is installed ------------------
.venv/.bootstrap: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Longrun needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "creating .venv"
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian and" \
	  "Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes \
	  -r requirements/bootstrap.txt
	@touch $@

.venv/.runtime: .venv/.bootstrap requirements/runtime.txt pyproject.toml
	@echo "installing requirements/runtime.txt"
	@$(UV) pip install --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "installing requirements/dev.txt"
	@$(UV) pip install --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: .venv/.dev requirements/bench.txt
	@$(UV) pip install --require-hashes -r requirements/bench.txt
	@touch $@

COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --override requirements/overrides.in

lock: .venv/.bootstrap  ## resolve every lock anew (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) requirements/bootstrap.in -o requirements/bootstrap.txt >/dev/null
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/runtime.txt >/dev/null
	$(COMPILE) $(UPGRADE) --group dev -c requirements/runtime.txt -o requirements/dev.txt >/dev/null
	$(COMPILE) $(UPGRADE) --group bench -c requirements/runtime.txt -c requirements/dev.txt \
	  -o requirements/bench.txt >/dev/null
	$(COMPILE) $(UPGRADE) pyproject.toml --all-extras \
	  -o requirements/extras.txt >/dev/null

clean:  ## remove the environment and the embedded database
	rm -rf .venv var dist
