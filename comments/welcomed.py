"""What an import may teach: that what was public on the old blog is welcome here.

Asked for, and taken back in one gesture (``learned.forget_import``).
"""

from . import learned, screening
from .models import PostComment
from .moderation import pipeline


def learn():
    """Learn from the newest comments that came in published; return how many.

    Those somebody has decided on here teach by that decision. Each is shown to the
    detectors, so that it is also learned what they see in honest comments: some tens of
    milliseconds apiece.
    """
    newest = PostComment.objects.published().exclude(import_key=None)
    newest = newest.filter(decisions=None, is_erased=False).order_by("-pk")
    newest = newest.select_related("imported_example")[: learned.MOST_IMPORTED]
    new = [comment for comment in newest if not hasattr(comment, "imported_example")]
    learned.learn_from_import({comment: _seen_in(comment) for comment in new})
    return len(new)


def _seen_in(comment):
    submission = screening.submission_for(comment, comment.content_object)
    return pipeline.screen(submission).evidence
