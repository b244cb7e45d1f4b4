"""The tables. Rows of `turns` and `walkthrough_moves` are written once and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out; a naive datetime is refused. SQLite keeps no offset, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("naive datetime: give an aware one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class InboxStatus(StrEnum):
    """Life of a received message. `dead` was given up after repeated failures; it stays to be looked at."""

    RECEIVED = "received"
    WORKING = "working"
    DONE = "done"
    DEAD = "dead"


OPEN_INBOX = (InboxStatus.RECEIVED, InboxStatus.WORKING)


class Learner(Base):
    """A person. `address_pair` is an id of hocvu/people/forms_of_address.yml, None until known."""

    __tablename__ = "learners"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    address_pair: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]


class ChannelIdentity(Base):
    """The only place that holds a channel's own id of a person."""

    __tablename__ = "channel_identities"
    __table_args__ = (UniqueConstraint("channel", "channel_user_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    channel_user_id: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class Conversation(Base):
    """All turns of one learner on one channel."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("learner_id", "channel"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"))
    channel: Mapped[str] = mapped_column(String(10))
    is_test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class InboxMessage(Base):
    """A message received, with personal data masked. `payload` is set when a button of ours was pressed."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "event_id"),
        Index("ix_inbox_learner_id_status_id", "learner_id", "status", "id"),
        Index("ix_inbox_status_id", "status", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"))
    channel: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[str] = mapped_column(String(100))
    turn_id: Mapped[str] = mapped_column(String(36), unique=True)
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    masked: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(String(10), default=InboxStatus.RECEIVED)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(36))
    claimed_until: Mapped[datetime | None]
    received_at: Mapped[datetime]


class Turn(Base):
    """One learner message and what was understood and done; the replies are in the outbox."""

    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"), index=True)
    utterance: Mapped[str] = mapped_column(Text)
    masked: Mapped[list[Any]]
    intent: Mapped[str | None] = mapped_column(String(100))
    confidence: Mapped[float | None]
    guide: Mapped[str | None] = mapped_column(String(60))
    understanding: Mapped[dict[str, Any]]
    actions: Mapped[list[Any]]
    outcome: Mapped[str] = mapped_column(String(40), index=True)
    model: Mapped[str | None] = mapped_column(String(120))
    rasa_ms: Mapped[int | None]
    total_ms: Mapped[int]
    received_at: Mapped[datetime]
    answered_at: Mapped[datetime] = mapped_column(index=True)


class OutboxKind(StrEnum):
    """A `reply` belongs to a turn; a `notice` is ours about the service itself (wait, personal data)."""

    REPLY = "reply"
    NOTICE = "notice"


class OutboxStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"


class OutboxMessage(Base):
    """A reply to deliver. `once_key` makes a second writing of the same reply impossible."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    turn_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    once_key: Mapped[str] = mapped_column(String(60), unique=True)
    reply: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(10), default=OutboxStatus.PENDING)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class Walkthrough(Base):
    """One learner's run through a guide: where it stands now. Its history is in `walkthrough_moves`."""

    __tablename__ = "walkthroughs"
    __table_args__ = (UniqueConstraint("learner_id", "guide"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"))
    guide: Mapped[str] = mapped_column(String(60))
    step_id: Mapped[str] = mapped_column(String(60))
    step_index: Mapped[int]
    phase: Mapped[str] = mapped_column(String(10))
    failures: Mapped[int]
    touched_at: Mapped[datetime]


class WalkthroughMove(Base):
    """What one turn did to a walkthrough. The turn id is the key: an effect is applied once, whoever repeats it."""

    __tablename__ = "walkthrough_moves"
    turn_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learners.id"), index=True)
    guide: Mapped[str] = mapped_column(String(60))
    control: Mapped[str] = mapped_column(String(20))
    say: Mapped[str] = mapped_column(String(20))
    branch: Mapped[str | None] = mapped_column(String(130))
    step_id: Mapped[str] = mapped_column(String(60))
    step_index: Mapped[int]
    phase: Mapped[str] = mapped_column(String(10))
    failures: Mapped[int]
    moved_at: Mapped[datetime]
