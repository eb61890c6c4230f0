"""Full text in PostgreSQL: a column made from the others, with an index."""

# Weights as PostgreSQL calls them: A for titles, B for what is said often, C for all.
NAMES = {"title": "A", "about": "AB", "body": "ABC"}
CREATE = (
    """
    ALTER TABLE blog_searchtext ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('simple', about), 'B')
        || setweight(to_tsvector('simple', body), 'C')
    ) STORED
    """,
    "CREATE INDEX blog_search ON blog_searchtext USING gin (vector)",
)
DROP = ("ALTER TABLE blog_searchtext DROP COLUMN vector",)
MATCH = "SELECT post_id FROM blog_searchtext WHERE vector @@ to_tsquery('simple', %s)"


def expression(words, column):
    """Return what to ask for: each of ``words``, in ``column`` or a weightier one.

    A word is a tuple of tokens, any of which will do.
    """
    asked = (
        " | ".join(f"{token}:{NAMES[column]}" for token in alternatives)
        for alternatives in words
    )
    return " & ".join(f"({word})" for word in asked)
