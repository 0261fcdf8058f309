# One command each: `make demo` shows the product, `make test` proves it. See `make help`.
#
# .venv is always made here, from the hash-pinned locks. A stamp file per step keeps a second
# run instant; a change of a lock installs what changed, a change of pyproject.toml only
# renews the editable install.

PYTHON ?= python3
ARGS ?=
# Of tests that ARGS choose, there may be none in one of two runs; without ARGS that is an error.
SOME = $(if $(ARGS),|| test $$? -eq 5)
# Used by `make lock`: UPGRADE=--upgrade takes newer releases, UPGRADE="--upgrade-package X" one.
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes -r
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
           --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

# A Python named on the command line makes .venv anew when .venv has another one.
ifeq ($(origin PYTHON),command line)
ifneq ($(shell $(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null),$(shell \
        sed -n 's/^version = //p' $(VENV)/pyvenv.cfg 2>/dev/null))
ANEW := anew
endif
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: demo
demo: $(VENV)/.app ## hear the bundled call, write its minutes and specs (ARGS="--lang en --no-ui")
	$(BIN)/dragoman demo $(ARGS)

.PHONY: test
test: check ## every check, then every test that takes less than a few seconds
	$(BIN)/pytest -m "not slow" -n auto --maxprocesses 4 --dist loadscope $(ARGS)

.PHONY: test-slow
test-slow: dev ## the tests that take longer: real speech, mutations, wheels
	$(BIN)/pytest -m "slow and not browser" -n 2 --dist loadscope $(ARGS) $(SOME)
	$(BIN)/pytest -m "slow and browser" $(ARGS) $(SOME)

.PHONY: check
check: dev ## format, lint, types, import contracts, dead code, dependencies
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/vulture
	$(BIN)/deptry .

.PHONY: format
format: dev ## put the code into its form
	$(BIN)/ruff check --fix --select I,W
	$(BIN)/ruff format

.PHONY: dev
dev: $(VENV)/.dev $(VENV)/.app ## .venv with what the checks and tests need

.PHONY: lock
lock: dev ## write both lock files anew (UPGRADE=--upgrade for newer releases)
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

.PHONY: clean
clean: ## remove .venv, caches and build outputs; never recordings or documents
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: anew
anew:
$(addprefix $(VENV)/,pyvenv.cfg .runtime .dev .app): $(ANEW)

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Dragoman needs Python 3.11 or newer; '$(PYTHON)' was not found." >&2; \
	  echo "Install one, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Dragoman needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1 | head -n 1)." >&2; \
	  echo "Install one, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; \
	  exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/pyvenv.cfg
	@echo "Installing what Dragoman needs into $(VENV); the first time takes about a minute."
	$(INSTALL) requirements.lock
	@touch $@

# The development lock holds the runtime lock's releases too, so one install does for both.
$(VENV)/.dev: requirements-dev.lock | $(VENV)/pyvenv.cfg
	@echo "Installing what the checks and tests need into $(VENV); the first time takes about a minute."
	$(INSTALL) requirements-dev.lock
	@touch $@ $(VENV)/.runtime

$(VENV)/.app: pyproject.toml | $(VENV)/.runtime
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@
