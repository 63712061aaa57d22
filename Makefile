# What you can do here. `make help` lists it. Everything runs from a .venv of this folder.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CHROMIUM ?= /usr/bin/chromium
# Another index for PyTorch's wheels, e.g. TORCH_INDEX=https://download.pytorch.org/whl/cpu
# (without it pip may take a CUDA build of several GB; the grader needs the CPU build only).
TORCH_INDEX ?=
INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
PIP := $(RUN) -m pip --disable-pip-version-check install -qq $(INDEX)
ARGS ?=
# In front of a command at the terminal: Ctrl-C then reaches the command and not make, which
# would print its own "Interrupt" after the last word. Not in the background, where it would stop.
ALONE = read -r _ _ _ _ group _ _ front _ < /proc/$$$$/stat; [ $$group != $$front ] || set -m;
SOURCES := xgrad workers grader rubrics migrations tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run test check bench attacks judge tools clean

help: ## List what you can do
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

# A lock file is installed again only when it (or this folder's place) changed: no network else.
setup: ## Make .venv with the pinned dependencies (done by the others when needed)
	@deploy/setup.sh "$(PYTHON)" run $(PIP)

setup-dev: setup
	@deploy/setup.sh "$(PYTHON)" dev $(PIP)

demo: setup ## Grade a real paper end to end, on the real parts, and check every score
	@$(RUN) -m xgrad demo $(ARGS)

run: setup ## Serve the portal with demo sign-ins until Ctrl-C
	@$(ALONE) $(RUN) -m xgrad run $(ARGS) || [ $$? -eq 130 ]  # Ctrl-C is no error

# Two files at a time: most tests wait for processes of their own more than they compute.
test: setup-dev tools ## Run every test
	@CHROMIUM="$(CHROMIUM)" $(RUN) -m pytest -q --numprocesses 2 --dist loadfile $(ARGS)

check: setup-dev ## Format, lint, types, layers
	@$(RUN) -m ruff format --check --quiet . && echo "format: ok"
	@$(RUN) -m ruff check --quiet . && echo "lint: ok"
	@$(RUN) -m mypy --no-error-summary && echo "types: ok"
	@$(VENV)/bin/lint-imports --no-logo
	@echo "check: ok"

bench: setup ## Measure the sandbox and the grade against a cold script
	@$(RUN) -m benchmarks $(ARGS)

attacks: setup-dev ## Try every attack against the real sandbox
	@$(RUN) -m tests.hostile $(ARGS)

judge: setup-dev ## Judge every sample of the library, and every wrong gradient with a known cause
	@$(RUN) -m tests.golden $(ARGS)

tools:
	@deploy/debian.sh "$(CHROMIUM)" chromium "the browser tests are left out. Install it or name \
another with make test CHROMIUM=/path/to/chromium"
	@deploy/debian.sh /usr/bin/newuidmap uidmap "ordinary users with subordinate ids are left out"

# What stands elsewhere in var is a course: its database, artefacts and passwords.
clean: ## Remove .venv and what `make run` left in var/demo
	@rm -rf $(VENV) var/demo
