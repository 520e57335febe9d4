"""The decision log, append-only by trigger; the ledger begins it at the first start, once all is sealed"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NEVER = "The decision log is append-only: no entry is ever changed or deleted."
_GAP = "The decision log is numbered without gaps: an entry follows the last one."
_ON_SQLITE = (
    f"CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    f"CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    "CREATE TRIGGER decision_has_no_gap BEFORE INSERT ON decision WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM decision)"
    f" BEGIN SELECT RAISE(ABORT, '{_GAP}'); END",
)
_ON_POSTGRESQL = (
    f"CREATE FUNCTION decision_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_NEVER}'; END $$",
    "CREATE FUNCTION decision_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM decision) THEN"
    f" RAISE EXCEPTION '{_GAP}'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER decision_is_never_changed BEFORE UPDATE OR DELETE ON decision FOR EACH ROW EXECUTE FUNCTION decision_is_kept()",
    "CREATE TRIGGER decision_is_never_emptied BEFORE TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION decision_is_kept()",
    "CREATE TRIGGER decision_has_no_gap BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_follows()",
)


def upgrade() -> None:
    op.add_column("legal_case", sa.Column("log_salt", sa.LargeBinary(), nullable=True))
    op.add_column("arrival", sa.Column("raw_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
    op.create_table(
        "decision",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    for statement in _ON_SQLITE if op.get_bind().dialect.name == "sqlite" else _ON_POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    op.execute("DELETE FROM mark WHERE name = 'logged'")
    op.drop_table("decision")  # and its triggers with it
    if op.get_bind().dialect.name != "sqlite":
        op.execute(sa.text("DROP FUNCTION decision_is_kept()"))
        op.execute(sa.text("DROP FUNCTION decision_follows()"))
    op.drop_column("arrival", "raw_sha256")
    op.drop_column("legal_case", "log_salt")
