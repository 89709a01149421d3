"""Counts of each page, the text of each line for searching, and indexes that large projects need.

All three tables are filled by triggers: whoever writes lines, drafts or texts cannot forget them. A later
migration that rebuilds ``lines``, ``drafts`` or ``transcriptions`` has to make their triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COUNTS = """
    SELECT count(*),
           count(l.current_draft_id),
           coalesce(sum(t.state = 'corrected'), 0),
           coalesce(sum(t.state = 'reviewed'), 0),
           coalesce(sum(t.state = 'unreadable'), 0),
           coalesce(sum(coalesce(t.state, 'open') = 'open' AND d.doubtful > 0), 0),
           coalesce(sum(t.state IN ('corrected', 'reviewed') AND t.text <> ''), 0),
           coalesce(1.0 - avg(d.confidence), 0.0)
    FROM lines AS l
    LEFT JOIN transcriptions AS t ON t.line_id = l.id
    LEFT JOIN drafts AS d ON d.id = l.current_draft_id
    WHERE l.page_id = {page} AND l.deleted = 0
"""
_COLUMNS = "lines, drafted, corrected, reviewed, unreadable, doubtful, truth, doubt"


def _count(page: str) -> str:
    """Count one page anew: exact whatever happened, and a page has some fifty lines."""
    counts = _COUNTS.format(page=page)
    return f"UPDATE page_counts SET ({_COLUMNS}) = ({counts}) WHERE page_id = {page};"


def _store_text(line: str) -> str:
    """What is shown of a line: the human's text, else the draft's."""
    return f"""
        DELETE FROM line_texts WHERE line_id = {line};
        INSERT INTO line_texts(line_id, text)
        SELECT l.id, coalesce(t.text, d.text)
        FROM lines AS l
        LEFT JOIN transcriptions AS t ON t.line_id = l.id
        LEFT JOIN drafts AS d ON d.id = l.current_draft_id
        WHERE l.id = {line} AND coalesce(t.text, d.text) IS NOT NULL;
    """


def _page_of(line: str) -> str:
    return f"(SELECT page_id FROM lines WHERE id = {line})"


_UNWRITTEN = "NOT EXISTS (SELECT 1 FROM transcriptions WHERE line_id = {line})"
_OTHER_TEXT = "NEW.text IS NOT (SELECT text FROM line_texts WHERE line_id = NEW.line_id)"
_IS_CURRENT = "NEW.id = (SELECT current_draft_id FROM lines WHERE id = NEW.line_id)"

# name: (event, condition, what is done)
_TRIGGERS = {
    "pages_insert_counts": ("INSERT ON pages", "1", "INSERT INTO page_counts(page_id) VALUES (NEW.id);"),
    "lines_insert_counts": ("INSERT ON lines", "1", _count("NEW.page_id")),
    "lines_update_counts": (
        "UPDATE OF deleted, current_draft_id ON lines",
        "OLD.deleted <> NEW.deleted OR OLD.current_draft_id IS NOT NEW.current_draft_id",
        _count("NEW.page_id"),
    ),
    "lines_delete_counts": ("DELETE ON lines", "1", _count("OLD.page_id")),
    "texts_insert_counts": ("INSERT ON transcriptions", "1", _count(_page_of("NEW.line_id"))),
    "texts_update_counts": (
        "UPDATE OF state, text ON transcriptions",
        "OLD.state <> NEW.state OR (OLD.text = '') <> (NEW.text = '')",
        _count(_page_of("NEW.line_id")),
    ),
    "texts_delete_counts": ("DELETE ON transcriptions", "1", _count(_page_of("OLD.line_id"))),
    "drafts_update_counts": (
        "UPDATE OF confidence, doubtful ON drafts",
        _IS_CURRENT,
        _count(_page_of("NEW.line_id")),
    ),
    "lines_update_text": (
        "UPDATE OF current_draft_id ON lines",
        f"OLD.current_draft_id IS NOT NEW.current_draft_id AND {_UNWRITTEN.format(line='NEW.id')}",
        _store_text("NEW.id"),
    ),
    "lines_delete_text": ("DELETE ON lines", "1", "DELETE FROM line_texts WHERE line_id = OLD.id;"),
    "texts_insert_text": ("INSERT ON transcriptions", _OTHER_TEXT, _store_text("NEW.line_id")),
    "texts_update_text": ("UPDATE OF text ON transcriptions", _OTHER_TEXT, _store_text("NEW.line_id")),
    "texts_delete_text": ("DELETE ON transcriptions", "1", _store_text("OLD.line_id")),
    "drafts_update_text": (
        "UPDATE OF text ON drafts",
        f"{_OTHER_TEXT} AND {_IS_CURRENT} AND {_UNWRITTEN.format(line='NEW.line_id')}",
        _store_text("NEW.line_id"),
    ),
    "line_texts_insert": (
        "INSERT ON line_texts",
        "1",
        "INSERT INTO line_search(rowid, text) VALUES (NEW.line_id, NEW.text);",
    ),
    "line_texts_delete": (
        "DELETE ON line_texts",
        "1",
        "INSERT INTO line_search(line_search, rowid, text) VALUES ('delete', OLD.line_id, OLD.text);",
    ),
}


def upgrade() -> None:
    """To 0002."""
    op.create_index("ix_journal_undone", "journal", ["undone"])
    op.create_index("ix_lines_current_draft_id", "lines", ["current_draft_id"])
    op.create_index("ix_evaluation_lines_line_id", "evaluation_lines", ["line_id"])
    op.create_index("ix_pages_number", "pages", ["number"])
    numbers = _COLUMNS.split(", ")[:-1]
    op.create_table(
        "page_counts",
        sa.Column("page_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in numbers),
        sa.Column("doubt", sa.Double(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_counts_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_counts")),
    )
    op.create_table(
        "line_texts",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_line_texts")),
    )
    # Three characters at a time, not words: pieces of words are searched, and ideographs have no blanks.
    op.execute("""
        CREATE VIRTUAL TABLE line_search USING fts5(
            text, content = 'line_texts', content_rowid = 'line_id', columnsize = 0, tokenize = 'trigram')
    """)
    op.execute("INSERT INTO page_counts(page_id) SELECT id FROM pages")
    op.execute(f"UPDATE page_counts SET ({_COLUMNS}) = ({_COUNTS.format(page='page_counts.page_id')})")
    op.execute("""
        INSERT INTO line_texts(line_id, text)
        SELECT l.id, coalesce(t.text, d.text)
        FROM lines AS l
        LEFT JOIN transcriptions AS t ON t.line_id = l.id
        LEFT JOIN drafts AS d ON d.id = l.current_draft_id
        WHERE coalesce(t.text, d.text) IS NOT NULL
        ORDER BY l.id
    """)
    op.execute("INSERT INTO line_search(line_search) VALUES ('rebuild')")
    for name, (event, condition, act) in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {event} WHEN {condition} BEGIN {act} END")
