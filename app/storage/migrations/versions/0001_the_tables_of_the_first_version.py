"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "acknowledged",
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash8", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_acknowledged")),
    )
    op.create_table(
        "blank_serial",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("spoiled_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "blank", name=op.f("pk_blank_serial")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "centre",
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("full_name", sa.String(), nullable=True),
        sa.Column("short", sa.String(), nullable=True),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("regency_code", sa.String(), nullable=True),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.Column("letterhead", sa.LargeBinary(), nullable=True),
        sa.Column("signatory_title", sa.String(), nullable=True),
        sa.Column("signatory", sa.String(), nullable=True),
        sa.Column("signatory_nip", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_centre")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "certificate",
        sa.Column("serial", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("centre", sa.BigInteger(), nullable=True),
        sa.Column("class_code", sa.String(), nullable=True),
        sa.Column("participant", sa.LargeBinary(), nullable=True),
        sa.Column("official_number", sa.String(), nullable=True),
        sa.Column("signed_on", sa.BigInteger(), nullable=True),
        sa.Column("credential_hash", sa.LargeBinary(), nullable=True),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.Column("back", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("other", sa.BigInteger(), nullable=True),
        sa.Column("state_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_certificate")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change",
        sa.Column("log", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("inner", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("log", "seq", name=op.f("pk_change")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consent",
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given_on", sa.BigInteger(), nullable=True),
        sa.Column("manner", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("participant", "version", name=op.f("pk_consent")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cursor",
        sa.Column("scope", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("hash4", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_cursor")),
    )
    op.create_table(
        "decision",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("override", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "participant", name=op.f("pk_decision")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delegation",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=True),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("delegation", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "first", name=op.f("pk_delegation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "device",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("revoked_on", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("logs", sa.LargeBinary(), nullable=True),
        sa.Column("issuing", sa.LargeBinary(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("arrival", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("author", sa.LargeBinary(), nullable=True),
        sa.Column("wall", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("centre", "class_code", "number", "participant", name=op.f("pk_draft")),
    )
    op.create_table(
        "enrolment",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "participant", name=op.f("pk_enrolment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erasure",
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("erased_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_erasure")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evaluation",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "participant", "form", name=op.f("pk_evaluation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follow_up",
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("manner", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("participant", "day", name=op.f("pk_follow_up")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "head",
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("wall", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("row", "part", "log", "seq", name=op.f("pk_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "instructor",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("centre", sa.BigInteger(), nullable=True),
        sa.Column("nip", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructor")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("branch", sa.LargeBinary(), nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("signed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.create_index("uq_log_log", ["log", "branch"], unique=True)

    op.create_table(
        "mark",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("arrival", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "number", "participant", name=op.f("pk_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "module",
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("jp", sa.BigInteger(), nullable=True),
        sa.Column("pass_mark", sa.BigInteger(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("material", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("programme", "version", "code", name=op.f("pk_module")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "named",
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash4", sa.LargeBinary(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("log", "seq", "hash4", "row", "part", name=op.f("pk_named")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "parked",
        sa.Column("log", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("log", "seq", "part", name=op.f("pk_parked")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("nik", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_place", sa.String(), nullable=True),
        sa.Column("birth_date", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("business", sa.String(), nullable=True),
        sa.Column("nib", sa.String(), nullable=True),
        sa.Column("capital", sa.BigInteger(), nullable=True),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("existing", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("login", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pin",
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_pin")),
    )
    op.create_table(
        "point",
        sa.Column("log", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "seq", name=op.f("pk_point")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "policy",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policy")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=True),
        sa.Column("serials", sa.LargeBinary(), nullable=True),
        sa.Column("copies", sa.LargeBinary(), nullable=True),
        sa.Column("printer", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "programme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("number_template", sa.String(), nullable=True),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_programme")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "result",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("participant", sa.LargeBinary(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("pre", sa.BigInteger(), nullable=True),
        sa.Column("post", sa.BigInteger(), nullable=True),
        sa.Column("assessor", sa.LargeBinary(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "participant", "module", name=op.f("pk_result")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revocation",
        sa.Column("serial", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("revoked_on", sa.BigInteger(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_revocation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "same_as",
        sa.Column("kind", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("one", sa.LargeBinary(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "one", "other", name=op.f("pk_same_as")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=True),
        sa.Column("starts", sa.BigInteger(), nullable=True),
        sa.Column("ends", sa.BigInteger(), nullable=True),
        sa.Column("jp", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("make_up_of", sa.BigInteger(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "class_code", "number", name=op.f("pk_session")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "status_list",
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("counter", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("epoch", "counter", name=op.f("pk_status_list")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "training_class",
        sa.Column("centre", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("intake", sa.String(), nullable=True),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("programme_version", sa.BigInteger(), nullable=True),
        sa.Column("first_day", sa.BigInteger(), nullable=True),
        sa.Column("last_day", sa.BigInteger(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("instructors", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "code", name=op.f("pk_training_class")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trust_file",
        sa.Column("counter", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_trust_file")),
        sqlite_with_rowid=False,
    )
