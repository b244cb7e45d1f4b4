"""What actions meet in a unit test: a tracker, and stand-ins for what is kept about a learner."""

from __future__ import annotations

from rasa_sdk import Tracker

from hocvu.guidance.walkthrough import Say
from hocvu.people.walkthroughs import WalkView
from tests.unit.factories import make_branch, make_guide, make_step

POSITIONS = {0: ["à không"], 1: ["đầu tiên"], 2: ["hai", "thứ hai"], 3: ["ba"], -1: ["cuối"]}


class WalkthroughsStandIn:
    """Gives prepared results and keeps what it was asked."""

    def __init__(self, result=None, *, open_view=None, known=False):
        self.result = result
        self.open_view = open_view
        self.known = known
        self.asked = []

    async def open(self, guide, **asked):
        self.asked.append(asked)
        return self.result

    async def move(self, move, **asked):
        self.asked.append({"move": move, **asked})
        return self.result

    async def is_known(self, **asked):
        return self.known

    async def open_one(self, **asked):
        if isinstance(self.open_view, Exception):
            raise self.open_view
        return self.open_view


class LearnersStandIn:
    """Keeps how learners want to be called."""

    def __init__(self):
        self.called = {}

    async def call_by(self, pair, *, learner_id):
        self.called[learner_id] = pair.id


def make_tracker(intent, *, earlier=(), pressed_guide=None, guide=None, readings=(), text="", turn_id="t1", **fields):
    """A tracker whose newest message was understood so. `fields` are slots, parse fields or button values by name.

    `earlier` are events of messages before it, see `make_message`; a reading is a slug or a slug with its confidence.
    """
    if pressed_guide is not None:
        fields["guide"] = pressed_guide
    slots = {name: fields.pop(name, None) for name in ("topic", "offered", "misunderstood")}
    parsed = {name: fields.pop(name, None) for name in ("family", "second_guide", "normalised")}
    newest = make_message(intent, turn_id=turn_id, text=text, readings=readings, guide=guide, **parsed)
    newest["parse_data"]["entities"] = [{"entity": name, "value": value} for name, value in fields.items()]
    return Tracker("learner", slots, {}, [*earlier, newest], False, None, {}, None)


def make_message(intent, *, turn_id="t0", text="", readings=(), **parsed):
    """A user event, as Rasa gives it to an action."""
    ranking = [reading if isinstance(reading, tuple) else (reading, 0.4) for reading in readings]
    understood = {
        "intent": {"name": intent},
        "entities": [],
        "guide_ranking": [{"slug": slug, "confidence": confidence} for slug, confidence in ranking],
        **parsed,
    }
    return {"event": "user", "text": text, "parse_data": understood, "metadata": {"turn_id": turn_id}}


def make_view(say=Say.STEP, *, step_id="b", branch=None, is_stuck=False, why=None, picture=None, **changes):
    middle = make_step("b", make_branch("mo"), make_branch("doi")).model_copy(update={"why": why, "picture": picture})
    guide = make_guide("a", middle, "c").model_copy(update=changes)
    index = guide.step_index(step_id)
    return WalkView(say, guide, guide.steps[index], index + 1, branch, is_stuck)


def responses(messages):
    return [message["response"] for message in messages]


def payloads(message):
    return [button["payload"] for button in message["buttons"]]


def offered_pages(message):
    """Slugs behind the buttons of a message."""
    return [payload.split('"')[3] for payload in payloads(message) if payload.startswith("/choose_guide")]
