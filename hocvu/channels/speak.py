"""The way out, the same for every channel: what Rasa replied becomes what this learner is told."""

from __future__ import annotations

from typing import Any

from hocvu.channels.turn_contract import TurnReplyMessage
from hocvu.people.address import AddressPair, address, addressed


def notice(text: str, pair: AddressPair) -> dict[str, Any]:
    """A notice of the service, in the shape of a reply."""
    return {"text": address(text, pair), "buttons": [], "image": None, "card": {"kind": "notice"}}


def spoken(reply: TurnReplyMessage, pair: AddressPair) -> dict[str, Any]:
    """One reply with the learner's form of address in every text. Payloads stay as they are."""
    return {
        "text": address(reply.text, pair),
        "buttons": [{"title": address(button.title, pair), "payload": button.payload} for button in reply.buttons],
        "image": reply.image,
        "card": addressed(reply.card, pair),
    }
