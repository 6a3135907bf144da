"""Django's settings for the desk: another process, user, database and onion than the house.

It reads `DESK_*` alone. `contrechamp desk` starts it; nothing of the house does.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.crypto import get_random_string

PACKAGE = Path(__file__).parents[1]
DESK_DATA = Path(os.environ.get("DESK_DATA", "var-desk")).absolute()
"""The desk's own folder: database, key, roster."""
DESK_DOOR = Path(os.environ.get("DESK_DOOR", "var-door")).absolute()
"""The folder that `contrechamp-intake init` made: `store/` is only read."""
DESK_HOST = os.environ.get("DESK_HOST", "localhost")
"""The onion name of the desk."""
DESK_MAIL = os.environ.get("DESK_MAIL", "")
"""smtp(s)://user:password@host:port for the daily notice; empty: it is written as a file."""
DESK_MAIL_FROM = os.environ.get("DESK_MAIL_FROM", "avis@localhost")

KEY_FILE = DESK_DATA / "secret_key"
SECRET_KEY = KEY_FILE.read_text() if KEY_FILE.exists() else get_random_string(50)
DEBUG = False
ALLOWED_HOSTS = [DESK_HOST]
ROOT_URLCONF = "contrechamp.project.urls_desk"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "contrechamp.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before those of any app: the desk's own "not found", which knows no page of the house.
        "DIRS": [PACKAGE / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["contrechamp.ui.templatetags.dates"],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DESK_DATA / "desk.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What was deleted must not be found in the file: no journal stays, cells are zeroed.
            "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON",
        },
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "bureau", "bureau_forms"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# The onion is the encryption: there is no https in front, so no cookie may ask for it.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
LOGGING_CONFIG = None
ADMINS: list[tuple[str, str]] = []

STATIC_URL = "static/"
STATIC_ROOT = DESK_DATA / "static"
# The look of the house without its pages: its templates know rooms that are not here.
STATICFILES_DIRS = [PACKAGE / "ui" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English")]
# Words of the rooms, without their code: some are the same at the desk.
LOCALE_PATHS = [PACKAGE / "locale", *sorted(PACKAGE.glob("*/locale"))]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Not "no-referrer": browsers would then send `Origin: null` with our own forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
