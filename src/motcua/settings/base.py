"""Settings of Một Cửa. Everything an installation decides is an environment variable, documented in docs/settings.md.

Defaults suit one machine; `SECRET_KEY` and `DATABASE_URL` are given by `motcua server` when nothing else gives them.
"""

from pathlib import Path

from motcua.settings.environment import boolean, choice, database, integer, text, words

PROJECT = Path(__file__).resolve().parents[3]
DATA = Path(text("MOTCUA_DATA_DIR", str(PROJECT / "var")))

DEBUG = boolean("MOTCUA_DEBUG", False)
SECRET_KEY = text("MOTCUA_SECRET_KEY")
ALLOWED_HOSTS = words("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("MOTCUA_TRUSTED_ORIGINS", "")
BASE_URL = text("MOTCUA_BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "procrastinate.contrib.django",
    "motcua.kernel",
    "motcua.directory",
    "motcua.catalogue",
    "motcua.documents",
    "motcua.payments",
    "motcua.warehouse",
    "motcua.dossiers",
    "motcua.channels",
    "motcua.oversight",
    "motcua.provisioning",
    "motcua.web.kit",
    "motcua.web.portal",
    "motcua.web.counter",
    "motcua.web.office",
    "motcua.web.opendata",
    "motcua.web.api",
]

MIDDLEWARE = [
    "motcua.web.kit.health.HealthMiddleware",
    "motcua.web.kit.visitors.ProxyMiddleware",
    "motcua.web.kit.middleware.OccurrenceMiddleware",
    "motcua.web.kit.middleware.SecurityHeadersMiddleware",
    "motcua.web.kit.middleware.KnownHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.kit.compression.CompressionMiddleware",
    "motcua.web.kit.people.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "motcua.web.kit.people.CsrfViewMiddleware",
    "motcua.web.kit.people.AuthenticationMiddleware",
    "motcua.web.kit.people.OTPMiddleware",
    "motcua.web.kit.people.MessageMiddleware",
    "motcua.web.kit.people.SessionRuleMiddleware",
    "motcua.web.kit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.kit.context.page",
            ],
        },
    }
]

DATABASES = {"default": database("DATABASE_URL", test_name=text("MOTCUA_TEST_DATABASE", "") or None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["motcua.directory.adapters.login.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login:log_in"
LOGIN_REDIRECT_URL = "/bat-dau/"
LOGOUT_REDIRECT_URL = "/"

# Sessions hold who is logged in and nothing else; kept in the database so that web nodes stay stateless.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = integer("MOTCUA_SESSION_SECONDS", 8 * 3600)
SESSION_SAVE_EVERY_REQUEST = False
# A message may hold a password shown once: it waits in the session on the server, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# On for every installation behind TLS; the demo on http://localhost switches it off.
_TLS = boolean("MOTCUA_TLS", False)
SESSION_COOKIE_SECURE = _TLS
CSRF_COOKIE_SECURE = _TLS
SECURE_SSL_REDIRECT = _TLS
SECURE_HSTS_SECONDS = 31536000 if _TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "motcua.web.kit.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Background work and listeners of events live in each package's jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "motcua.kernel.failures.watch"

# No host of its own choice: letters to people never go to whoever happens to listen on this machine.
EMAIL_HOST = text("MOTCUA_SMTP_HOST", "")
EMAIL_PORT = integer("MOTCUA_SMTP_PORT", 25)
EMAIL_HOST_USER = text("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = text("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = boolean("MOTCUA_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("MOTCUA_MAIL_FROM", "motcua@localhost")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

# Which tree of national holidays and office hours holds where no agency decides otherwise is data, not a setting.
MOTCUA_DATA_DIR = str(DATA)
MOTCUA_FILES = text("MOTCUA_FILES", str(DATA / "files"))
MOTCUA_S3_BUCKET = text("MOTCUA_S3_BUCKET", "")
MOTCUA_S3_ENDPOINT = text("MOTCUA_S3_ENDPOINT", "")
MOTCUA_UPLOAD_MAX_BYTES = integer("MOTCUA_UPLOAD_MAX_BYTES", 2 << 30)
# Transfers under way: their folder (the same for every web node), and how many bytes one person and all may have open.
MOTCUA_UPLOADS = text("MOTCUA_UPLOADS", str(DATA / "uploads"))
MOTCUA_UPLOADS_PER_PERSON = integer("MOTCUA_UPLOADS_PER_PERSON", 4 << 30)
MOTCUA_DRAFT_FILES_PER_PERSON = integer("MOTCUA_DRAFT_FILES_PER_PERSON", 4 << 30)
MOTCUA_UPLOADS_IN_ALL = integer("MOTCUA_UPLOADS_IN_ALL", 64 << 30)
# Files opened at once by each program of this installation, each in a process of its own.
# Threads of a web process, one of which no file ever takes.
MOTCUA_WEB_THREADS = integer("MOTCUA_WEB_THREADS", 4)
MOTCUA_DECODERS = integer("MOTCUA_DECODERS", 4)
# The malware scanner (`host:port` or a socket), seconds to wait for it, bytes it looks into, days after which its signatures
# are old (0: their age is not judged), and what becomes of what it did not check.
MOTCUA_CLAMD = text("MOTCUA_CLAMD", "")
MOTCUA_CLAMD_TIMEOUT = integer("MOTCUA_CLAMD_TIMEOUT", 30)
MOTCUA_CLAMD_MAX_BYTES = integer("MOTCUA_CLAMD_MAX_BYTES", 25 << 20)
MOTCUA_CLAMD_STALE_DAYS = integer("MOTCUA_CLAMD_STALE_DAYS", 7)
MOTCUA_SCANNER_POLICY = choice(
    "MOTCUA_SCANNER_POLICY", "refuse" if MOTCUA_CLAMD else "mark", ("refuse", "hold", "mark")
)
MOTCUA_TSA_URL = text("MOTCUA_TSA_URL", "")
# The tax authority that takes the days' summaries of electronic receipts; empty: they wait in the outbox.
MOTCUA_TAX_URL = text("MOTCUA_TAX_URL", "")
MOTCUA_TAX_TIMEOUT = integer("MOTCUA_TAX_TIMEOUT", 30)
# Where seals over the record are laid, best on another machine; who gets each by mail.
MOTCUA_SEALS = text("MOTCUA_SEALS", str(DATA / "seals"))
MOTCUA_SEAL_MAIL = words("MOTCUA_SEAL_MAIL", "")
MOTCUA_TRUST_ROOTS = text("MOTCUA_TRUST_ROOTS", str(DATA / "trust"))
MOTCUA_PKCS11_MODULE = text("MOTCUA_PKCS11_MODULE", "/usr/lib/softhsm/libsofthsm2.so")
MOTCUA_SIGNATURE_LEVEL = text("MOTCUA_SIGNATURE_LEVEL", "B-T")
# PKCS#12 files of a development installation; JSON file with the PINs of a server's own HSM; seconds to wait.
MOTCUA_SIGNING_KEYS = text("MOTCUA_SIGNING_KEYS", str(DATA / "keys"))
MOTCUA_SIGNING_PINS = text("MOTCUA_SIGNING_PINS", "")
MOTCUA_SIGNING_TIMEOUT = integer("MOTCUA_SIGNING_TIMEOUT", 20)
# Wrong PINs after which the tokens in use lock; 0 where that is not known. Only said to people, never relied on.
MOTCUA_TOKEN_PIN_TRIES = integer("MOTCUA_TOKEN_PIN_TRIES", 0)
MOTCUA_TSA_TIMEOUT = integer("MOTCUA_TSA_TIMEOUT", 5)
# Whether verification asks the trusted authorities about revocation over the network.
MOTCUA_VERIFY_ONLINE = boolean("MOTCUA_VERIFY_ONLINE", True)
# Hosts from which certificates of issuers may be fetched that a file does not carry; none unless named.
MOTCUA_VERIFY_ISSUER_HOSTS = words("MOTCUA_VERIFY_ISSUER_HOSTS", "")
# Network scanners of the desks: `Quầy 1=http://192.0.2.7/eSCL`, separated by commas.
MOTCUA_SCANNERS = words("MOTCUA_SCANNERS", "")
# The population register: where it answers, the token it knows us by, seconds to wait. None connected where empty.
# National log-in (OpenID Connect); without an issuer people log in by password only.
MOTCUA_IDENTITY_ISSUER = text("MOTCUA_IDENTITY_ISSUER", "").rstrip("/")
MOTCUA_IDENTITY_CLIENT_ID = text("MOTCUA_IDENTITY_CLIENT_ID", "motcua")
MOTCUA_IDENTITY_CLIENT_SECRET = text("MOTCUA_IDENTITY_CLIENT_SECRET", "")
MOTCUA_IDENTITY_SCOPE = text("MOTCUA_IDENTITY_SCOPE", "openid")
MOTCUA_IDENTITY_LEVEL = integer("MOTCUA_IDENTITY_LEVEL", 1)
MOTCUA_IDENTITY_TIMEOUT = integer("MOTCUA_IDENTITY_TIMEOUT", 5)
MOTCUA_POPULATION_URL = text("MOTCUA_POPULATION_URL", "")
MOTCUA_POPULATION_TOKEN = text("MOTCUA_POPULATION_TOKEN", "")
MOTCUA_POPULATION_TIMEOUT = integer("MOTCUA_POPULATION_TIMEOUT", 5)
MOTCUA_QR_KEY = text("MOTCUA_QR_KEY", "")
# Proxies in front of the web nodes (addresses or networks): only theirs are the headers about visitors and https believed.
MOTCUA_PROXIES = words("MOTCUA_PROXIES", "127.0.0.1,::1")
# Look-ups without log-in (status of a code, verification) per network and minute, in all web processes together.
MOTCUA_LOOKUPS_PER_MINUTE = integer("MOTCUA_LOOKUPS_PER_MINUTE", 60)
MOTCUA_FORGERY_REPORTS_PER_MINUTE = integer("MOTCUA_FORGERY_REPORTS_PER_MINUTE", 3)
# Days within which what form 02 asks for is to be supplied, where the officer names no day.
MOTCUA_SUPPLEMENT_DAYS = integer("MOTCUA_SUPPLEMENT_DAYS", 30)
MOTCUA_PROVINCE_CODE = text("MOTCUA_PROVINCE_CODE", "H99")
# The gallery of interface elements and the list of demo log-ins are shown only where this is on.
MOTCUA_DEMO = boolean("MOTCUA_DEMO", False)
#: Everybody's password in the demo: public on purpose, shown at its log-in, never used elsewhere.
MOTCUA_DEMO_PASSWORD = "mot-cua-dung-thu"  # noqa: S105 - not a secret, see above

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "motcua.kernel.masking.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Libraries that tell every step of a normal day.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("weasyprint", "pikepdf", "fontTools", "procrastinate", "pyhanko")
    },
    "root": {"handlers": ["stderr"], "level": text("MOTCUA_LOG_LEVEL", "INFO")},
}
