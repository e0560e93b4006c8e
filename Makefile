# Kakawari. `make help` lists what there is. Every target may be called again at any time.
#   PYTHON=python3.12   the interpreter the virtual environment is made with (3.11, 3.12 or 3.13)
#   ARGS="..."          added to the command of run, test, mutants, faults, experiments, throughput, bench, dash, dash-bench, soak or screenshots, e.g. make test ARGS="-k budget"

PYTHON ?= python3
ARGS   ?=
JOBS   ?= 2

VENV := .venv
BIN  := $(VENV)/bin
PINS := pyproject.toml constraints.txt
PIP  := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input -c constraints.txt

# What .venv holds, one stamp each; a step is redone only when the files it was made from change.
MADE := $(VENV)/.made
CORE := $(VENV)/.core
DASH := $(VENV)/.dash
ALL  := $(VENV)/.all

# The words before a command that needs root: nothing for root itself.
ROOT := $(shell [ "$$(id -u)" -eq 0 ] || echo sudo -n)
APT  := $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0
# Installs apt packages without a word; says what went wrong when it fails.
GET  := get() { log=$$($(APT) update 2>&1 && $(APT) install -y --no-install-recommends "$$@" 2>&1) || { echo "$$log"; false; }; }
CAN_APT := command -v apt-get >/dev/null 2>&1 && { [ -z "$(ROOT)" ] || sudo -n true 2>/dev/null; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test mutants faults experiments throughput bench peers dash dash-bench soak screenshots lint format docs browser clean distclean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(CORE)  ## compare all Japan without and with support, and write a report
	@$(BIN)/kakawari compare baseline both $(ARGS)

test: lint browser  ## lint, then run the tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

mutants: $(CORE)  ## switch the mechanism of each statement off: its test must fail
	@$(BIN)/python -m experiments.mutants $(ARGS)

faults: $(ALL)  ## kill sweeps at random moments, fill disks: nothing may be lost (half an hour; the disks need root)
	@$(BIN)/python -m experiments.faults.kills $(ARGS)
	@$(BIN)/python -m experiments.faults.dask
	@$(BIN)/python -m experiments.faults.disk

experiments: $(CORE)  ## run the five worked experiments (a few minutes each)
	@for name in guides_or_hub load_sharing subsidy_years which_assumption where_one_hub; do \
		$(BIN)/kakawari experiment $$name $(ARGS) || exit $$?; done

throughput: $(CORE)  ## how much of the cores' time a sweep of 1,000 runs spends in the model
	@$(BIN)/python -m experiments.throughput $(ARGS)

bench: $(ALL) browser  ## measure speed, memory, and what a person waits for at the dashboard
	@$(BIN)/kakawari bench $(ARGS)
	@$(BIN)/python -m viz.dash_bench

peers: $(CORE)  ## time the same small model in other frameworks (installs them under build/peers)
	@$(BIN)/python benchmarks/run.py $(ARGS)

dash: $(DASH)  ## open the dashboard
	@$(BIN)/kakawari dash $(ARGS)

dash-bench: $(ALL) browser  ## only what a person waits for at the dashboard (some minutes)
	@$(BIN)/python -m viz.dash_bench $(ARGS)

soak: $(ALL)  ## let 30 visitors move sliders at the dashboard for 5 minutes
	@$(BIN)/python -m viz.dash_soak $(ARGS)

screenshots: $(ALL) browser  ## photograph every page of the dashboard into out/screenshots
	@$(BIN)/python -m viz.screenshots $(ARGS)

lint: $(ALL)  ## check style, formatting and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || \
		{ $(BIN)/ruff format --check . ; echo "Run: make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary

format: $(ALL)  ## rewrite the code in the project's style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

docs: $(CORE)  ## make the tables of MODEL.md anew
	@$(BIN)/python -m viz.appendix

browser:  ## install chromium and a Japanese font for the dashboard's tests, if missing
	@need=""; \
	command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
		|| command -v google-chrome >/dev/null 2>&1 || need="chromium"; \
	[ -n "$$(fc-list :lang=ja 2>/dev/null | head -n 1)" ] || need="$$need fonts-noto-cjk"; \
	if [ -z "$$need" ]; then exit 0; fi; \
	if $(CAN_APT); then \
		echo "Installing" $$need "(first time takes about 1 minute)"; \
		$(GET); get $$need && exit 0; \
	fi; \
	echo "Could not install" $$need "(needs apt and root or sudo): tests that need a browser will fail."

clean:  ## remove build/, out/ and caches
	@rm -rf build dist out .pytest_cache .hypothesis .mypy_cache .ruff_cache .coverage htmlcov
	@find . -path ./$(VENV) -prune -o -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

distclean: clean  ## clean, and remove .venv too
	@rm -rf $(VENV)

# Some systems' python3 comes without venv: try it, then its apt package, then virtualenv.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
		{ echo "Kakawari needs Python 3.11, 3.12 or 3.13: set PYTHON, e.g. make run PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	|| { $(CAN_APT) && echo "Installing python3-venv" \
		&& { $(GET); get python3-venv; } \
		&& $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 ; } \
	|| { echo "Installing virtualenv" \
		&& { $(PYTHON) -m pip install -qq --user --break-system-packages virtualenv 2>/dev/null \
			|| $(PYTHON) -m pip install -qq --user virtualenv ; } \
		&& $(PYTHON) -m virtualenv --quiet --clear $(VENV) ; } \
	|| { echo "Could not make $(VENV): install venv for $(PYTHON) (Debian: apt-get install python3-venv)"; exit 1; }
	@touch $@

$(CORE): $(PINS) | $(MADE)
	@echo "Installing Kakawari into $(VENV) (first time takes about 1 minute)"
	@$(PIP) -e .
	@touch $@

$(DASH): $(PINS) | $(MADE)
	@echo "Installing Kakawari and its dashboard into $(VENV) (first time takes about 2 minutes)"
	@$(PIP) -e ".[dash]"
	@touch $(CORE) $@

$(ALL): $(PINS) | $(MADE)
	@echo "Installing Kakawari, its dashboard and the checkers into $(VENV) (first time takes about 2 minutes)"
	@$(PIP) -e ".[dash,cluster,dev]"
	@touch $(CORE) $(DASH) $@
