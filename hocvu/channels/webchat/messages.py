"""Messages as the web page sees them: both directions in one shape, without payloads."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from hocvu.store import inbox, outbox
from hocvu.store.database import Database
from hocvu.store.tables import OPEN_INBOX, InboxMessage, OutboxMessage


class NewMessage(BaseModel):
    """Body of a sent message: a client id and either text or a button, as in openapi.yaml."""

    model_config = ConfigDict(extra="forbid", strict=True)

    client_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    text: str | None = None
    button: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}\.[0-9]{1,2}$")] | None = None

    @model_validator(mode="after")
    def check_one_of(self) -> NewMessage:
        if (self.text is None) == (self.button is None):
            raise ValueError("give either text or button")
        return self


def learner_message(message: InboxMessage) -> dict[str, Any]:
    return {
        "id": f"l{message.id}",
        "from": "learner",
        "text": message.text,
        "at": message.received_at.isoformat(),
        "client_id": message.event_id,
        "answered": message.status not in OPEN_INBOX,
    }


def assistant_message(message: OutboxMessage) -> dict[str, Any]:
    reply = message.reply
    buttons = [
        {"id": f"{message.id}.{position}", "title": button["title"]} for position, button in enumerate(reply["buttons"])
    ]
    return {
        "id": f"a{message.id}",
        "from": "assistant",
        "text": reply["text"],
        "at": message.created_at.isoformat(),
        "buttons": buttons,
        "image": reply["image"],
        "card": reply["card"],
    }


async def read_history(database: Database, conversation_id: str, *, limit: int) -> dict[str, Any]:
    """The newest `limit` messages, oldest first, whether there are older ones, and the newest reply's id."""
    async with database.reading() as session:
        received = await inbox.newest(session, conversation_id=conversation_id, limit=limit + 1)
        sent = await outbox.newest(session, conversation_id=conversation_id, limit=limit + 1)
    rows: list[InboxMessage | OutboxMessage] = [*received, *sent]
    rows.sort(key=_when)
    return {
        "messages": [_message(row) for row in rows[-limit:]],
        "has_more": len(rows) > limit,
        "last_event_id": sent[0].id if sent else 0,
    }


def _message(row: InboxMessage | OutboxMessage) -> dict[str, Any]:
    return learner_message(row) if isinstance(row, InboxMessage) else assistant_message(row)


def _when(row: InboxMessage | OutboxMessage) -> tuple[Any, bool, int]:
    """Order of showing: by time; of the same instant the learner's first."""
    if isinstance(row, InboxMessage):
        return (row.received_at, False, row.id)
    return (row.created_at, True, row.id)
