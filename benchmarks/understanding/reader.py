"""Reads questions with one trained Rasa model on one core.

`python -m benchmarks.understanding.reader MODEL QUESTIONS ANSWERS`, the last two JSON files.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent

WARM_UP = 20
RANKED = 3


async def read_all(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    """For every text: the three likeliest labels, the verdict, its confidence, what is offered, milliseconds."""
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    return [await _read(agent, text) for text in texts]


async def _read(agent: Agent, text: str) -> dict[str, Any]:
    started = time.perf_counter()
    parsed = await agent.parse_message(text)
    milliseconds = (time.perf_counter() - started) * 1000
    guides = [f"ask_guide/{guide['slug']}" for guide in parsed.get("guide_ranking", [])]
    verdict = parsed["intent"]["name"]
    if verdict == "ask_guide":
        verdict = f"ask_guide/{parsed['guide']}"
    return {
        "labels": _labels(parsed)[:RANKED],
        "verdict": verdict,
        "confidence": parsed["intent"]["confidence"],
        "offered": guides[:RANKED],
        "second": f"ask_guide/{parsed['second_guide']}" if parsed.get("second_guide") else None,
        "ms": milliseconds,
    }


def _labels(parsed: dict[str, Any]) -> list[str]:
    """Labels, the likeliest first, whatever was abstained from; the guides of a retrieval intent by themselves."""
    scores = {f"ask_guide/{guide['slug']}": guide["confidence"] for guide in parsed.get("guide_ranking", [])}
    for entry in parsed["intent_ranking"]:
        if entry["name"] not in ("nlu_fallback", "ask_guide"):
            scores.setdefault(entry["name"], entry["confidence"])
    return sorted(scores, key=lambda label: -scores[label])


def main(model: str, questions: str, answers: str) -> None:
    os.sched_setaffinity(0, {0})
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    texts = json.loads(Path(questions).read_text(encoding="utf-8"))
    read = asyncio.run(read_all(Agent.load(model), texts))
    Path(answers).write_text(json.dumps(read), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
