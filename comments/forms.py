from django_comments_xtd.forms import XtdCommentForm


class PostCommentForm(XtdCommentForm):
    pass
