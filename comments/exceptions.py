"""Why a service could not do what it was asked."""


class CommentError(Exception):
    """Anything that stops a comment from being taken, answered or decided."""


class PostClosed(CommentError):
    """The post takes no comments (closed, or not public)."""


class ParentNotFound(CommentError):
    """The comment that is answered does not exist, or not on this post."""


class ParentGone(CommentError):
    """The comment that is answered is no longer, or not yet, public."""


class TooDeep(CommentError):
    """The comment that is answered stands too deep to be answered itself."""


class AlreadyDecided(CommentError):
    """Somebody else was first."""


class ChangedMeanwhile(CommentError):
    """Its writer has changed the comment since it was read."""


class AlreadyAnswered(CommentError):
    """The writer was asked once, and has answered."""
