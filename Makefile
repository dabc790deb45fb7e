# Two words matter: `make run` opens the app, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8501
WORKERS ?= 2
CONTACTS ?= 300000
BIN := .venv/bin
export PORT CONTACTS

.PHONY: help run test check format study bench screenshots overview clean venv venv-dev tools

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: venv ## Open the app on port 8501 (PORT=…), with the invented company unless EBB_WORKSPACE names yours
	@scripts/run.sh

test: venv-dev tools ## Run every test but the slow studies, in a real browser too
	@scripts/test.sh -n $(WORKERS) --dist loadgroup -m "not slow" $(ARGS)

check: venv-dev ## Lint, format, types, import directions and SQL
	@scripts/check.sh

format: venv-dev ## Put the code into the one format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

study: venv-dev ## Run the slow studies: estimators over many seeds
	@$(BIN)/python -m pytest -m slow $(ARGS)

bench: venv-dev tools ## Measure speed as ratios in one run (ARGS="--full" for the full size)
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: venv-dev tools ## Render every page, three widths, both themes, into screenshots/
	@$(BIN)/python -m scripts.screenshots $(ARGS)

overview: venv-dev tools ## Renew the picture in the README
	@$(BIN)/python -m scripts.screenshots --readme

clean: ## Remove the environment, caches and generated pictures (never a workspace)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache
	@rm -rf screenshots bench test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@scripts/venv.sh runtime

venv-dev:
	@scripts/venv.sh dev

tools:
	@scripts/tools.sh
