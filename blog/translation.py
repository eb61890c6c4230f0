"""Which texts are written in each language. None is ever borrowed from the other."""

from modeltranslation.translator import TranslationOptions, register

from .models import Blog, Page, Picture, Post, Series, Tag


@register(Blog)
class BlogTranslation(TranslationOptions):
    fields = ("title", "tagline", "about", "invitation")


@register(Post)
class PostTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "body_html")


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("title", "description")


@register(Tag)
class TagTranslation(TranslationOptions):
    fields = ("name",)


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
