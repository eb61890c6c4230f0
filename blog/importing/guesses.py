"""Languages the import guessed from a text, and what becomes of them when checked."""

from django.contrib.redirects.models import Redirect
from django.db import transaction

from blog.models import Language, Post, localized

from .redirects import canonical_path

# What was taken for a language goes with its language.
TEXTS = ("title", "body")


def confirm(posts):
    """Keep the languages of ``posts``, a queryset; return how many were guessed."""
    return posts.filter(is_language_guessed=True).update(is_language_guessed=False)


def settle(posts, language):
    """Let ``posts``, a queryset, be in ``language``; return how many were not.

    Their texts move there, summaries change sides, and old addresses lead to where
    they are now. Of a post with a text in both languages, only which came first
    changes.
    """
    count = 0
    wrong = posts.exclude(original_language=language)
    for pk in list(wrong.values_list("pk", flat=True)):
        with transaction.atomic():
            # One at a time, and whole: what is read in part would be saved in part.
            _settle(Post.objects.select_for_update().get(pk=pk), language)
        count += 1
    confirm(posts)
    return count


def _settle(post, language):
    old, new = post.original_language, Language(language).value
    before = canonical_path(post)
    is_pair = any(localized(post, field, new) for field in TEXTS)
    for field in () if is_pair else TEXTS:
        setattr(post, f"{field}_{new}", localized(post, field, old))
        setattr(post, f"{field}_{old}", "")
    if not is_pair:
        post.summary_fr, post.summary_en = post.summary_en, post.summary_fr
    post.original_language = new
    post.is_language_guessed = False
    post.save()
    Redirect.objects.filter(new_path=before).update(new_path=canonical_path(post))
