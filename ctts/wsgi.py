import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctts.settings")
application = get_wsgi_application()

from comments import screening  # noqa: E402 (its models need the applications)

screening.warm_up()
