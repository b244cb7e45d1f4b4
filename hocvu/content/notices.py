"""What the service itself says, from knowledge/notices.yml: every name in it is checked at start."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from hocvu.content.faults import ContentError, Fault
from hocvu.content.models import ContentModel, Text
from hocvu.content.yaml_file import read_yaml
from hocvu.privacy.personal_data import PersonalData


class ServiceNotices(ContentModel):
    waiting: Text
    failed: Text


class ButtonTitles(ContentModel):
    """Titles of buttons that stand behind a list made from pages."""

    none_of_these: Text
    other_topic: Text


class FaultTexts(ContentModel):
    """One sentence for each fault code of the web chat API."""

    invalid_json: Text
    invalid_message: Text
    empty_message: Text
    message_too_long: Text
    unknown_button: Text
    no_conversation: Text
    busy: Text
    not_found: Text
    method_not_allowed: Text
    internal_error: Text


class Notices(ContentModel):
    """`positions` are the words by which one of several buttons is chosen, see hocvu/content/positions.py."""

    masks: dict[PersonalData, Text]
    personal_data: dict[PersonalData, Text]
    notices: ServiceNotices
    buttons: ButtonTitles
    positions: dict[int, tuple[Text, ...]]
    faults: FaultTexts


def load_notices(path: Path) -> Notices:
    """Raises ContentError when a text is missing, unknown or malformed."""
    try:
        notices = TypeAdapter(Notices).validate_python(read_yaml(path))
    except ValidationError as error:
        raise ContentError(
            [Fault(path, f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}") for detail in error.errors()]
        ) from error
    missing = [
        f"{name}.{kind}"
        for name in ("masks", "personal_data")
        for kind in PersonalData
        if kind not in getattr(notices, name)
    ]
    if missing:
        raise ContentError([Fault(path, f"texts missing: {', '.join(missing)}")])
    return notices
