# The two commands of the README are `make demo` and `make test`; each works alone on a clean clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint coverage bench fuzz soak servers upgrade wheel clean

demo: $(VENV)/.demo
	$(BIN)/firstreply demo

test: $(VENV)/.test
	$(BIN)/pytest -n auto

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/pylint --disable=all --enable=duplicate-code bot

# All that is measured, or what ARGS says: ARGS="sending --letters 10000 --json".
ARGS ?=
# Which lines no test runs, the least covered file last.
coverage: $(VENV)/.test
	$(BIN)/pytest -n auto --cov=bot --cov-report=
	$(BIN)/coverage report --sort=-cover --skip-covered

bench: $(VENV)/.test
	$(BIN)/python -m bench $(ARGS)

# Coverage-guided fuzzing of the reader for SECONDS, from the seeds in tests/fuzz and the mails in FOLDERS (any number, one message a file).
# It needs atheris, which is no dependency of ours: .venv/bin/pip install "atheris>=3,<4" (Linux, Python 3.11 to 3.13).
# A finding is written to .fuzz/ and stops the run; it becomes a test in tests/core first, and is then mended.
SECONDS ?= 600
FOLDERS ?=
fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz.with_coverage $(SECONDS) $(FOLDERS)

# The long sweeps of tests/soak for SECONDS, their seeds counting up from SEED: walks, kills, cut disks, servers that lie, racing daemons.
# FIGURES may be --json, and `--only walk` one sweep of them: tests/soak/__main__.py has them all.
SEED ?= 1
FIGURES ?=
soak: $(VENV)/.test
	$(BIN)/python -m tests.soak $(SECONDS) $(SEED) $(FIGURES)

# The newest of everything that pyproject.toml allows, and whether all still holds.
upgrade: $(VENV)/.test
	$(BIN)/pip install --quiet --upgrade --upgrade-strategy eager --editable ".[test]"
	$(MAKE) lint test

wheel: $(VENV)/.test
	$(BIN)/pip install --quiet "build>=1.3,<2"
	$(BIN)/python -m build --outdir dist

# What the story tests talk to; Debian and its kin.
servers:
	apt-get update
	DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends dovecot-imapd dovecot-lmtpd postgresql chromium fonts-noto-cjk systemd spamassassin
	sh tests/servers/unpack.sh $(FIRSTREPLY_TEST_SERVERS)

$(VENV)/.demo: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable ".[demo]"
	touch $@

$(VENV)/.test: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
