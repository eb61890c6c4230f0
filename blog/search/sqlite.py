"""Full text in SQLite: an FTS5 index beside the table, kept by triggers."""

NAMES = {"title": "{title}", "about": "{title about}", "body": "{title about body}"}
CREATE = (
    """
    CREATE VIRTUAL TABLE blog_search USING fts5(
        title, about, body, tokenize='ascii',
        content='blog_searchtext', content_rowid='post_id'
    )
    """,
    """
    CREATE TRIGGER blog_search_added AFTER INSERT ON blog_searchtext BEGIN
        INSERT INTO blog_search (rowid, title, about, body)
        VALUES (new.post_id, new.title, new.about, new.body);
    END
    """,
    """
    CREATE TRIGGER blog_search_removed AFTER DELETE ON blog_searchtext BEGIN
        INSERT INTO blog_search (blog_search, rowid, title, about, body)
        VALUES ('delete', old.post_id, old.title, old.about, old.body);
    END
    """,
    """
    CREATE TRIGGER blog_search_changed AFTER UPDATE ON blog_searchtext BEGIN
        INSERT INTO blog_search (blog_search, rowid, title, about, body)
        VALUES ('delete', old.post_id, old.title, old.about, old.body);
        INSERT INTO blog_search (rowid, title, about, body)
        VALUES (new.post_id, new.title, new.about, new.body);
    END
    """,
)
DROP = ("DROP TABLE blog_search",)
MATCH = "SELECT rowid FROM blog_search WHERE blog_search MATCH %s"


def expression(words, column):
    """Return what to ask for: each of ``words``, in ``column`` or a weightier one.

    A word is a tuple of tokens, any of which will do.
    """
    asked = (f"({' OR '.join(alternatives)})" for alternatives in words)
    return f"{NAMES[column]} : ({' AND '.join(asked)})"
