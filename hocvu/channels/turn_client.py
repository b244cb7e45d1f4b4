"""One call of Rasa's turn channel, and what its failures mean for the message."""

from __future__ import annotations

import aiohttp
from pydantic import ValidationError

from hocvu.channels.turn_contract import TurnAnswer, TurnRequest
from hocvu.errors import HocvuError

TOKEN_HEADER = "X-Turn-Token"  # noqa: S105  # a header's name


class RasaUnavailable(HocvuError):
    """Rasa or the action server is down, starting or too slow: the message waits and is tried again."""


class TurnFailed(HocvuError):
    """Rasa is up and could not work this message: worth a few more tries, not endless ones."""


class TurnClient:
    """Calls `POST /webhooks/turn/webhook`. The same turn may be sent again: Rasa works it once."""

    def __init__(self, session: aiohttp.ClientSession, *, rasa_url: str, token: str, timeout_seconds: float) -> None:
        self._session = session
        self._rasa_url = rasa_url
        self._headers = {TOKEN_HEADER: token}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)

    async def take_turn(self, request: TurnRequest) -> TurnAnswer:
        """Rasa's answer. Raises RasaUnavailable or TurnFailed; no message carries the learner's text."""
        try:
            async with self._session.post(
                f"{self._rasa_url}/webhooks/turn/webhook",
                json=request.model_dump(),
                headers=self._headers,
                timeout=self._timeout,
            ) as response:
                if response.status != 200:
                    raise _failure(response.status, await _error_code(response))
                return TurnAnswer.model_validate(await response.json())
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError) as error:
            raise RasaUnavailable(f"Rasa did not answer: {type(error).__name__}") from error
        except (ValidationError, aiohttp.ContentTypeError, ValueError) as error:
            raise TurnFailed(f"Rasa's answer does not fit the contract: {type(error).__name__}") from error

    async def is_ready(self) -> bool:
        """Whether Rasa answers and has a model."""
        try:
            async with self._session.get(
                f"{self._rasa_url}/webhooks/turn/ready", headers=self._headers, timeout=aiohttp.ClientTimeout(total=2)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


_FAILED_AT_THIS_TURN = ("action_failed", "turn_unfinished")
"""Codes of the turn channel that waiting alone will not mend; every other 503 means that a part is away or busy."""


def _failure(status: int, code: str) -> HocvuError:
    if status == 503 and code not in _FAILED_AT_THIS_TURN:
        return RasaUnavailable(f"Rasa is up but not ready: {code}")
    return TurnFailed(f"Rasa answered {status} {code}")


async def _error_code(response: aiohttp.ClientResponse) -> str:
    try:
        return str((await response.json())["error"]["code"])
    except (aiohttp.ContentTypeError, ValueError, KeyError, TypeError):
        return "unknown"
