# make run: the whole site on this machine.   make test: style, types and every test.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := run
.PHONY: run test install install-test lint lock scan sbom clean

# The first Python that is new enough; else the first one at all, which says what is missing.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
LOCKED_HERE := import sys; sys.exit((*sys.version_info[:2], sys.platform) != (3, 11, "linux"))
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$name; exit; }; done; command -v python3 || echo none)

run: install
	@exec .venv/bin/python manage.py run

install:
	@$(call with-python,local)

install-test:
	@$(call with-python,test)

lint: install-test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

# Files are handed out whole (tests/handing_out.py); each process has servers of its own (1 GiB each).
IN_PARALLEL = --numprocesses logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder

test: lint
	@chromium="$$(.venv/bin/python tests/find_chromium.py)" || exit 2; \
	DOSAY_CHROMIUM="$$chromium" .venv/bin/python -m pytest $(IN_PARALLEL)

# Supply chain: hashes anew; known holes (2: could not look); the list of parts as CycloneDX.
lock: .tools
	.tools/bin/python requirements/lock.py

scan: .tools
	@.tools/bin/python requirements/scan.py

sbom: .tools install
	.tools/bin/cyclonedx-py environment --output-reproducible --output-file sbom.json .venv

# By hash where the lock is for this Python; elsewhere by version.
.tools: requirements/tools.txt requirements/tools.lock
	@$(PYTHON) -m venv .tools && .tools/bin/pip install -qq \
		$$(.tools/bin/python -c '$(LOCKED_HERE)' && echo "--require-hashes --no-deps -r requirements/tools.lock" \
			|| echo "-r requirements/tools.txt") && touch .tools

# The data stays: it is in .data, or where DOSAY_DATA says.
clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

define with-python
if [ "$(PYTHON)" = none ]; then echo "Python 3.11 or newer is needed, and no Python was found." >&2; exit 2; fi; \
"$(PYTHON)" requirements/install.py $(1)
endef
