"""first tables

Revision ID: 0001
Revises: 
"""

from alembic import op
import sqlalchemy as sa


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('learners',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('address_pair', sa.String(length=20), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learners'))
    )
    op.create_table('channel_identities',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('channel_user_id', sa.String(length=100), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_channel_identities_learner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_identities')),
    sa.UniqueConstraint('channel', 'channel_user_id', name=op.f('uq_channel_identities_channel_channel_user_id'))
    )
    with op.batch_alter_table('channel_identities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_channel_identities_learner_id'), ['learner_id'], unique=False)

    op.create_table('conversations',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('is_test', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_conversations_learner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations')),
    sa.UniqueConstraint('learner_id', 'channel', name=op.f('uq_conversations_learner_id_channel'))
    )
    op.create_table('walkthrough_moves',
    sa.Column('turn_id', sa.String(length=36), nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('guide', sa.String(length=60), nullable=False),
    sa.Column('control', sa.String(length=20), nullable=False),
    sa.Column('say', sa.String(length=20), nullable=False),
    sa.Column('branch', sa.String(length=130), nullable=True),
    sa.Column('step_id', sa.String(length=60), nullable=False),
    sa.Column('step_index', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(length=10), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_walkthrough_moves_learner_id')),
    sa.PrimaryKeyConstraint('turn_id', name=op.f('pk_walkthrough_moves'))
    )
    with op.batch_alter_table('walkthrough_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_walkthrough_moves_learner_id'), ['learner_id'], unique=False)

    op.create_table('walkthroughs',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('guide', sa.String(length=60), nullable=False),
    sa.Column('step_id', sa.String(length=60), nullable=False),
    sa.Column('step_index', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(length=10), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_walkthroughs_learner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_walkthroughs')),
    sa.UniqueConstraint('learner_id', 'guide', name=op.f('uq_walkthroughs_learner_id_guide'))
    )
    op.create_table('inbox',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('event_id', sa.String(length=100), nullable=False),
    sa.Column('turn_id', sa.String(length=36), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('payload', sa.Text(), nullable=True),
    sa.Column('masked', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('claimed_by', sa.String(length=36), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_inbox_conversation_id')),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_inbox_learner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox')),
    sa.UniqueConstraint('conversation_id', 'event_id', name=op.f('uq_inbox_conversation_id_event_id')),
    sa.UniqueConstraint('turn_id', name=op.f('uq_inbox_turn_id'))
    )
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inbox_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index('ix_inbox_learner_id_status_id', ['learner_id', 'status', 'id'], unique=False)
        batch_op.create_index('ix_inbox_status_id', ['status', 'id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('turn_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('once_key', sa.String(length=60), nullable=False),
    sa.Column('reply', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_outbox_conversation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('once_key', name=op.f('uq_outbox_once_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_turn_id'), ['turn_id'], unique=False)

    op.create_table('turns',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('learner_id', sa.String(length=36), nullable=False),
    sa.Column('utterance', sa.Text(), nullable=False),
    sa.Column('masked', sa.JSON(), nullable=False),
    sa.Column('intent', sa.String(length=100), nullable=True),
    sa.Column('confidence', sa.Double(), nullable=True),
    sa.Column('guide', sa.String(length=60), nullable=True),
    sa.Column('understanding', sa.JSON(), nullable=False),
    sa.Column('actions', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('model', sa.String(length=120), nullable=True),
    sa.Column('rasa_ms', sa.Integer(), nullable=True),
    sa.Column('total_ms', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_turns_conversation_id')),
    sa.ForeignKeyConstraint(['learner_id'], ['learners.id'], name=op.f('fk_turns_learner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turns'))
    )
    with op.batch_alter_table('turns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_turns_answered_at'), ['answered_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_turns_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_turns_learner_id'), ['learner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_turns_outcome'), ['outcome'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('turns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_turns_outcome'))
        batch_op.drop_index(batch_op.f('ix_turns_learner_id'))
        batch_op.drop_index(batch_op.f('ix_turns_conversation_id'))
        batch_op.drop_index(batch_op.f('ix_turns_answered_at'))

    op.drop_table('turns')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_turn_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_conversation_id'))

    op.drop_table('outbox')
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_index('ix_inbox_status_id')
        batch_op.drop_index('ix_inbox_learner_id_status_id')
        batch_op.drop_index(batch_op.f('ix_inbox_conversation_id'))

    op.drop_table('inbox')
    op.drop_table('walkthroughs')
    with op.batch_alter_table('walkthrough_moves', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_walkthrough_moves_learner_id'))

    op.drop_table('walkthrough_moves')
    op.drop_table('conversations')
    with op.batch_alter_table('channel_identities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_channel_identities_learner_id'))

    op.drop_table('channel_identities')
    op.drop_table('learners')
