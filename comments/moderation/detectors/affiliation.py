"""Does the writer praise an organisation to which they are tied, without saying so?

Three things must come together: an organisation, a good word for it (praise or an
invitation), and a tie, be it technical (address, site), told (“our team”), or likely (a
stranger who speaks of nothing else). A tie that is declared silences this detector.
"""

import re
from collections.abc import Iterator

from .. import phrases
from ..organisations import (
    SHORTEST_TIE,
    Tie,
    is_signed,
    names,
    organisations,
    ties,
)
from ..text import Folded, fold, host_of, links, squeeze
from ..verdicts import Evidence, Reason, Submission
from .off_topic import is_far

NAMED_WEIGHT = 1.2
PRAISE_WEIGHT = 0.9
INVITATION_WEIGHT = 0.9
TIE_WEIGHT = {"mail": 3.2, "site": 3.2}
WEAK_TIE_WEIGHT = 2.2
SECOND_TIE_WEIGHT = 0.8
OURS_WEIGHT = 1.6
NOTHING_ELSE_WEIGHT = 2.3
DISCLOSED_WEIGHT = -4.0
SIGNED_WEIGHT = -3.0
DENIED_WEIGHT = -1.0

SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
ABOUT_THE_POST = re.compile(
    r"\b(?:posts?|article|articles|blog|billet|billets|tutorial|write-?up|texte|read)\b"
)


def detect(submission: Submission) -> Iterator[Evidence]:
    """Yield what speaks for and against a hidden tie; nothing where one is declared."""
    if submission.writer.affiliation.strip():
        return
    folded = fold(submission.body)
    found_ties = ties(submission)
    named = _named(submission, found_ties)
    if not named:
        return
    praise = _praise(folded)
    invitation = _first(folded, phrases.INVITATION, phrases.SUGGESTION, phrases.ERRAND)
    # Everybody sees the site beside a writer's name, but nobody sees their address.
    spoken_of = any(
        tie.kind == "mail" and tie.is_whole and not tie.is_link for tie in found_ties
    )
    if not (praise or invitation or spoken_of):
        return
    yield _evidence(NAMED_WEIGHT, named, "named")
    if praise:
        yield _evidence(PRAISE_WEIGHT, praise, "praise", organisation=named)
    if invitation:
        yield _evidence(INVITATION_WEIGHT, invitation, "invitation", organisation=named)
    yield from _tied(submission, found_ties, named, folded)
    if praise and invitation and not found_ties and _is_plain(folded):
        yield from _nothing_else(submission, named)
    yield from _against(submission, folded, named)


def _evidence(weight: float, excerpt: str, code: str, **details: str) -> Evidence:
    return Evidence(
        reason=Reason.UNDISCLOSED_AFFILIATION,
        weight=weight,
        excerpt=excerpt,
        code=f"affiliation.{code}",
        details=details,
    )


def _named(submission: Submission, found: list[Tie]) -> str:
    named = found[0].named if found else next(iter(organisations(submission)), "")
    is_link = named in links(submission.body)
    return _by_name(submission.body, named) if is_link else named


def _by_name(body: str, address: str) -> str:
    """Return what a person calls whom ``address`` leads to, as typed in the comment.

    “Do you have a link with https://…?” is no way to ask: the name is said where the
    comment says it, else the host alone.
    """
    host = host_of(address)
    spelled = squeeze(host)
    for name in names(body):
        if len(name) >= SHORTEST_TIE and squeeze(name) in spelled:
            return name
    bare = host.removeprefix("www.")
    start = address.lower().find(bare)
    return address[start : start + len(bare)] if start >= 0 else address


def _praise(folded: Folded) -> str:
    """The first praise that is not for what the blogger wrote."""
    for sentence in SENTENCE.finditer(folded.text):
        if ABOUT_THE_POST.search(sentence[0]):
            continue
        match = phrases.PRAISE.search(sentence[0]) or phrases.WARM.search(sentence[0])
        if match:
            start = sentence.start()
            return folded.original(start + match.start(), start + match.end())
    return ""


def _first(folded: Folded, *patterns: re.Pattern[str]) -> str:
    return next((found for p in patterns for found in folded.find(p)), "")


def _tied(
    submission: Submission, found: list[Tie], named: str, folded: Folded
) -> Iterator[Evidence]:
    for number, tie in enumerate(found):
        weight = TIE_WEIGHT[tie.kind] if tie.is_whole else WEAK_TIE_WEIGHT
        if number:
            weight = SECOND_TIE_WEIGHT
        yield _evidence(
            weight, tie.shown, f"tie_{tie.kind}", organisation=tie.named or named
        )
    ours = next(folded.find(phrases.OURS), "")
    if ours:
        yield _evidence(OURS_WEIGHT, ours, "ours", organisation=named)


def _is_plain(folded: Folded) -> bool:
    """Whether the praise or the invitation is one that needs no guessing."""
    plain = (phrases.PRAISE, phrases.INVITATION, phrases.SUGGESTION)
    return bool(_first(folded, *plain))


def _nothing_else(submission: Submission, named: str) -> Iterator[Evidence]:
    """A stranger who speaks of one organisation, and of nothing that the post does."""
    if submission.writer.is_known:
        return
    if is_far(submission):
        yield _evidence(NOTHING_ELSE_WEIGHT, named, "nothing_else")


def _against(submission: Submission, folded: Folded, named: str) -> Iterator[Evidence]:
    disclosed = next(folded.find(phrases.DISCLOSURE), "")
    if disclosed:
        yield _evidence(DISCLOSED_WEIGHT, disclosed, "disclosed", organisation=named)
    elif is_signed(submission, named):
        yield _evidence(SIGNED_WEIGHT, submission.writer.name, "signed")
    if submission.writer.denies_tie:
        name = submission.writer.name or submission.writer.email
        yield _evidence(DENIED_WEIGHT, name, "denied", organisation=named)
