"""What a step's picture shows: a telephone's screen in a few words, which `pictures/` draws.

picture:
  title: VNeID
  parts:
    - field: Mật khẩu
    - link: Quên mật khẩu
  tap: Quên mật khẩu
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=110)]


class ScreenModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(ScreenModel):
    """One thing on the screen. `labels` are the words that `tap` and `look` may name."""

    def labels(self) -> Iterator[str]:
        """The first field's words; parts with several things override it."""
        yield str(next(iter(self.model_dump().values())))


class Heading(Part):
    """A line of large words."""

    heading: Label


class Paragraph(Part):
    """A few small words."""

    text: Words


class InputField(Part):
    """A box to type into; `value` is what stands in it, dots for what is secret."""

    field: Label
    value: Label | None = None


class Button(Part):
    button: Label


class Link(Part):
    """Words without a border that can be tapped."""

    link: Label


class Row(Part):
    """A line of a menu, with an arrow at its end."""

    row: Label


class Switch(Part):
    """A line with a switch at its end."""

    switch: Label
    on: bool = False


class Choice(Part):
    """A line with a box in front: ticked or not."""

    choice: Label
    ticked: bool = False


class Icons(Part):
    """Round signs with words below, three in a row."""

    icons: tuple[Label, ...] = Field(min_length=1, max_length=9)

    def labels(self) -> Iterator[str]:
        yield from self.icons


class Tabs(Part):
    """The bar at the foot of the screen."""

    tabs: tuple[Label, ...] = Field(min_length=2, max_length=5)

    def labels(self) -> Iterator[str]:
        yield from self.tabs


class CodeBoxes(Part):
    """Boxes for a code, one digit each."""

    code: Annotated[int, Field(ge=4, le=8)]

    def labels(self) -> Iterator[str]:
        yield "code"


class Keyboard(Part):
    keyboard: Literal["letters", "numbers"]


class MessageBubble(Part):
    """A text message; `sender` stands above it."""

    message: Words
    sender: Label | None = None


class Dialog(Part):
    """A question in a box over the screen, with its buttons."""

    dialog: Words
    buttons: tuple[Label, ...] = Field(min_length=1, max_length=3)

    def labels(self) -> Iterator[str]:
        yield from self.buttons


class Frame(Part):
    """A frame that the camera or a code fills; the words stand below it."""

    frame: Literal["qr", "face", "card", "paper", "photo", "nfc", "video"]
    words: Label

    def labels(self) -> Iterator[str]:
        yield self.words


class Search(Part):
    """A box with a magnifying glass."""

    search: Label


class IdentityCard(Part):
    """A drawn card with named lines, for where something is printed on a paper."""

    card: tuple[Label, ...] = Field(min_length=1, max_length=5)

    def labels(self) -> Iterator[str]:
        yield from self.card


_KINDS: dict[str, type[Part]] = {
    next(iter(kind.model_fields)): kind
    for kind in (
        Heading,
        Paragraph,
        InputField,
        Button,
        Link,
        Row,
        Switch,
        Choice,
        Icons,
        Tabs,
        CodeBoxes,
        Keyboard,
        MessageBubble,
        Dialog,
        Frame,
        Search,
        IdentityCard,
    )
}


def _kind_of(data: Any) -> str | None:
    """The kind a mapping names by its key; None for what is no part."""
    keys = data.keys() if isinstance(data, dict) else type(data).model_fields.keys() if isinstance(data, Part) else ()
    return next((key for key in keys if key in _KINDS), None)


AnyPart = Annotated[
    Annotated[Heading, Tag("heading")]
    | Annotated[Paragraph, Tag("text")]
    | Annotated[InputField, Tag("field")]
    | Annotated[Button, Tag("button")]
    | Annotated[Link, Tag("link")]
    | Annotated[Row, Tag("row")]
    | Annotated[Switch, Tag("switch")]
    | Annotated[Choice, Tag("choice")]
    | Annotated[Icons, Tag("icons")]
    | Annotated[Tabs, Tag("tabs")]
    | Annotated[CodeBoxes, Tag("code")]
    | Annotated[Keyboard, Tag("keyboard")]
    | Annotated[MessageBubble, Tag("message")]
    | Annotated[Dialog, Tag("dialog")]
    | Annotated[Frame, Tag("frame")]
    | Annotated[Search, Tag("search")]
    | Annotated[IdentityCard, Tag("card")],
    Discriminator(
        _kind_of,
        custom_error_type="unknown_part",
        custom_error_message=f"unknown part of a picture: use one of {', '.join(_KINDS)}",
    ),
]


class Screen(ScreenModel):
    """A telephone's screen. `tap` names what the finger points at, `look` what is framed to be read."""

    title: Label | None = None
    parts: tuple[AnyPart, ...] = Field(min_length=1, max_length=8)
    tap: Words | None = None
    look: Words | None = None

    @model_validator(mode="after")
    def check_target(self) -> Screen:
        if self.tap is not None and self.look is not None:
            raise ValueError("`tap` and `look` both stand: a picture points at one thing")
        target = self.tap or self.look
        labels = [label for part in self.parts for label in part.labels()]
        if target is not None and target not in labels:
            raise ValueError(f"{target!r} is not on the screen: one of {', '.join(labels)}")
        return self
