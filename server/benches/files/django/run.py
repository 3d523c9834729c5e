"""Imports workbooks through the admin pages of django-import-export and prints, for each, a line of JSON: the seconds
until the preview is answered, its bytes, and the seconds until the confirmation is.

    python run.py FOLDER FILE …
"""

import json
import os
import re
import sys
import time

import django
from django.conf import settings

folder, *files = sys.argv[1:]
settings.configure(
    SECRET_KEY="only for measuring",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF="urls",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "django.db")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages",
        "django.contrib.sessions", "django.contrib.staticfiles", "import_export", "people",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }],
    STATIC_URL="/static/",
    DATA_UPLOAD_MAX_MEMORY_SIZE=None,
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from people.models import Person  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
client = Client()
client.force_login(get_user_model().objects.create_superuser("admin"))
page = client.get("/admin/people/person/import/").content.decode()
# The last of the formats is XLSX; its number depends on which are installed.
xlsx = re.search(r'<option value="(\d+)">xlsx</option>', page).group(1)

for path in files:
    with open(path, "rb") as file:
        begin = time.perf_counter()
        answer = client.post("/admin/people/person/import/", {"import_file": file, "format": xlsx, "resource": "0"})
        preview = time.perf_counter() - begin
    html = answer.content.decode()
    hidden = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r'<input type="hidden"[^>]*>', html))
    confirm = {field["name"]: field.get("value", "") for field in hidden}
    begin = time.perf_counter()
    answer = client.post("/admin/people/person/process_import/", confirm)
    confirmed = time.perf_counter() - begin
    assert answer.status_code == 302, answer.status_code
    print(json.dumps({"preview": preview, "bytes": len(html), "confirm": confirmed, "people": Person.objects.count()}))
