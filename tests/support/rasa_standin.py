"""A stand-in for Rasa's turn channel: answers as the contract says, and misbehaves on demand."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "test-token"


@dataclass
class RasaStandIn:
    """Knobs to turn while a test runs; `worked` counts how often each turn id was really worked."""

    replies: list[dict[str, Any]] = field(default_factory=lambda: [{"text": "[Bác] hỏi gì ạ?", "buttons": []}])
    guide: str | None = None
    outcome: str = "answered"
    refuse_with: tuple[int, str] | None = None
    refusals_left: int | None = None
    delay_seconds: float = 0.0
    seen: list[dict[str, Any]] = field(default_factory=list)
    worked: Counter[str] = field(default_factory=Counter)
    side_by_side: Counter[str] = field(default_factory=Counter)
    most_side_by_side: int = 0
    broke_order: bool = False

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/webhooks/turn/webhook", self.take_turn)
        app.router.add_get("/webhooks/turn/ready", self.ready)
        return app

    async def ready(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def take_turn(self, request: web.Request) -> web.Response:
        turn = await request.json()
        self.seen.append(turn)
        if request.headers.get("X-Turn-Token") != TOKEN:
            return web.json_response({"error": {"code": "wrong_token", "message": ""}}, status=401)
        await self._be_slow(turn["learner_id"])
        if self._refuses():
            status, code = self.refuse_with or (500, "unknown")
            return web.json_response({"error": {"code": code, "message": ""}}, status=status)
        self.worked[turn["turn_id"]] += 1
        return web.json_response(self._answer(turn["turn_id"]))

    async def _be_slow(self, learner_id: str) -> None:
        self.side_by_side[learner_id] += 1
        self.broke_order |= self.side_by_side[learner_id] > 1
        self.most_side_by_side = max(self.most_side_by_side, sum(self.side_by_side.values()))
        await asyncio.sleep(self.delay_seconds)
        self.side_by_side[learner_id] -= 1

    def _refuses(self) -> bool:
        if self.refuse_with is None or self.refusals_left == 0:
            return False
        if self.refusals_left is not None:
            self.refusals_left -= 1
        return True

    def _answer(self, turn_id: str) -> dict[str, Any]:
        understanding = {"intent": "ask_guide", "confidence": 0.9, "guide": self.guide, "guide_ranking": []}
        return {
            "turn_id": turn_id,
            "replies": self.replies,
            "understanding": understanding,
            "actions": ["action_x"],
            "outcome": self.outcome,
            "model": "m1",
            "took_ms": 3,
        }
