"""Which words of the other language a word may stand for: kin by spelling."""

from functools import lru_cache


@lru_cache(maxsize=65536)
def kin(stem: str, word: str, language: str) -> tuple[str, ...]:
    """Return stems of the other language that may mean the same."""
    return ()
