"""A page as the replies it will be spoken in, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hocvu.content.cards import answer_text, emergency_text, needs
from hocvu.content.library import AnyPage
from hocvu.content.models import Answer, Emergency, Guide, Step
from hocvu.content.pictures.alternative import alternative
from hocvu.content.pictures.served import picture_path
from hocvu.content.responses import Responses


@dataclass(frozen=True, slots=True)
class SpokenReply:
    """One reply; the paths of its picture lead to the preview's own server. `when` is the stuck branch it answers."""

    text: str
    buttons: tuple[str, ...] = ()
    svg: str | None = None
    png: str | None = None
    picture: str = ""
    when: str = ""


def spoken_page(page: AnyPage, responses: Responses) -> list[SpokenReply]:
    """Every reply of the page in its order; of a guide every step with its ways out."""
    match page:
        case Guide():
            return list(_guide(page, responses))
        case Answer():
            said = [SpokenReply(answer_text(page))]
        case Emergency():
            said = [SpokenReply(emergency_text(page), tuple(hotline.number for hotline in page.hotlines))]
    return said if page.safety is None else [*said, _reply(responses, "utter_page_safety", safety=page.safety)]


def _guide(guide: Guide, responses: Responses) -> Iterator[SpokenReply]:
    facts = guide.facts
    begin = "utter_walk_begin_safely" if guide.safety else "utter_walk_begin"
    yield _reply(
        responses,
        begin,
        intro=guide.intro,
        papers=needs(facts),
        time=facts.time,
        fee=facts.fee,
        safety=guide.safety,
    )
    for number, step in enumerate(guide.steps, 1):
        yield _step(guide, step, number, responses)
        if step.stuck:
            branches = responses.say("utter_walk_branches", {})
            yield SpokenReply(branches.text, tuple(branch.when for branch in step.stuck))
        yield from (SpokenReply(branch.fix, when=branch.when) for branch in step.stuck)
    yield _reply(responses, "utter_walk_finished", done=guide.done)


def _step(guide: Guide, step: Step, number: int, responses: Responses) -> SpokenReply:
    words = {"guide": guide.slug, "step": step.id, "number": number, "do": step.do, "see": step.see}
    said = responses.say("utter_walk_step", words)
    return SpokenReply(
        said.text,
        said.buttons,
        svg=picture_path(guide, step),
        png=picture_path(guide, step, kind="png"),
        picture=alternative(step.picture) if step.picture else "",
    )


def _reply(responses: Responses, name: str, **words: str | None) -> SpokenReply:
    said = responses.say(name, words)
    return SpokenReply(said.text, said.buttons)
