"""What was seen, said to people: to moderators every observation, to writers the gist.

Every sentence sounds like a person, in both languages, and quotes the comment.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy

from .verdicts import Evidence, Reason

LABELS: Mapping[Reason, str] = {
    Reason.OFF_TOPIC: gettext_lazy("off topic"),
    Reason.PROMOTIONAL: gettext_lazy("advertising"),
    Reason.UNDISCLOSED_AFFILIATION: gettext_lazy("hidden tie"),
    Reason.AUTOMATED: gettext_lazy("sent by a machine"),
    Reason.ABUSIVE: gettext_lazy("hurtful"),
}

FOR_MODERATOR: Mapping[str, str] = {
    "off_topic.alien": gettext_lazy(
        "“%(excerpt)s” and most of its words do not occur under “%(post)s”: %(words)s."
    ),
    "off_topic.shared": gettext_lazy(
        "It takes up words of the post or of the conversation: %(words)s."
    ),
    "off_topic.far": gettext_lazy(
        "What it is about is far from “%(post)s” (%(words)s)."
    ),
    "off_topic.near": gettext_lazy(
        "What it is about is close to “%(post)s” (%(words)s)."
    ),
    "off_topic.better": gettext_lazy("It would fit your post “%(post)s” better."),
    "promotional.commerce": gettext_lazy("“%(excerpt)s” is how shops speak."),
    "promotional.self_promotion": gettext_lazy(
        "“%(excerpt)s”: it asks for attention to something of the writer's own."
    ),
    "promotional.invitation": gettext_lazy("“%(excerpt)s” invites readers elsewhere."),
    "promotional.suggestion": gettext_lazy(
        "“%(excerpt)s” sends readers elsewhere, as friends may too."
    ),
    "promotional.ours": gettext_lazy(
        "“%(excerpt)s”: it speaks in the name of an organisation."
    ),
    "promotional.organisation": gettext_lazy(
        "It both praises “%(excerpt)s” and invites readers to it."
    ),
    "promotional.praise": gettext_lazy(
        "“%(excerpt)s” praises something other than the post."
    ),
    "promotional.contact": gettext_lazy("“%(excerpt)s” is a way to get in contact."),
    "promotional.money": gettext_lazy("“%(excerpt)s” is a price or a sum."),
    "promotional.link": gettext_lazy("It links to another site: %(excerpt)s."),
    "promotional.bare_link": gettext_lazy(
        "It is little more than a link: %(excerpt)s."
    ),
    "promotional.only_link": gettext_lazy(
        "It is a link and nothing else: %(excerpt)s."
    ),
    "promotional.paid_link": gettext_lazy(
        "%(excerpt)s leads to a sale or a collection, or pays whoever passes it on."
    ),
    "promotional.short_link": gettext_lazy("%(excerpt)s hides where it leads."),
    "promotional.keyword_link": gettext_lazy(
        "The address %(excerpt)s says what it sells."
    ),
    "promotional.own_link": gettext_lazy("%(excerpt)s is the writer's own site."),
    "promotional.keyword_name": gettext_lazy(
        "“%(excerpt)s” reads like a search keyword rather than like a name."
    ),
    "promotional.address_as_name": gettext_lazy(
        "“%(excerpt)s” is the address of a site, and stands where a name should."
    ),
    "promotional.keyword_site": gettext_lazy(
        "The writer's site, %(excerpt)s, bears the name of what it sells."
    ),
    "promotional.own_praise": gettext_lazy(
        "It is signed “%(excerpt)s”, and speaks of “%(excerpt)s” as of somebody else."
    ),
    "promotional.trade": gettext_lazy(
        "“%(excerpt)s” is said in trade, though by others as well."
    ),
    "promotional.most_of_it": gettext_lazy(
        "Beside “%(excerpt)s” and the like, it says hardly anything."
    ),
    "affiliation.named": gettext_lazy("It speaks of “%(excerpt)s”."),
    "affiliation.praise": gettext_lazy(
        "“%(excerpt)s” is a good word for “%(organisation)s”."
    ),
    "affiliation.invitation": gettext_lazy(
        "“%(excerpt)s” sends readers to “%(organisation)s”."
    ),
    "affiliation.tie_mail": gettext_lazy(
        "The writer's mail address is at %(excerpt)s, which goes with "
        "“%(organisation)s”."
    ),
    "affiliation.tie_site": gettext_lazy(
        "The writer gives %(excerpt)s as their site, which goes with "
        "“%(organisation)s”."
    ),
    "affiliation.tie_name": gettext_lazy(
        "The writer's name, %(excerpt)s, goes with “%(organisation)s”."
    ),
    "affiliation.pitch": gettext_lazy(
        "“%(excerpt)s”: it says what “%(organisation)s” does for people."
    ),
    "affiliation.ours": gettext_lazy(
        "“%(excerpt)s”: the writer speaks as one of those they praise."
    ),
    "affiliation.inside": gettext_lazy(
        "“%(excerpt)s” is what those of “%(organisation)s” know first."
    ),
    "affiliation.house": gettext_lazy(
        "%(excerpt)s is the address of a house rather than of a person."
    ),
    "affiliation.near": gettext_lazy(
        "“%(excerpt)s”: it speaks of the post beside “%(organisation)s”."
    ),
    "affiliation.lived": gettext_lazy(
        "“%(excerpt)s”: the writer tells what they lived themselves."
    ),
    "affiliation.critical": gettext_lazy(
        "“%(excerpt)s” is not said by those who advertise “%(organisation)s”."
    ),
    "affiliation.nothing_else": gettext_lazy(
        "A stranger praises “%(excerpt)s”, invites readers to it, and says nothing of "
        "the post."
    ),
    "affiliation.disclosed": gettext_lazy(
        "“%(excerpt)s”: the writer says what ties them to it."
    ),
    "affiliation.signed": gettext_lazy(
        "It is signed “%(excerpt)s”, which says for whom it speaks."
    ),
    "affiliation.denied": gettext_lazy(
        "Asked about it, %(excerpt)s answered that there is no tie to "
        "“%(organisation)s”."
    ),
    "automated.honeypot": gettext_lazy(
        "“%(excerpt)s” was typed in a field that people do not see."
    ),
    "automated.repeat": gettext_lazy(
        "The same text or link came before (%(times)s): “%(excerpt)s”."
    ),
    "automated.invisible": gettext_lazy(
        "“%(excerpt)s” hides invisible characters between its letters."
    ),
    "automated.mixed_script": gettext_lazy(
        "“%(excerpt)s” mixes look-alike letters of several alphabets."
    ),
    "automated.spaced_out": gettext_lazy(
        "“%(excerpt)s” is spaced out, as is done to pass filters."
    ),
    "automated.disguised_link": gettext_lazy(
        "“%(excerpt)s” is an address in disguise, as is used to pass filters."
    ),
    "automated.again_and_again": gettext_lazy(
        "It says “%(excerpt)s” over and over (%(times)s times)."
    ),
    "automated.template": gettext_lazy(
        "“%(excerpt)s” is a choice that a program forgot to make."
    ),
    "automated.gibberish": gettext_lazy(
        "“%(excerpt)s” looks like the mark that a program leaves."
    ),
    "automated.markup": gettext_lazy(
        "“%(excerpt)s” is how programs write links; people just paste them."
    ),
    "automated.many_links": gettext_lazy(
        "It has %(number)s links and little else, the first being %(excerpt)s."
    ),
    "automated.flattery": gettext_lazy("“%(excerpt)s” could stand under any post."),
    "automated.flatterer_with_site": gettext_lazy(
        "Such praise comes with a link to %(excerpt)s."
    ),
    "automated.trackback": gettext_lazy(
        "“%(excerpt)s” is a piece of a page, as sites send them by themselves."
    ),
    "automated.nothing_said": gettext_lazy(
        "It says hardly a word, beside a link to %(excerpt)s."
    ),
    "automated.named_as_site": gettext_lazy(
        "Its writer bears the name of that site: %(excerpt)s."
    ),
    "abusive.insult": gettext_lazy("“%(excerpt)s” is an insult or a threat."),
    "abusive.coarse": gettext_lazy("“%(excerpt)s” is coarse."),
    "abusive.contempt": gettext_lazy("“%(excerpt)s” is said in scorn, to somebody."),
    "abusive.shouting": gettext_lazy("“%(excerpt)s” is shouted."),
    "writer.stranger": gettext_lazy("Nothing by %(who)s has been published here yet."),
    "writer.known": gettext_lazy("%(who)s is known here (%(published)s published)."),
    "writer.rejected": gettext_lazy(
        "Comments by %(who)s were rejected here before (%(rejected)s)."
    ),
    "writer.confirmed": gettext_lazy("The address of %(who)s is confirmed."),
    "writer.declared": gettext_lazy("The writer declares a tie: “%(excerpt)s”."),
    "rule.word.block": gettext_lazy(
        "“%(excerpt)s” is on your list of words that wait (%(source)s)."
    ),
    "rule.word.allow": gettext_lazy(
        "“%(excerpt)s” is on your list of words that pass (%(source)s)."
    ),
    "rule.host.block": gettext_lazy(
        "“%(excerpt)s” is on your list of sites that wait (%(source)s)."
    ),
    "rule.host.allow": gettext_lazy(
        "“%(excerpt)s” is on your list of sites that pass (%(source)s)."
    ),
    "rule.site.block": gettext_lazy(
        "The writer's site, %(excerpt)s, is on your list of sites that wait "
        "(%(source)s)."
    ),
    "rule.address.block": gettext_lazy(
        "“%(pattern)s” is on your list of addresses that wait (%(source)s)."
    ),
    "rule.address.allow": gettext_lazy(
        "“%(pattern)s” is on your list of addresses that pass (%(source)s)."
    ),
    "rule.commenter.block": gettext_lazy(
        "You chose to read %(who)s first (%(source)s)."
    ),
    "rule.commenter.allow": gettext_lazy("You trust %(who)s (%(source)s)."),
    "learned.rejected": gettext_lazy(
        "“%(excerpt)s” is a word of comments that were rejected here (%(rejected)s, "
        "against %(published)s published)."
    ),
    "learned.near_rejected": gettext_lazy(
        "“%(excerpt)s” resembles words of comments that were rejected here."
    ),
    "learned.near_published": gettext_lazy(
        "“%(excerpt)s” resembles words of comments that were published here."
    ),
    "learned.like_rejected": gettext_lazy(
        "As a whole (“%(excerpt)s…”), it is made like comments that were rejected here."
    ),
    "learned.like_published": gettext_lazy(
        "As a whole (“%(excerpt)s…”), it is made like comments that were published "
        "here."
    ),
    "learned.published": gettext_lazy(
        "“%(excerpt)s” is a word of comments that were published here (%(published)s, "
        "against %(rejected)s rejected)."
    ),
}

FOR_WRITER: Mapping[Reason, str] = {
    Reason.OFF_TOPIC: gettext_lazy(
        "I could not see what “%(excerpt)s” has to do with this post."
    ),
    Reason.PROMOTIONAL: gettext_lazy(
        "“%(excerpt)s” sounds like advertising. If it is not, do not worry."
    ),
    Reason.UNDISCLOSED_AFFILIATION: gettext_lazy(
        "You speak well of “%(excerpt)s”. If something ties you to it, say so: readers "
        "will take it better."
    ),
    Reason.AUTOMATED: gettext_lazy(
        "“%(excerpt)s” made me take your comment for the work of a program. If I am "
        "wrong, somebody will notice and publish it."
    ),
    Reason.ABUSIVE: gettext_lazy("“%(excerpt)s” may hurt somebody."),
}

FOR_WRITER_UNSEEN: Mapping[Reason, str] = {
    Reason.OFF_TOPIC: gettext_lazy(
        "I could not see what your comment has to do with this post."
    ),
    Reason.PROMOTIONAL: gettext_lazy(
        "Your comment sounds like advertising. If it is not, do not worry."
    ),
    Reason.UNDISCLOSED_AFFILIATION: gettext_lazy(
        "If something ties you to what you recommend, say so: readers will take it "
        "better."
    ),
    Reason.AUTOMATED: gettext_lazy(
        "I took your comment for the work of a program. If I am wrong, somebody will "
        "notice and publish it."
    ),
    Reason.ABUSIVE: gettext_lazy("Your comment may hurt somebody."),
}


QUESTION = gettext_lazy(
    "Do you have a link with %(organisation)s? Say so and readers will take it better."
)
QUESTION_UNNAMED = gettext_lazy(
    "Do you have a link with what you recommend? Say so and readers will take it "
    "better."
)
UNNAMED = gettext_lazy("this writer")
# Who made a rule, when, and what they noted: “Ana, 3 May 2026: three times this week”.
SOURCE = gettext_lazy("%(author)s, %(since)s")
SOURCE_NOTED = gettext_lazy("%(author)s, %(since)s: %(note)s")


def reason_label(reason: Reason) -> str:
    """Return the reason in two or three words, for lists."""
    return str(LABELS[Reason(reason)])


def for_moderator(evidence: Evidence) -> str:
    """Return one sentence about an observation. It is plain text, not HTML."""
    sentence = FOR_MODERATOR.get(evidence.code)
    if sentence is None:
        return f"“{evidence.excerpt}”"
    noted = SOURCE_NOTED if evidence.details.get("note") else SOURCE
    source = str(noted) % evidence.details if "since" in evidence.details else ""
    return str(sentence) % {
        "source": source,
        "organisation": evidence.excerpt,
        "pattern": evidence.excerpt,
        "who": evidence.excerpt or str(UNNAMED),
        **evidence.details,
        "excerpt": evidence.excerpt,
    }


def for_writer(reason: Reason, evidence: Sequence[Evidence]) -> str:
    """Tell the writer why their comment waits, quoting what weighed most.

    Only their own words are quoted: never a site, an address, or another's comment.
    """
    quoted = _weightiest(reason, evidence)
    if quoted is None:
        return str(FOR_WRITER_UNSEEN[reason])
    return str(FOR_WRITER[reason]) % {"excerpt": quoted}


def question(evidence: Sequence[Evidence]) -> str:
    """Ask the writer about the tie which their comment seems to hide."""
    named = _organisation(evidence)
    if named is None:
        return str(QUESTION_UNNAMED)
    return str(QUESTION) % {"organisation": named}


MOST_WORDS = 3
LONGEST_EXCERPT = 60
"""In characters: a longer one would be most of the comment."""


def telling_words(reason: Reason, evidence: Sequence[Evidence]) -> list[str]:
    """Return up to three of the comment's own words for a reason, to quote to people.

    For straying off the topic they are what it speaks of; for the other reasons, the
    one that weighed most.
    """
    if reason != Reason.OFF_TOPIC:
        quoted = _weightiest(reason, evidence)
        return [quoted] if quoted and len(quoted) <= LONGEST_EXCERPT else []
    for item in evidence:
        if item.code == "off_topic.alien":
            named = [word.strip() for word in item.details.get("words", "").split(",")]
            words = dict.fromkeys([item.excerpt, *named])
            return [word for word in words if word][:MOST_WORDS]
    return []


def _organisation(evidence: Sequence[Evidence]) -> str | None:
    for item in evidence:
        if item.code == "affiliation.named":
            return item.excerpt
    return None


def _weightiest(reason: Reason, evidence: Sequence[Evidence]) -> str | None:
    if reason == Reason.UNDISCLOSED_AFFILIATION:
        return _organisation(evidence)
    unsaid = {
        "automated.honeypot",
        "automated.flatterer_with_site",
        "automated.nothing_said",
        "automated.named_as_site",
        "promotional.keyword_site",
        "rule.address.block",
        "rule.commenter.block",
        "rule.site.block",
    }
    against = [
        item
        for item in evidence
        if item.reason == reason
        and item.weight > 0
        and not item.circumstantial
        and item.code not in unsaid
        and item.excerpt
    ]
    return max(against, key=lambda item: item.weight).excerpt if against else None
