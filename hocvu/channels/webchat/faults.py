"""Faults of the API in one JSON shape, with a sentence that the page may show."""

from __future__ import annotations

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from hocvu.content.notices import FaultTexts
from hocvu.errors import HocvuError
from hocvu.people.address import AddressPair, address
from hocvu.store.database import DatabaseBusy

log = structlog.get_logger()

_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "message_too_long"}


class ApiFault(HocvuError):
    """A refused request. `code` names a sentence in knowledge/notices.yml, section `faults`."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def fault_middleware(texts: FaultTexts, pair: AddressPair) -> Middleware:
    """Turns every exception into the one shape; an unexpected one is logged and shows nothing of itself.

    `pair` is the default form of address: a refused request has no learner yet.
    """

    def refuse(status: int, code: str) -> web.Response:
        message = address(getattr(texts, code), pair)
        return web.json_response({"ok": False, "error": {"code": code, "message": message}}, status=status)

    @web.middleware
    async def answer_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiFault as fault:
            return refuse(fault.status, fault.code)
        except DatabaseBusy:
            return refuse(503, "busy")
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return refuse(error.status, _HTTP_CODES.get(error.status, "invalid_message"))
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            log.exception("http.broke", path=request.path)
            return refuse(500, "internal_error")

    return answer_faults
