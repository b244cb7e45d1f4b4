# Học Vụ Số: one command for each thing that developers and operators do.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
export UV_PYTHON_DOWNLOADS := never
# The machine's own certificates where it has some: an office network may have an authority of its own.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),true,false)
# Compiled at set-up: a start takes 5 s instead of 13 where Python may not write .pyc files itself.
# uv from the PATH, or our own copy in .tools
UV := $(shell command -v uv || echo .tools/uv/bin/uv)
HOCVU := .venv/bin/hocvu

.PHONY: help run train test lint bench bench-understanding clean setup browser check-python locks

help: ## Show what can be done
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Set up, train when needed, start everything and print the address
	@$(HOCVU) run || [ $$? -eq 130 ] # Ctrl-C is the usual end

train: setup ## Train the model anew
	@$(HOCVU) train

test: setup browser ## Run every test
	@$(HOCVU) train --if-changed
	.venv/bin/python -m pytest -rs
	bot/.venv/bin/python -m pytest tests/bot -rs

lint: setup locks ## Check style, types, walls between rooms, content, locks
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(HOCVU) content lint

locks:
	$(UV) lock --check -q
	$(UV) lock --check -q --project bot

bench: setup ## Measure load time, understanding and answer times on this machine
	@$(HOCVU) train --if-changed
	.venv/bin/python -m benchmarks

bench-understanding: setup ## Compare our pipeline with Rasa's default and a linear one (an hour; DATA=dir for other data)
	@$(HOCVU) content export
	bot/.venv/bin/python -m benchmarks.understanding $(if $(DATA),--data "$(DATA)")

clean: ## Remove environments, builds and caches; var/ with its data stays
	rm -rf .venv bot/.venv .tools build .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

setup: .venv/.synced bot/.venv/.synced

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { echo "hocvu: $(PYTHON) is not Python 3.11: install Python 3.11 or set PYTHON=/path/to/python3.11" >&2; exit 1; }

.venv/.synced: pyproject.toml uv.lock | check-python $(UV)
	@echo "Setting up the platform's environment (.venv)"
	@$(UV) sync --frozen --compile-bytecode -q --python $(PYTHON)
	@touch $@

bot/.venv/.synced: bot/pyproject.toml bot/uv.lock | check-python $(UV)
	@echo "Setting up Rasa's environment (bot/.venv, 1.9 GB: some minutes on a slow line)"
	@$(UV) sync --frozen --compile-bytecode --project bot --python $(PYTHON)
	@touch $@

.tools/uv/bin/uv: | check-python
	@echo "Installing uv into .tools/uv"
	@$(PYTHON) -m venv .tools/uv && .tools/uv/bin/python -m pip install -q --disable-pip-version-check uv

browser: setup # a browser for the tests: one that is here, else Playwright's own, else Debian's
	@.venv/bin/python -m tests.browser.install
