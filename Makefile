# make run    install, read every article of seeds/, print its events, write outputs/events.jsonl and .html
# make test   install everything, check style, types and imports, run the tests
# make train  train the default model (30 to 40 minutes on two cores)
# make model  a model in place of the one in the package: a teacher, its student, calibration, the report (an afternoon; needs ../shared)
# make bench  time the cold start
# PYTHON=python3.12 make run   with another Python (3.11 to 3.13)

PYTHON ?= python3
# The version that was tested. Another one: make test TORCH=torch
TORCH ?= torch==2.13.0
RUN := .venv-run
DEV := .venv-dev
PIP := -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint train model bench clean

run: $(RUN)/installed
	@mkdir -p outputs
	$(RUN)/bin/ssner extract seeds -o outputs/events.jsonl --html outputs/events.html --table

test: $(DEV)/installed lint
	$(DEV)/bin/python -m pytest

lint: $(DEV)/installed
	$(DEV)/bin/ruff check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

train: $(DEV)/installed
	$(DEV)/bin/python train.py

model: $(DEV)/installed
	@test -d ../shared/news || { echo "make model: ../shared/news is not there: it would learn from our own articles alone and put that in place of the shipped model"; exit 2; }
	$(DEV)/bin/python train.py experiment=teacher hydra.run.dir=runs/teacher
	$(DEV)/bin/python train.py experiment=distilled teacher.run=runs/teacher hydra.run.dir=runs/student \
	  package=src/ssner/pretrained
	$(DEV)/bin/python evaluate.py calibrate=true split=dev output=src/ssner/pretrained
	$(DEV)/bin/python evaluate.py output=docs/report against=null

bench: $(DEV)/installed
	$(DEV)/bin/python benchmarks/cold_start.py

$(RUN)/installed: pyproject.toml
	$(PYTHON) -m venv $(RUN)
	$(RUN)/bin/python $(PIP) -e .
	@touch $@

$(DEV)/installed: pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python $(PIP) --upgrade pip
	$(DEV)/bin/python $(PIP) "$(TORCH)"
	$(DEV)/bin/python $(PIP) -e ".[train,report,dev]"
	@touch $@

clean:
	rm -rf $(RUN) $(DEV) outputs build
