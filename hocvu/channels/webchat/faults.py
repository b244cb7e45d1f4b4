"""Faults of the API in one JSON shape, with a sentence that the page may show."""

from __future__ import annotations

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from hocvu.content.notices import FaultTexts
from hocvu.errors import HocvuError
from hocvu.store.database import DatabaseBusy

log = structlog.get_logger()

_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "message_too_long"}


class ApiFault(HocvuError):
    """A refused request. `code` names a sentence in knowledge/notices.yml, section `faults`."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def fault_middleware(texts: FaultTexts) -> Middleware:
    """Turns every exception into the one shape; an unexpected one is logged and shows nothing of itself."""

    @web.middleware
    async def answer_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiFault as fault:
            return _fault_response(texts, fault.status, fault.code)
        except DatabaseBusy:
            return _fault_response(texts, 503, "busy")
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _fault_response(texts, error.status, _HTTP_CODES.get(error.status, "invalid_message"))
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            log.exception("http.broke", path=request.path)
            return _fault_response(texts, 500, "internal_error")

    return answer_faults


def _fault_response(texts: FaultTexts, status: int, code: str) -> web.Response:
    return web.json_response({"ok": False, "error": {"code": code, "message": getattr(texts, code)}}, status=status)
