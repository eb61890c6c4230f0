"""A stored screening, told to people: the writer, and the moderators."""

import html
import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from urllib.parse import unquote, urlsplit

from django.utils.functional import cached_property

from blog.dates import long_day
from blog.models import CommentPolicy

from .models import PostComment
from .moderation import explanations
from .moderation.verdicts import Outcome, Reason, evidence_from_json

Status = PostComment.Status
LIGHT = 0.1
"""Nats; an observation of less weight changes nobody's mind in a queue."""
AT_ONCE = 6
"""Observations of one reason that are read at once, where all can be read."""
HREF = re.compile(r'<a [^>]*?href="([^"]*)"')


@dataclass(frozen=True)
class Explained:
    """What is to be said of ``comment`` at this moment, by its latest screening."""

    comment: PostComment

    @property
    def screening(self):
        return self.comment.screening

    @cached_property
    def evidence(self):
        """All evidence, the heaviest first."""
        stored = self.screening.evidence if self.screening else []
        return sorted(
            (_dated(evidence_from_json(item)) for item in stored),
            key=lambda item: -abs(item.weight),
        )

    @cached_property
    def reasons(self):
        return (
            [Reason(value) for value in self.screening.reasons]
            if self.screening
            else []
        )

    def evidence_for(self, reason):
        return [item for item in self.evidence if item.reason == reason]

    @property
    def is_question_open(self):
        """Whether the writer may still say if they have a tie."""
        comment = self.comment
        return (
            comment.status == Status.HELD
            and Reason.UNDISCLOSED_AFFILIATION in self.reasons
            and not (comment.affiliation or comment.denies_tie)
        )

    @property
    def question(self):
        return explanations.question(self.evidence_for(Reason.UNDISCLOSED_AFFILIATION))

    @property
    def is_only_asked(self):
        return self.screening is not None and self.screening.outcome == Outcome.ASK

    @property
    def for_writer(self):
        """The sentences its writer reads about a comment that waits."""
        reasons = [
            reason
            for reason in self.reasons
            if not (reason == Reason.UNDISCLOSED_AFFILIATION and self.is_question_open)
        ]
        return [
            explanations.for_writer(reason, self.evidence_for(reason))
            for reason in reasons
        ]

    @property
    def waits_by_policy(self):
        return (
            bool(self.screening)
            and not self.reasons
            and self.screening.policy
            in {
                CommentPolicy.HOLD_FIRST,
                CommentPolicy.HOLD_ALL,
            }
        )

    @property
    def waits_unexplained(self):
        """Whether it waits though nothing was found, say because it was reopened."""
        return (
            self.comment.status == Status.HELD
            and bool(self.screening)
            and not (self.reasons or self.waits_by_policy or self.screening.failures)
        )

    @property
    def for_moderator(self):
        """For each reason: its name, its probability, and what weighed, in order."""
        scores = self.screening.scores if self.screening else {}
        listed = sorted(
            (reason for reason in Reason if self.evidence_for(reason)),
            key=lambda reason: (reason not in self.reasons, -(scores.get(reason) or 0)),
        )
        return [
            {
                "reason": reason,
                "label": explanations.reason_label(reason),
                "is_why": reason in self.reasons,
                "percent": round(100 * (scores.get(reason) or 0)),
                "evidence": [
                    {
                        "sentence": explanations.for_moderator(item),
                        "is_for": item.weight > 0,
                        "weight": item.weight,
                    }
                    for item in self.evidence_for(reason)
                ],
            }
            for reason in listed
        ]

    @property
    def in_full(self):
        """The same with the lighter evidence of each reason apart, as ``lighter``."""
        return [
            item
            | {
                "evidence": item["evidence"][:AT_ONCE],
                "lighter": item["evidence"][AT_ONCE:],
            }
            for item in self.for_moderator
        ]

    @property
    def why(self):
        """The reasons it is held for, each with what weighed most."""
        return [
            item
            | {
                "evidence": [e for e in item["evidence"] if abs(e["weight"]) >= LIGHT][
                    :5
                ]
            }
            for item in self.for_moderator
            if item["is_why"]
        ]

    @property
    def changes(self):
        """What its writer changed after a rejection, in pieces; None if nothing."""
        before = getattr(self.comment, "amendment", None)
        return before and changes_between(before.text, self.comment.text)

    @property
    def links(self):
        """Where its links lead, each once: pairs of the real host and the address."""
        found = [html.unescape(href) for href in HREF.findall(self.comment.html)]
        if self.comment.user_url:
            found.append(self.comment.user_url)
        return [(host_of(address), address) for address in dict.fromkeys(found)]

    @property
    def parts(self):
        """The comment's text in pieces, those which told against it marked."""
        excerpts = {
            item.excerpt
            for item in self.evidence
            if item.weight > 0 and item.reason in self.reasons and item.excerpt.strip()
        }
        return parts_of(self.comment.text, excerpts)


def _dated(evidence):
    """Write the day a rule was made as the reader of this page writes days."""
    since = evidence.details.get("since")
    if not since:
        return evidence
    written = long_day(date.fromisoformat(since))
    return replace(evidence, details={**evidence.details, "since": written})


def parts_of(text, excerpts):
    """Cut ``text`` at the first occurrence of each excerpt; marks never overlap.

    Returns a list of ``{"text", "is_marked"}`` that adds up to ``text``.
    """
    taken = []
    for excerpt in sorted(excerpts, key=len, reverse=True):
        start = text.find(excerpt)
        end = start + len(excerpt)
        if start >= 0 and all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
    parts, position = [], 0
    for start, end in sorted(taken):
        parts.append({"text": text[position:start], "is_marked": False})
        parts.append({"text": text[start:end], "is_marked": True})
        position = end
    parts.append({"text": text[position:], "is_marked": False})
    return [part for part in parts if part["text"]]


def host_of(address):
    """Return the host an address leads to, as the network sees it: in plain letters.

    Look-alike letters of other alphabets show as “xn--…”. Empty where there is none.
    """
    try:
        host = unquote(urlsplit(address).hostname or "")
        return host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


def changes_between(before, after):
    """Compare two texts word by word.

    Returns a list of ``{"text", "kind"}`` with the kinds “same”, “gone” and “new”.
    """
    old, new = (re.findall(r"\s+|\S+\s*", text) for text in (before, after))
    pieces = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append({"text": "".join(old[a:b]), "kind": "same"})
            continue
        pieces.append({"text": "".join(old[a:b]), "kind": "gone"})
        pieces.append({"text": "".join(new[c:d]), "kind": "new"})
    return [piece for piece in pieces if piece["text"]]
