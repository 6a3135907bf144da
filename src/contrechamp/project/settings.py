"""Django's settings. What differs between machines comes from `foundation.env`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.crypto import get_random_string

from contrechamp.foundation import env

CONTRECHAMP = env.read(os.environ)
PACKAGE = Path(__file__).parents[1]
KEY_FILE = CONTRECHAMP.data / "secret_key"

# A key that lasts only as long as the process is safe; `contrechamp serve` asks for one that lasts.
SECRET_KEY = CONTRECHAMP.secret_key or (
    KEY_FILE.read_text() if KEY_FILE.exists() else get_random_string(50)
)
DEBUG = CONTRECHAMP.debug
ALLOWED_HOSTS = list(CONTRECHAMP.hosts)
ROOT_URLCONF = "contrechamp.project.urls"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "web:home"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "contrechamp.ui",
    "contrechamp.accounts",
    "contrechamp.places",
    "contrechamp.documents",
    "contrechamp.forum",
    "contrechamp.law",
    "contrechamp.census",
    "contrechamp.directory",
    "contrechamp.mail",
    "contrechamp.opinions",
    "contrechamp.foi",
    "contrechamp.watch",
    "contrechamp.cases",
    "contrechamp.search",
    "contrechamp.graph",
    "contrechamp.atlas",
    "contrechamp.chronicle",
    "contrechamp.compare",
    "contrechamp.cameras",
    "contrechamp.errands",
    "contrechamp.opendata",
    "contrechamp.mirror",
    "contrechamp.archive",
    "contrechamp.dossiers",
    "contrechamp.web",
    "contrechamp.api",
]
MIDDLEWARE = [
    "contrechamp.foundation.middleware.OnionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "contrechamp.web.keeping.KeepingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "contrechamp.accounts.views.guard.SessionMiddleware",
    "contrechamp.foundation.middleware.OwnEyesMiddleware",
    "contrechamp.foundation.middleware.RefusedMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
            "builtins": ["contrechamp.ui.templatetags.dates"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CONTRECHAMP.data / "contrechamp.sqlite3",
        # To open it anew for each page costs what a small page costs.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Readers never wait for the writer, and a writer waits rather than fails.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-8000; PRAGMA mmap_size=268435456",
        },
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mail: none unless the operator says how. A port without TLS is for this machine alone.
_MAIL = urlsplit(CONTRECHAMP.mail)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if CONTRECHAMP.mail
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_HOST not in {"", "127.0.0.1", "localhost"}
EMAIL_PORT = _MAIL.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_MAIL.username or ""), unquote(_MAIL.password or "")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = CONTRECHAMP.mail_from or f"contrechamp@{CONTRECHAMP.hosts[0]}"

# Tests set it: a letter then goes to a server on this machine, or nowhere.
MAIL_STAYS_HERE = False
# Tests set it: other servers of the fediverse are then on this machine, without TLS.
FEDERATION_STAYS_HERE = False

STATIC_URL = "static/"
STATIC_ROOT = CONTRECHAMP.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# French is written in the code, English comes from the catalogue.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Paris"

# A page loads our own files and nothing else. One that needs more weakens every page: bring
# the file into the build instead.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Other sites learn nothing. "no-referrer" would make browsers send `Origin: null` with our own
# forms too, and every one of them would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
IS_HERE = set(CONTRECHAMP.hosts) <= {"127.0.0.1", "localhost", "::1"}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONTRECHAMP.https and not IS_HERE
if SESSION_COOKIE_SECURE:  # A server in front speaks TLS, and says so.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
