# Python 3.11 to 3.13 and make are all that is needed; everything else is set up below .venv.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
READY := .venv/ready
SMOKE := build/smoke
POLNEAR ?= ../shared/polnear
MODEL ?= 1
SAMPLES := $(sort $(wildcard $(addprefix samples/*.,txt html json jsonl)))
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" pyproject.toml

.PHONY: help setup demo test lint types unit smoke docs screenshots bench bench-ledger bench-copies bench-crawl bench-follow bench-hostile accuracy model meaning lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

setup: $(READY) ## set up .venv from the lock file, every package checked against its hash

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "sayso needs Python 3.11 to 3.13: make PYTHON=path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## read the sample articles and print who claims what
	@$(BIN)/sayso read --actors samples/actors.csv $(SAMPLES)

test: lint types unit smoke ## everything that must pass

lint: setup ## style and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## static types, strict
	$(BIN)/mypy

unit: setup ## the tests
	$(BIN)/pytest

smoke: setup ## build the wheel, install it without the development tools, read a sample with it
	$(BIN)/python tests/smoke.py $(SMOKE)

docs: setup ## write the command reference and the README's demo again, from the program
	$(BIN)/python docs/write.py

screenshots: setup ## take the README's pictures of the desk again, with Chromium
	$(BIN)/python docs/screenshots.py

bench: setup ## CPU time of reading against the bare parser, and of starting up
	$(BIN)/python benchmarks/read.py

bench-ledger: setup ## time and size of a ledger of ARTICLES=100000 made articles
	$(BIN)/python benchmarks/ledger.py $(ARTICLES)

bench-follow: setup ## what a server sees and a ledger holds where following is killed again and again
	$(BIN)/python benchmarks/follow.py

bench-copies: setup ## how surely copies of articles are found
	$(BIN)/python benchmarks/copies.py

bench-hostile: setup ## a WARC file of 1,000 hostile records: what becomes of each
	$(BIN)/python benchmarks/hostile.py

bench-crawl: setup ## pages a second of a crawl of PAGES=3000 made pages, by stage, and its memory
	$(BIN)/python benchmarks/crawl.py $(PAGES)

accuracy: setup ## measure every record kind and write docs/accuracy.md; DATA=folder of public sets
	$(BIN)/python docs/accuracy.py $(DATA)

model: setup ## train the attribution model anew from POLNEAR=folder (about 90 minutes on two cores)
	@test -f "$(POLNEAR)/train.jsonl.gz" || { echo "name the folder of the corpus: make model POLNEAR=folder"; exit 1; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[train]'
	$(BIN)/sayso train $(POLNEAR)/train.jsonl.gz corpus/*-train.toml --dev $(POLNEAR)/dev.jsonl.gz \
		--out build/model --name $(MODEL)
	cp build/model/encoder.onnx build/model/roles.onnx build/model/tokenizer.json build/model/model.json \
		build/model/scores.json src/sayso/model/weights/

meaning: setup ## export the sentence encoder of search by meaning anew
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m sayso.training.meaning src/sayso/meaning/weights

lock: setup ## resolve the dependencies anew and pin each by hash
	$(BIN)/python -m pip install -qq --disable-pip-version-check 'uv>=0.9'
	$(COMPILE) --group dev --output-file requirements-dev.lock --upgrade
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock --upgrade

clean: ## remove what was made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
