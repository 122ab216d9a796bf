"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.demo import loopback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
loopback.insist()
