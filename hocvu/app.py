"""The gateway: wires the parts once and serves them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from hocvu.channels.health import Health
from hocvu.channels.news import ConversationNews
from hocvu.channels.pictures import Pictures
from hocvu.channels.receive import Receiver
from hocvu.channels.turn_client import TurnClient
from hocvu.channels.turn_record import TurnRecorder
from hocvu.channels.turn_worker import TurnWorker, WorkerLimits
from hocvu.channels.webchat.faults import fault_middleware
from hocvu.channels.webchat.routes import WebChat
from hocvu.channels.webchat.visitor import VisitorTokens
from hocvu.clock import Clock, utc_now
from hocvu.content.notices import load_notices
from hocvu.content.shelf import Shelf
from hocvu.errors import HocvuError
from hocvu.logs import configure_logs
from hocvu.people.address import load_pairs
from hocvu.settings import PROJECT_ROOT, Settings, load_settings
from hocvu.store import inbox
from hocvu.store.database import Database
from hocvu.store.upgrade import upgrade

PAGE = PROJECT_ROOT / "web" / "chat"
MAX_BODY_BYTES = 1 << 20
READY_POLL_SECONDS = 0.3
STREAMS_END_SECONDS = 1.0
"""Open event streams never end by themselves; browsers reconnect to the next start and miss nothing."""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

DATABASE = web.AppKey("database", Database)
WORKER = web.AppKey("worker", TurnWorker)
CLIENT = web.AppKey("client", TurnClient)


async def make_app(settings: Settings, *, clock: Clock = utc_now) -> web.Application:
    """The gateway's application; opens nothing on the network before it is started."""
    notices = load_notices(settings.knowledge_dir / "notices.yml")
    pairs = load_pairs()
    default_pair = pairs[settings.default_address]
    database = Database(settings.database)
    session = aiohttp.ClientSession()
    client = TurnClient(
        session, rasa_url=settings.rasa_url, token=settings.turn_secret, timeout_seconds=settings.turn_timeout_seconds
    )
    news = ConversationNews()
    recorder = TurnRecorder(database, notices, pairs, default_pair, clock)
    worker = TurnWorker(database, client, recorder, news, clock, _limits(settings))
    tokens = VisitorTokens(settings.visitor_key, secure=settings.secure_cookies)
    chat = WebChat(database, Receiver(database, notices, clock), worker, news, tokens, clock)

    app = web.Application(
        middlewares=[_protect_page, fault_middleware(notices.faults, default_pair)], client_max_size=MAX_BODY_BYTES
    )
    app[DATABASE], app[WORKER], app[CLIENT] = database, worker, client
    pictures = Pictures(Shelf(settings.knowledge_dir))
    app.add_routes([*chat.routes(), *Health(database, client).routes(), *pictures.routes(), web.get("/", _page)])
    app.router.add_static("/static/chat", PAGE)
    app.cleanup_ctx.append(_database_and_worker)
    app.on_cleanup.append(lambda _: session.close())
    return app


def _limits(settings: Settings) -> WorkerLimits:
    return WorkerLimits(settings.turns_at_once, settings.notice_after_seconds, settings.turn_timeout_seconds)


async def _database_and_worker(app: web.Application) -> AsyncIterator[None]:
    database = app[DATABASE]
    await upgrade(database)
    if database.is_sqlite:  # the only gateway: nobody else can hold a claim
        async with database.writing() as session:
            await inbox.release_claims(session)
    working = asyncio.create_task(app[WORKER].run(), name="turn worker")
    yield
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    await database.close()


async def _page(request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


@web.middleware
async def _protect_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def _announce_when_ready(app: web.Application, url: str) -> None:
    while not await app[CLIENT].is_ready():
        await asyncio.sleep(READY_POLL_SECONDS)
    sys.stdout.write(f"Học Vụ Số is ready: {url}\n")
    sys.stdout.flush()


async def _with_ready_line(settings: Settings) -> web.Application:
    app = await make_app(settings)

    async def announce(app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_announce_when_ready(app, settings.public_url))
        yield
        task.cancel()

    app.cleanup_ctx.append(announce)
    return app


def main() -> None:
    """Serve until stopped by SIGINT or SIGTERM."""
    try:
        settings = load_settings()
        configure_logs(settings.log_level)
        web.run_app(
            _with_ready_line(settings),
            host=settings.host,
            port=settings.port,
            access_log=None,
            print=None,
            shutdown_timeout=STREAMS_END_SECONDS,
        )
    except HocvuError as error:
        sys.exit(f"hocvu: {error}")
    except OSError as error:
        sys.exit(f"hocvu: cannot listen on {settings.host}:{settings.port} ({error.strerror}): choose another PORT")


if __name__ == "__main__":
    main()
