"""In which language a post was written, and what was said of it in the other.

Four habits of bilingual WordPress blogs are known here:

- Basic Bilingual up to 0.4: the post meta ``language`` and ``other-excerpt``;
- Basic Bilingual from 1.0: ``bb-post-language`` and ``bb-post-excerpts`` (serialized);
- by hand, earlier still: ``<div class="other-excerpt" lang="xx">`` atop the text;
- Polylang's ``language`` terms, and qTranslate's two texts in one.

Where nothing says which language it is, the text tells, and the post is marked as
guessed.
"""

import re
from dataclasses import dataclass, field

from blog.html import plain_text
from blog.languages import LANGUAGES, detect_language

from . import php

OTHER = {"fr": "en", "en": "fr"}
BY_HAND = re.compile(
    r"""\s*<(?P<tag>div|p)\b(?=[^>]*class=["'][^"']*\bother-excerpt\b)"""
    r"""(?:[^>]*?\blang=["'](?P<language>[a-zA-Z]{2}))?[^>]*>"""
    r"""(?P<text>.*?)</(?P=tag)>\s*""",
    re.S | re.I,
)
QTRANSLATE = re.compile(
    r"<!--:(?P<comment>[a-z]{2})?-->|\[:(?P<square>[a-z]{2})?\]"
    r"|\{:(?P<curly>[a-z]{2})?\}"
)
BLOCK_END = re.compile(r"</(?:p|div|li|blockquote|h[1-6])>\s*|<br\s*/?>", re.I)
# What is in no language: listings, shortcodes, addresses.
NO_WORDS = re.compile(
    r"<pre\b.*?</pre>|<!--.*?-->|\[(?P<code>code|sourcecode)\b.*?\[/(?P=code)\]"
    r"|\[/?[a-z][^\[\]]*\]|https?://[^\s<>\"']+",
    re.S,
)
# Enough to tell a language by; a novel takes no longer than a page.
SAMPLE = 5_000


@dataclass(slots=True)
class Versions:
    """What an item says in each language, as WordPress kept it."""

    language: str
    is_guessed: bool = False
    titles: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    translation_group: str = ""
    notes: list[str] = field(default_factory=list)


def versions(item, default):
    """Return the ``Versions`` of an ``Item``.

    ``default`` is the language of the blog, for items too short to tell.
    """
    titles, bodies = split(item.title), split(item.content)
    if len(bodies.keys() & OTHER) == 2 or (not bodies and len(titles) == 2):
        return _both(item, titles, bodies)
    result = Versions(language="")
    title = next(iter(titles.values()), item.title)
    body = next(iter(bodies.values()), item.content)
    result.language = next(iter(bodies.keys() & OTHER), "") or declared_language(item)
    by_hand = BY_HAND.match(body)
    if by_hand:
        body = body[by_hand.end() :]
    if not result.language:
        result.is_guessed = True
        sample = NO_WORDS.sub(" ", f"{title} {body}")[:SAMPLE]
        result.language = detect_language(plain_text(sample), default)
    result.titles[result.language] = title
    result.bodies[result.language] = body
    result.summaries = _summaries(item, result.language)
    if by_hand:
        language = (by_hand["language"] or "").lower()
        language = language if language in OTHER else OTHER[result.language]
        result.summaries.setdefault(language, summary_text(by_hand["text"]))
    result.translation_group = next(
        (t.nicename for t in item.terms if t.domain == "post_translations"), ""
    )
    return result


def declared_language(item):
    """Return the language that the item's meta or terms name; empty if none does."""
    named = [
        *item.metadata("bb-post-language"),
        *item.metadata("language"),
        *(term.nicename for term in item.terms if term.domain == "language"),
    ]
    codes = (name.strip().lower()[:2] for name in named)
    return next((code for code in codes if code in OTHER), "")


def split(text):
    """Return the texts of qTranslate's markup by language; nothing if it is none.

    Only a text that begins with a marker of one of our languages, or ends with the
    closing one, counts: “[:id]” in the midst of a sentence is no Indonesian.
    """
    marks = list(QTRANSLATE.finditer(text))
    codes = [next(filter(None, mark.groups()), "") for mark in marks]
    if not set(codes) & set(LANGUAGES):
        return {}
    if text[: marks[0].start()].strip() and codes[-1]:
        return {}
    parts = {}
    before = text[: marks[0].start()]
    edges = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, code, end in zip(marks, codes, edges, strict=True):
        piece = text[mark.end() : end]
        if code:
            parts[code] = parts.get(code, "") + piece
        elif piece.strip():  # after a closing mark: it belongs to every language
            for language in parts:
                parts[language] += piece
    if before.strip():
        parts = {language: before + piece for language, piece in parts.items()}
    return parts


def _both(item, titles, bodies):
    first = next(code for code in (bodies or titles) if code in OTHER)
    declared = declared_language(item)
    result = Versions(language=declared or first)
    summaries = split(item.excerpt) or {}
    for language in LANGUAGES:
        result.titles[language] = titles.get(language, "") or (
            item.title if not titles else next(iter(titles.values()))
        )
        result.bodies[language] = bodies.get(language, item.content)
        if summaries.get(language, "").strip():
            result.summaries[language] = summary_text(summaries[language])
    result.summaries = _summaries(item, result.language) | result.summaries
    third = [code for code in bodies if code not in OTHER and bodies[code].strip()]
    for code in third:
        result.bodies[result.language] += f"\n\n{bodies[code]}"
        result.notes.append(code)
    return result


def _summaries(item, language):
    """Return the summaries by language: the newest kind of meta first."""
    found = {}
    for text in item.metadata("bb-post-excerpts"):
        try:
            excerpts = php.loads(text)
        except ValueError:
            continue
        if isinstance(excerpts, dict):
            for code, excerpt in excerpts.items():
                if code in OTHER and isinstance(excerpt, str) and excerpt.strip():
                    found.setdefault(code, summary_text(excerpt))
    for text in item.metadata("other-excerpt"):
        if text.strip():
            found.setdefault(OTHER[language], summary_text(text))
    if item.excerpt.strip() and not split(item.excerpt):
        found.setdefault(language, summary_text(item.excerpt))
    return found


def summary_text(html):
    """Return ``html`` as plain text in paragraphs, which is what a summary holds."""
    blocks = re.split(r"\n\s*\n", BLOCK_END.sub("\n\n", html.replace("\r\n", "\n")))
    return "\n\n".join(filter(None, (plain_text(block) for block in blocks)))
