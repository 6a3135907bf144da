"""What serves the desk: `contrechamp.project.wsgi_desk:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings_desk")
application = get_wsgi_application()
