"""dj-user-behavior in a Django project, as its documentation says; without its limit of 30 requests a minute."""

import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "user_behavior",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(os.environ["BENCH_FOLDER"], "behavior.db"),
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ROOT_URLCONF="behavior_app",
    USE_TZ=True,
    USER_BEHAVIOR_BASE_USER_THROTTLE_RATE="1000000/second",
)
django.setup()

from django.core.management import call_command  # noqa: E402  # Django must be set up before
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from user_behavior.models import UserSession  # noqa: E402

urlpatterns = [path("user_behavior/", include("user_behavior.urls"))]
call_command("migrate", verbosity=0)
UserSession.objects.get_or_create(session_id="bench", user_agent="bench", ip_address="127.0.0.1")
app = get_wsgi_application()
