"""Who a web visitor is: a random id in a signed cookie that scripts cannot read."""

from __future__ import annotations

import secrets

from aiohttp import web
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "hocvu_visitor"
COOKIE_SECONDS = 400 * 24 * 3600
"""The longest life that browsers grant a cookie; a guide may be gone on with after months."""


class VisitorTokens:
    """Makes and reads visitor tokens. A token that we did not sign is no token."""

    def __init__(self, key: str, *, secure: bool) -> None:
        self._serializer = URLSafeSerializer(key, salt="webchat-visitor")
        self._secure = secure

    def visitor_of(self, request: web.Request) -> str | None:
        """The visitor's id, None without a valid token."""
        try:
            visitor = self._serializer.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return None
        return visitor if isinstance(visitor, str) else None

    def give(self, response: web.StreamResponse, visitor: str) -> None:
        token = self._serializer.dumps(visitor)
        response.set_cookie(
            COOKIE,
            token if isinstance(token, str) else token.decode(),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=self._secure,
            path="/",
        )


def new_visitor() -> str:
    return secrets.token_urlsafe(24)
