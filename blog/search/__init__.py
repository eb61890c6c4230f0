"""Finding posts by their words: folded and stemmed here, matched by the database.

SQLite and PostgreSQL see the same tokens, so that both find the same posts in the same
order. ``words`` makes tokens, ``documents`` says which words of a post weigh how much,
``sqlite`` and ``postgres`` match them, ``finding`` asks, ``excerpts`` shows where.
"""
