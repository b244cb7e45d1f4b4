from __future__ import annotations

from hocvu.channels.speak import notice, spoken
from hocvu.channels.turn_contract import TurnReplyMessage
from hocvu.people.address import AddressPair

CHI = AddressPair("chi", "chị", "em")


def test_a_reply_speaks_to_the_learner_in_text_and_button_titles():
    reply = TurnReplyMessage(text="[Bác] ơi", buttons=[{"title": "Hỏi [cháu]", "payload": "/x"}])

    said = spoken(reply, CHI)

    assert (said["text"], said["buttons"]) == ("Chị ơi", [{"title": "Hỏi em", "payload": "/x"}])


def test_a_card_speaks_to_the_learner_at_every_depth():
    card = {"kind": "answer", "points": ["[Bác] gọi"], "hotlines": [{"name": "[cháu]", "open": True, "order": 1}]}

    said = spoken(TurnReplyMessage(card=card), CHI)

    assert said["card"] == {"kind": "answer", "points": ["Chị gọi"], "hotlines": [card["hotlines"][0] | {"name": "em"}]}


def test_a_payload_and_an_image_stay_as_they_are():
    reply = TurnReplyMessage(buttons=[{"title": "a", "payload": "/[bác]"}], image="/[bác].png")

    said = spoken(reply, CHI)

    assert (said["buttons"][0]["payload"], said["image"]) == ("/[bác]", "/[bác].png")


def test_a_reply_without_card_has_none():
    assert spoken(TurnReplyMessage(text="a"), CHI) == {"text": "a", "buttons": [], "image": None, "card": None}


def test_a_notice_has_the_shape_of_a_reply():
    said = notice("[Cháu] đang bận.", CHI)

    assert said == {"text": "Em đang bận.", "buttons": [], "image": None, "card": {"kind": "notice"}}
    assert said.keys() == spoken(TurnReplyMessage(), CHI).keys()
