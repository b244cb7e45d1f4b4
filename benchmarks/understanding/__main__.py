"""Train and measure side by side: `python -m benchmarks.understanding [--data FOLDER] [--only NAME]`.

Without --data: our training data and the frozen suites; the figures are stored. With it: any folder of Rasa NLU data,
split by itself; the figures are printed. Runs in Rasa's environment, after `hocvu train` has exported the pages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.understanding import report
from benchmarks.understanding.figures import Read, figures_of
from benchmarks.understanding.suites import FOREIGN, Example, Question, frozen_suites, read_examples, split
from benchmarks.understanding.systems import DIET_CONFIG, ROOT, LinearBaseline, RasaSystem, System

SEED = 20
SYSTEMS: tuple[System, ...] = (
    RasaSystem("ours", ROOT / "config.yml", is_flat=False),
    RasaSystem("diet", DIET_CONFIG, is_flat=True),
    LinearBaseline(),
)


def measure(
    systems: Sequence[System], examples: Sequence[Example], suites: Mapping[str, Sequence[Question]]
) -> dict[str, Any]:
    """Figures by name of the system."""
    found = {}
    for system in systems:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{system.name}: training on {len(examples)} examples", flush=True)
            trained = system.train(examples, Path(folder))
            texts = [question.text for questions in suites.values() for question in questions]
            print(f"{system.name}: trained in {trained.seconds:.0f} s, reading {len(texts)} questions", flush=True)
            readings = iter(system.read(trained, texts))
        reads = {name: [Read(question, next(readings)) for question in rows] for name, rows in suites.items()}
        found[system.name] = figures_of(reads, trained, SEED)
        print(json.dumps(found[system.name], indent=1, ensure_ascii=False), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of Rasa NLU data instead of ours")
    parser.add_argument("--only", choices=[system.name for system in SYSTEMS], action="append")
    options = parser.parse_args()
    systems = [system for system in SYSTEMS if not options.only or system.name in options.only]
    if options.data is not None:
        training, suites = split(read_examples(options.data), SEED)
        print(report.tables({"systems": measure(systems, training, suites)}))
        return
    examples = [*read_examples(ROOT / "nlu_data"), *read_examples(ROOT / "build" / "nlu")]
    suites, waiting = frozen_suites({*(example.label for example in examples), FOREIGN})
    found = {"examples": len(examples), "waiting_for_their_guide": waiting}
    found["systems"] = measure(systems, examples, suites)
    print(report.tables(found))
    if len(systems) == len(SYSTEMS):
        report.store(found)


if __name__ == "__main__":
    main()
