"""A tiny assistant, trained once per run, and what the tests talk to it with."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import aiohttp
import pytest
import rasa.model_training
import rasa.shared.utils.io
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.turn_channel import TurnChannel

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
TOKEN = "a-secret-of-the-tests"


@pytest.fixture(scope="session", autouse=True)
def process_wide_settings() -> None:
    """Rasa's structured debug log prints every message when nobody configured it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    # Sanic rewrites its own methods when an app starts; only in this mode can a second app start in one process.
    Sanic.test_mode = True


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of a model trained on the test world with the root `config.yml`."""
    result = rasa.model_training.train(
        domain=str(DATA / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(DATA / "nlu"), str(DATA / "rules.yml")],
        output=str(tmp_path_factory.mktemp("models")),
        fixed_model_name="test-world",
    )
    assert result.code == 0
    return str(result.model)


@dataclass
class ActionServer:
    """A stand-in for the action server: does what a test tells it, remembers what it was asked."""

    mode: str = "ok"
    calls: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    async def run(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.calls.append(call)
        if self.mode == "broken":
            return web.json_response({"error": str(call["tracker"]["latest_message"]["text"])}, status=500)
        if self.mode == "nonsense":
            return web.json_response({"events": "none", "responses": []})
        outcome = "clarified" if call["next_action"] == "action_offer_readings" else "answered"
        set_outcome = {"event": "slot", "name": "turn_outcome", "value": outcome}
        reply = {"text": f"reply {len(self.calls)}", "buttons": [{"title": "ok", "payload": "/affirm"}]}
        return web.json_response({"events": [set_outcome], "responses": [reply]})


@pytest.fixture
async def actions() -> AsyncIterator[ActionServer]:
    server = ActionServer()
    app = web.Application()
    app.router.add_post("/webhook", server.run)
    app.router.add_get("/health", lambda _: web.json_response({"status": "ok"}))
    async with TestServer(app) as listening:
        server.url = str(listening.make_url("/webhook"))
        yield server


@dataclass
class Rasa:
    """A running turn channel over a real agent."""

    agent: Agent
    url: str
    session: aiohttp.ClientSession

    async def post(self, body: Any, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
        """Status and JSON of one call; a body of bytes goes out as it is."""
        content: dict[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
        headers = {"X-Turn-Token": token, "Content-Type": "application/json"}
        async with self.session.post(f"{self.url}/webhook", headers=headers, **content) as answer:
            return answer.status, await answer.json()

    async def say(self, text: str | None, **fields: Any) -> dict[str, Any]:
        """The answer to a typed message that has to succeed."""
        status, answer = await self.post(a_turn(text=text, **fields))
        assert status == 200, answer
        return answer

    async def events(self, learner_id: str, of_type: str) -> list[dict[str, Any]]:
        tracker = await self.agent.tracker_store.retrieve_full_tracker(learner_id)
        return [event.as_dict() for event in tracker.events if event.type_name == of_type]


def a_turn(**fields: Any) -> dict[str, Any]:
    """A valid turn body with the given fields replaced."""
    turn = {"turn_id": uuid.uuid4().hex, "learner_id": "learner-1", "text": "chào", "channel": "web", "payload": None}
    return {**turn, **fields}


def make_agent(model: str, tracker_file: Path, actions_url: str) -> Agent:
    """A fresh agent, as after a restart of the Rasa process."""
    store = SQLTrackerStore(domain=Domain.empty(), host=f"sqlite:///{tracker_file}")
    return Agent.load(
        model,
        tracker_store=store,
        lock_store=InMemoryLockStore(),
        action_endpoint=EndpointConfig(actions_url, enable_selective_domain=True),
    )


RasaFactory = Callable[..., Any]


@pytest.fixture
async def start_rasa(model: str, tmp_path: Path, actions: ActionServer) -> AsyncIterator[RasaFactory]:
    """Starts Rasa's web server with our channel; every start in a test shares one tracker file."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())

        async def start(*, ready: bool = True, actions_url: str | None = None) -> Rasa:
            url = actions_url or actions.url
            app = Sanic(f"rasa-{uuid.uuid4().hex}", configure_logging=False)
            app.ctx.agent = make_agent(model, tmp_path / "rasa.db", url) if ready else None
            channel = TurnChannel.from_credentials({"token": TOKEN, "actions_url": url})
            register([channel], app, route="/webhooks/")
            port = unused_port()
            server = await app.create_server(host="127.0.0.1", port=port, return_asyncio_server=True)
            await server.startup()
            await server.after_start()
            stack.push_async_callback(server.close)
            return Rasa(app.ctx.agent, f"http://127.0.0.1:{port}/webhooks/turn", session)

        yield start


@pytest.fixture
async def rasa_server(start_rasa: RasaFactory) -> Rasa:
    return await start_rasa()


@pytest.fixture(scope="session")
def phrases() -> dict[str, Any]:
    """Sentences the tests say, by the name of what they stand for."""
    return dict(rasa.shared.utils.io.read_yaml_file(DATA / "phrases.yml"))
