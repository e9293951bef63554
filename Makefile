# A target whose line ends in "## …" is shown by `make` alone, with that as its help.

PYTHON ?= python3
SHARED ?= ../shared
MINUTES ?= 20

.DELETE_ON_ERROR:
.PHONY: help demo test lint train evaluate bench screenshots shared

help:
	@echo 'Sayso: who said what, to whom, where, when, on whose say-so?'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile
	@echo 'Settings: PYTHON=$(PYTHON), SHARED=$(SHARED) (the folder with the annotated news)'

demo: .venv/ready ## read the bundled reports: one as a table here, all as demo/index.html
	@head -n 1 src/sayso/demo/reports.jsonl | .venv/bin/sayso read - --format table
	@mkdir -p demo
	@.venv/bin/sayso read src/sayso/demo/reports.jsonl --quiet --out demo/index.html --force
	@echo 'This one and eleven more as a page: demo/index.html'
	@echo 'In the reading room, until Ctrl-C: .venv/bin/sayso demo'

test: lint ## check style and types, and run the tests; needs no torch
	.venv/bin/pytest

lint: .venv/ready ## check style and types alone
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

train: shared .venv-train/ready ## make the weights from SHARED and training/data; resumes
	.venv-train/bin/python -m training --shared '$(SHARED)'

evaluate: shared .venv/ready ## score the installed models on every dev set of SHARED
	.venv/bin/python -m training.evaluate --shared '$(SHARED)' --model en
	.venv/bin/python -m training.evaluate --shared '$(SHARED)' --model en-fast

bench: .venv-bench/ready ## measure speed and memory beside others, and batches; hours; resumes
	.venv-bench/bin/python -m benchmarks
	.venv-bench/bin/python -m benchmarks.scale --folder runs/scale --minutes $(MINUTES)

screenshots: .venv/ready ## take the pictures in README and docs anew; needs chromium
	.venv/bin/python -m tests.browser.screenshots

shared:
	@test -d '$(SHARED)/data' && test -d '$(SHARED)/score' || { \
	  echo "There is no annotated news in '$(SHARED)': it needs the folders data and score." >&2; \
	  echo 'Name the folder that has them: make $(MAKECMDGOALS) SHARED=…' >&2; exit 1; }

# Environments, each made anew when what it is made from has changed. uv installs in seconds what
# takes pip minutes; `locked` takes nothing but the builds whose hashes are in the repository.

define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo 'Sayso needs Python 3.11 or newer. Name one: make PYTHON=python3.13' >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
  echo 'This Python has no venv. On Debian and Ubuntu: sudo apt install python3-venv' >&2; exit 1; }
@echo 'Setting up $(@D); this downloads packages and is done once.'
@$(PYTHON) -m venv --clear $(@D)
@$(pip) --require-hashes --only-binary :all: -r requirements/uv.txt
endef

pip = $(@D)/bin/python -m pip --disable-pip-version-check install --quiet
uv = $(@D)/bin/uv pip install --quiet --system-certs --python $(@D)/bin/python --no-deps
locked = $(uv) --require-hashes --only-binary :all: -r
itself = $(uv) --no-build-isolation --editable .

.venv/ready: pyproject.toml requirements/uv.txt requirements/dev.txt
	$(environment)
	@$(locked) requirements/dev.txt
	@$(itself)
	@touch $@

.venv-train/ready: pyproject.toml requirements/uv.txt requirements/dev.txt requirements/train.txt \
                   requirements/base.txt
	$(environment)
	@$(locked) requirements/dev.txt
	@$(locked) requirements/train.txt
	@$(locked) requirements/base.txt
	@$(pip) torch==2.13.0
	@$(itself)
	@touch $@

.venv-bench/ready: pyproject.toml requirements/uv.txt requirements/bench.txt
	$(environment)
	@$(locked) requirements/bench.txt
	@$(itself)
	@touch $@
