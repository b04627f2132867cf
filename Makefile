# The developer's manual: `make` alone lists every target.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TRACKER := tracker-js
CLIENT := client-js

.PHONY: help run test faults fuzz lint format tracker tracker-check client bench-ingest bench-load bench-agents bench-distinct bench-exchange \
	bench-query bench-records bench-tracker clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

run: $(VENV)/.ready-to-run ## set up and start everything: store, collector, dashboard, demo shop
	@exec $(BIN)/footfall run

# Tests mostly wait for processes that they started, so two files at once take half the time. Those of e2e/ look at a clock.
JOBS ?= 2
test: $(VENV)/.ready-to-test $(TRACKER)/node_modules/.ready $(CLIENT)/node_modules/.ready $(CLIENT)/example/node_modules/.ready ## set up and pass every test: real store, real cluster, real browser
	@cd $(TRACKER) && $(NODE_PATH) npm test --silent
	@$(MAKE) --no-print-directory tracker-check
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile tests
	$(BIN)/python -m pytest e2e

ROUNDS ?= 200
faults: $(VENV)/.ready-to-test ## kill, stop and move everything under load, ROUNDS=200 times: nothing lost, nothing twice
	$(BIN)/python -m tests.faults --rounds $(ROUNDS)

RUNS ?= 1000000
fuzz: $(VENV)/.ready-to-test ## changed bodies for the whole way from request to log line, RUNS=1000000 of them: no uncaught error
	$(BIN)/python -m tests.fuzz --runs $(RUNS)

lint: $(VENV)/.ready-to-test $(TRACKER)/node_modules/.ready $(CLIENT)/node_modules/.ready ## style and types of all code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@cd $(TRACKER) && $(NODE_PATH) npm run --silent lint
	@cd $(CLIENT) && $(NODE_PATH) npm run --silent lint

format: $(VENV)/.ready-to-test ## put the Python code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

tracker: $(TRACKER)/node_modules/.ready ## build the tracker into collector/static/ and print sizes and integrity hashes
	@cd $(TRACKER) && $(NODE_PATH) npm run --silent build

tracker-check: $(TRACKER)/node_modules/.ready ## the committed tracker equals a fresh build
	@cd $(TRACKER) && $(NODE_PATH) npm run --silent check

client: $(CLIENT)/node_modules/.ready ## the JavaScript client: its types made of the API's document, and built
	@$(BIN)/footfall openapi | (cd $(CLIENT) && $(NODE_PATH) npm run --silent types)
	@cd $(CLIENT) && $(NODE_PATH) npm run --silent build

bench-ingest: $(VENV)/.ready-to-test ## beacons a second next to an empty Flask route and three other collectors (wrk, pip)
	$(BIN)/python -m bench.ingest

bench-distinct: $(VENV)/.ready-to-test ## a million invented paths, names, properties and visitors: memory of every process, totals exact
	$(BIN)/python -m bench.distinct

VISITS ?= 100000
MINUTES ?= 10
BEACONS ?= 1
bench-load: $(VENV)/.ready-to-test ## VISITS=100000 a minute for MINUTES=10 into the whole system, then with eight readers: latency, losses, memory
	$(BIN)/python -m bench.load --visits $(VISITS) --minutes $(MINUTES) --beacons $(BEACONS)
	$(BIN)/python -m bench.load --visits 20000 --minutes 2 --reports 8

bench-agents: $(VENV)/.ready-to-test ## how many browsers, systems and robots are recognised, on other people's collections (pip, npm)
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m bench.agents

bench-records: $(VENV)/.ready-to-test ## lists of records over a million interactions: deep pages, filters, searches
	$(BIN)/python -m bench.records

bench-tracker: $(VENV)/.ready-to-test ## end hundreds of visits badly, with and without storage, and count what is lost
	TRACKER_VISITS=216 $(BIN)/python -m pytest -s e2e/test_tracker_loss.py e2e/test_tracker_truth.py e2e/test_tracker_cost.py

bench-exchange: $(VENV)/.ready-to-test ## get a million events in, killed halfway, and out: rows a second, CPU, memory
	$(BIN)/python -m bench.exchange load
	$(BIN)/python -m bench.exchange export

EVENTS ?= 1000000
bench-query: $(VENV)/.ready-to-test ## ten questions over EVENTS=1000000 events through HTTP, beside hand-written SQL; hostile ones; with years of history
	$(BIN)/python -m bench.query --events $(EVENTS)
	$(BIN)/python -m bench.query_hostile
	$(BIN)/python -m bench.query_years

clean: ## remove what `make` installed; the data in var/ stays
	rm -rf $(VENV) $(TRACKER)/node_modules $(CLIENT)/node_modules $(CLIENT)/example/node_modules build *.egg-info

$(VENV)/.ready-to-run: pyproject.toml constraints.txt deploy/make_venv.py
	@$(PYTHON) deploy/make_venv.py $(VENV)
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml constraints.txt deploy/make_venv.py deploy/test_machine.py
	@$(PYTHON) deploy/make_venv.py $(VENV) test
	@$(BIN)/python deploy/test_machine.py
	@touch $@ $(VENV)/.ready-to-run

# Node is for the tracker's build and tests only: the system's, else the one of the PyPI wheel.
NODE_PATH = PATH="$(abspath $(BIN)):$$PATH"

# Next.js comes with a binary a platform, which a lock made on one platform need not name.
$(CLIENT)/example/node_modules/.ready: $(CLIENT)/example/package.json $(CLIENT)/node_modules/.ready
	@cd $(CLIENT)/example && $(NODE_PATH) npm install --no-package-lock --silent --no-audit --no-fund
	@touch $@

%/node_modules/.ready: %/package.json %/package-lock.json $(VENV)/.ready-to-test
	@cd $* && $(NODE_PATH) npm ci --silent --no-audit --no-fund
	@touch $@
