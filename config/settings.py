"""One settings file, driven by the environment (see ``.env.example`` for every variable).

With no environment at all the application runs in development mode: a generated key
kept under ``var/``, SQLite, debug pages, mail on the console. ``SKP_MODE=production``
asks for production, where secrets must come from the environment and the security
switches are on. ``DATABASE_URL`` alone chooses another database in either mode.
"""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from config import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(BASE_DIR / ".env")

MODE = env.str("SKP_MODE", default="development")
if MODE not in ("development", "production"):
    raise ImproperlyConfigured("SKP_MODE must be 'development' or 'production'.")
PRODUCTION = MODE == "production"
DEBUG = env.bool("DEBUG", default=not PRODUCTION)

VAR_DIR: Path = BASE_DIR / env.str("VAR_DIR", default="var")
# Uploads and results of jobs: outside every web root, served through permission views only.
PRIVATE_ROOT = VAR_DIR / "private"
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _development_key() -> str:
    """The key of this working copy, made once, so that sessions outlive a restart."""
    path = VAR_DIR / "development.key"
    if not path.exists():
        # Linked when whole: processes that start together must agree on one key.
        draft = VAR_DIR / f"development.key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="utf-8")
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()


# Not through env(): a key may begin with "$", which means another variable there.
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("SKP_MODE=production needs SECRET_KEY, 50 or more random characters.")
    SECRET_KEY = _development_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[]) or ([] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many reverse proxies stand before the application; 0 means clients connect directly.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# --- Applications -----------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "config",
    "accounts",
    "documents",
    "orgunits",
    "skp",
    "assessments",
    "compliance",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages over poor links; Django pads them at random against guessing by size (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "orgunits.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ForcedPasswordChangeMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.refusedmethods.refused_method_page",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.look",
                "config.banner.insecure_mode",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database ---------------------------------------------------------------


def _database() -> dict[str, object]:
    """The configured database with the options that its vendor needs."""
    url = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    config: dict[str, object] = env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock at BEGIN, so two writers queue instead of failing
        # half-way; WAL lets readers go on meanwhile.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        # Threads of a race test need one file, not one memory database each.
        config["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    else:
        # A new connection for each request costs five times a kept one.
        config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A row for each address and each user that is being counted; with the usual 300 a busy
        # evening would throw counts away, and limits with them.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What may run as a job: dotted names of functions that take a JobContext.
JOB_KINDS: list[str] = [
    "orgunits.tasks.stage_import",
    "orgunits.tasks.apply_import",
    "skp.tasks.stage_rhk",
    "skp.tasks.apply_rhk",
    "skp.tasks.opd_documents",
    "assessments.tasks.recompute_results",
    "assessments.tasks.simulate_settings",
]
# Who makes the PDF of a kind of document from its frozen content: functions that take documents' Print.
DOCUMENT_RENDERERS = {
    "D1": "skp.documents.printing.plan_pdf",
    "D2": "skp.documents.printing.plan_pdf",
    "D4": "skp.documents.printing.matrix_pdf",
    "D5": "skp.documents.printing.appendix_pdf",
    "D6": "assessments.documents.printing.evaluation_pdf",
    "D7": "assessments.documents.printing.statement_pdf",
    "D8": "assessments.documents.printing.score_pdf",
    "D10": "compliance.documents.printing.opd_recap_pdf",
    "D11": "compliance.documents.printing.regency_recap_pdf",
    "D15": "skp.documents.printing.receipt_pdf",
}
# A worker that shows no life for so long has lost its job to the next one.
JOB_LEASE_SECONDS = 60

# --- Identity ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
# allauth signs in, signs out, asks again and changes passwords; accounts.urls routes nothing else of it.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
# An address is contact data and may be shared: allauth must not see it.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.PasswordChangeForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# By address: generous, since an office of 500 comes through one; guessing is stopped by the lock of
# the account (accounts/lockout.py). docs/adr/0008-sign-in.md says why.
ACCOUNT_RATE_LIMITS = {
    "login": "1500/m/ip",
    "login_failed": None,
    "activate": "1500/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
    "change_contact": "10/d/user",
    "verify": "120/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
# How long a printed activation code works.
ACTIVATION_DAYS = 30
PASSWORD_HASHERS = ["accounts.hashers.TunedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Language, time, files ---------------------------------------------------

LANGUAGE_CODE = "id"
# The regency's office time: Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).
TIME_ZONE = env.str("OFFICE_TIME_ZONE", default="Asia/Jakarta")
USE_TZ = True
# Who appraised whom is computed and stored from this day on, for assignments of whatever age.
APPRAISAL_LINES_SINCE = date.fromisoformat(env.str("APPRAISAL_LINES_SINCE", default="2025-01-01"))
REGENCY_NAME = env.str("REGENCY_NAME", default="Kabupaten Telaga Raya")
REGENCY_COLOUR = env.str("REGENCY_COLOUR", default="#0f5c63")
# Where people reach the application: the address in the QR code of documents.
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
# The sheet of documents: A4 or F4 (folio).
PAPER_SIZE = env.str("PAPER_SIZE", default="A4").upper()
if PAPER_SIZE not in ("A4", "F4"):
    raise ImproperlyConfigured("PAPER_SIZE must be 'A4' or 'F4'.")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
# The largest file that evidence and decrees may have, in megabytes.
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=10)

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# Seconds; a mail server that answers nothing must not hold the timer for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="skp@localhost")

# --- Observation ---------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
LOGGING = logs.settings_for(json_lines=PRODUCTION, level=LOG_LEVEL)
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logs.DEBUG
# The library believes any X-Forwarded-For; config.logs knows how many proxies there are.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# Beyond these the readiness page says no: the oldest waiting task in seconds, free space in megabytes.
READY_QUEUE_SECONDS = env.int("READY_QUEUE_SECONDS", default=900)
READY_FREE_MB = env.int("READY_FREE_MB", default=500)

# --- Security headers ---------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    # Probes ask from inside, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
