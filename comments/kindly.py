"""What a moderator writes to somebody whose comment they reject: a draft, to be edited.

Each says what would make the comment welcome, in the comment's language, with its own
words and the title of the post. Plain text, in the first person.
"""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .explained import Explained
from .models import Decision
from .moderation import explanations

Reason = Decision.Reason

QUOTING = {
    Reason.OFF_TOPIC: _(
        "Your comment speaks of %(words)s, my post of “%(title)s”. If there is a link "
        "between the two, say it in a sentence and I will gladly publish it."
    ),
    Reason.PROMOTIONAL: _(
        "%(words)s reads like advertising under “%(title)s”. Tell us instead what you "
        "have lived through or learned yourself, and I will gladly publish it."
    ),
    Reason.UNDISCLOSED_AFFILIATION: _(
        "You speak very well of %(words)s. If you work or speak for them, say so in a "
        "word, so that readers know who is talking, and I will gladly publish it."
    ),
    Reason.AUTOMATED: _(
        "%(words)s made me think that a machine had sent this. If it was you, forgive "
        "me: tell me in your own words what you think of “%(title)s”, and I will "
        "gladly publish it."
    ),
    Reason.ABUSIVE: _(
        "%(words)s may hurt somebody. One may disagree here, even strongly: say the "
        "same thing without it, and I will gladly publish it."
    ),
}
PLAIN = {
    Reason.OFF_TOPIC: _(
        "I could not see what your comment has to do with “%(title)s”. If there is a "
        "link, say it in a sentence and I will gladly publish it."
    ),
    Reason.PROMOTIONAL: _(
        "Under “%(title)s”, your comment reads like advertising. Tell us instead what "
        "you have lived through or learned yourself, and I will gladly publish it."
    ),
    Reason.UNDISCLOSED_AFFILIATION: _(
        "If you work or speak for what you recommend, say so in a word, so that "
        "readers know who is talking, and I will gladly publish it."
    ),
    Reason.AUTOMATED: _(
        "I took this for the work of a machine. If it was you, forgive me: tell me in "
        "your own words what you think of “%(title)s”, and I will gladly publish it."
    ),
    Reason.ABUSIVE: _(
        "Your comment may hurt somebody. One may disagree here, even strongly, with "
        "arguments: write it so, and I will gladly publish it."
    ),
}
QUOTED = _("“%(excerpt)s”")


def letter(comment, reason, post):
    """Return what to tell the writer of ``comment`` about its rejection.

    ``reason`` is one of ``Decision.Reason``. What is quoted are words of the comment
    itself that weighed for that reason; where there were none, the letter does without.
    """
    with translation.override(language_of(comment, post)):
        words = explanations.telling_words(
            reason, Explained(comment).evidence_for(reason)
        )
        quoted = ", ".join(str(QUOTED) % {"excerpt": word} for word in words)
        sentence = QUOTING[reason] if quoted else PLAIN[reason]
        return str(sentence) % {"words": quoted, "title": post.original_title}


def language_of(comment, post):
    """Return the language in which its writer is written to."""
    return comment.language or post.original_language
