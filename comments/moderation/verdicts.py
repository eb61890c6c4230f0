"""The words of screening: what is judged, what is observed, what follows.

Everything here is plain data: no database, no request, no clock.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .relevance import PreparedBlog
    from .rules import Rule


class Reason(StrEnum):
    """Why a comment may be held."""

    OFF_TOPIC = "off_topic"
    PROMOTIONAL = "promotional"
    UNDISCLOSED_AFFILIATION = "undisclosed_affiliation"
    AUTOMATED = "automated"
    ABUSIVE = "abusive"


PRIORS: Mapping[Reason, float] = {
    Reason.OFF_TOPIC: -0.5,
    Reason.PROMOTIONAL: -3.5,
    Reason.UNDISCLOSED_AFFILIATION: -4.0,
    Reason.AUTOMATED: -3.5,
    Reason.ABUSIVE: -4.5,
}
"""What is likely of a comment before it was looked at, in nats.

A stranger's comment is taken to be as often on its subject as not: that is what the
weights of ``off_topic`` were fitted on, and why it takes much to hold for it alone.
"""


class Outcome(StrEnum):
    """What the machine may do with a comment. It never rejects."""

    PUBLISH = "publish"
    ASK = "ask"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who wrote the comment, as far as this blog knows.

    ``published`` and ``rejected`` count earlier comments here under the same address;
    ``affiliation`` is the tie the writer declares (empty: none declared);
    ``denies_tie`` is true once they were asked and answered that there is none.
    ``is_team`` marks those who write or moderate the blog.
    """

    name: str = ""
    email: str = ""
    url: str = ""
    affiliation: str = ""
    denies_tie: bool = False
    published: int = 0
    rejected: int = 0
    is_confirmed: bool = False
    is_team: bool = False

    @property
    def is_known(self) -> bool:
        """Whether comments of theirs have been published here before."""
        return self.is_team or self.published > self.rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A post, as far as screening needs it: plain text, no HTML.

    ``summaries`` maps a language (“fr”, “en”) to the summary in it.
    """

    title: str
    body: str
    language: str = ""
    summaries: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A comment with everything it is judged by.

    ``body`` is the text as typed. ``thread`` holds the texts of the comments already
    published under the post, oldest first; ``parent`` the one that is answered.
    ``other_posts`` are posts of the same blog that it might fit better. ``own_hosts``
    are the blog's own host names: linking to them advertises nothing.
    ``blog`` is all its posts, prepared: give that instead where there are many.
    ``repeats`` counts earlier comments here with the same text or link.
    ``honeypot`` is what was typed in a field that people do not see. ``rules`` are what
    the moderators have said in advance, as far as it is in force.
    """

    body: str
    subject: Subject
    writer: Writer = field(default_factory=Writer)
    language: str = ""
    thread: tuple[str, ...] = ()
    parent: str = ""
    other_posts: tuple[Subject, ...] = ()
    blog: "PreparedBlog | None" = None
    own_hosts: frozenset[str] = frozenset()
    repeats: int = 0
    honeypot: str = ""
    rules: "tuple[Rule, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation for (or, if negative, against) a reason to hold a comment.

    ``weight`` is in nats, natural-log odds: +0.69 doubles the odds, -0.69 halves them.
    ``excerpt`` is copied from the comment, so that its author can check it; an
    observation about who wrote it quotes the name, site or address instead.
    ``code`` says which sentence of ``explanations`` tells it to people, ``details``
    what that sentence names. What is ``circumstantial`` (who wrote it, which words were
    rejected here before) weighs only beside something seen in the comment itself.
    """

    reason: Reason
    weight: float
    excerpt: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    circumstantial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All evidence, and the probability of each reason.

    ``scores`` maps each reason to a probability, or to None where nobody could tell.
    ``failures`` names the detectors that broke; one is enough to hold. ``first`` are
    the scores before the blog's own decisions were asked (None: they were not), and
    ``learned`` is what those add to how far the comment is over the limit, in nats.
    """

    evidence: tuple[Evidence, ...]
    scores: Mapping[Reason, float | None]
    failures: tuple[str, ...] = ()
    first: Mapping[Reason, float | None] | None = None
    learned: float = 0.0

    @property
    def failed(self) -> bool:
        return bool(self.failures)


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """Return what JSON can hold of an observation; ``evidence_from_json`` reads it."""
    return {**asdict(evidence), "reason": evidence.reason.value}


def evidence_from_json(data: Mapping[str, Any]) -> Evidence:
    """Rebuild an observation that was stored, whatever an older version left out."""
    return Evidence(
        reason=Reason(data["reason"]),
        weight=float(data["weight"]),
        excerpt=str(data.get("excerpt", "")),
        code=str(data.get("code", "")),
        details={str(k): str(v) for k, v in dict(data.get("details") or {}).items()},
        circumstantial=bool(data.get("circumstantial", False)),
    )


def probability(log_odds: float) -> float:
    """Return the probability of ``log_odds`` (nats): 0 gives one half."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, log_odds))))


def log_odds(probability: float) -> float:
    """Return the log odds of a probability (nats), the inverse of ``probability``."""
    return math.log(max(1e-12, probability) / max(1e-12, 1.0 - probability))
