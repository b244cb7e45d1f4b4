"""Wakes whoever waits for something new in a conversation, inside this process.

Another process's news is found by polling the outbox; this only makes the usual case instant.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict


class ConversationNews:
    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def announce(self, conversation_id: str) -> None:
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    async def wait(self, conversation_id: str, *, at_most_seconds: float) -> None:
        """Returns at the next announcement, or when the time is over."""
        event = asyncio.Event()
        self._waiting[conversation_id].add(event)
        try:
            async with asyncio.timeout(at_most_seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self._waiting[conversation_id].discard(event)
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id]
