"""What the templates of the desk ask about who reads them."""

from django import template

from comments.rights import moderates_everywhere

register = template.Library()
register.filter("moderates_everywhere", moderates_everywhere)
