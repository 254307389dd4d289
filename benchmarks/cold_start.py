"""Where the time of `ssner extract` on one short file goes, in a fresh process.

    python benchmarks/cold_start.py [--runs 9]

prints the median wall time of the whole command over fresh processes, and of its stages in one more: starting Python,
importing what the verb needs, loading the model, reading the article. A cold start of 1.5 s at most is the goal.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ARTICLE = Path(__file__).parent.parent / "seeds" / "s001.txt"
STAGES = """
import sys, time
began = time.perf_counter()
from ssner.document import dump_jsonl
from ssner.inference.inputs import InputOptions, read_inputs
from ssner.inference.predictor import Predictor
import onnxruntime, tokenizers
imported = time.perf_counter()
predictor = Predictor()
loaded = time.perf_counter()
predictor.read(next(iter(read_inputs([sys.argv[1]], InputOptions()))))
print(imported - began, loaded - imported, time.perf_counter() - loaded)
"""


def wall(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    command = [sys.executable, "-m", "ssner", "extract", "-q", str(ARTICLE)]
    wall(command)
    whole = [wall(command) for _ in range(runs)]
    empty = statistics.median(wall([sys.executable, "-c", "pass"]) for _ in range(runs))
    stages = [
        [float(x) for x in subprocess.run([sys.executable, "-c", STAGES, str(ARTICLE)], check=True, capture_output=True,
                                          text=True).stdout.split()]
        for _ in range(runs)
    ]  # fmt: skip
    imports, load, read = (statistics.median(column) for column in zip(*stages, strict=True))
    print(f"Python {sys.version.split()[0]}, {runs} fresh processes, median seconds")
    print(f"whole command    {statistics.median(whole):.2f}  (from {min(whole):.2f} to {max(whole):.2f})")
    for name, seconds in (("empty Python", empty), ("imports", imports), ("model", load), ("one article", read)):
        print(f"  {name:13}  {seconds:.2f}")


if __name__ == "__main__":
    main()
