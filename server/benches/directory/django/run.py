"""Imports everybody of a directory into a new database with `ldap_sync_users` of django-python3-ldap, and prints a line of
JSON: the seconds that the command took, and how many users there are then.

    python run.py FOLDER URL BASE-DN BIND-DN PASSWORD
"""

import json
import os
import sys
import time

import django
from django.conf import settings

folder, url, base_dn, bind_dn, password = sys.argv[1:]
settings.configure(
    SECRET_KEY="only for measuring",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "django.db")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_python3_ldap", "people"],
    AUTH_USER_MODEL="people.User",
    USE_TZ=True,
    LDAP_AUTH_URL=[url],
    LDAP_AUTH_SEARCH_BASE=base_dn,
    LDAP_AUTH_OBJECT_CLASS="inetOrgPerson",
    LDAP_AUTH_CONNECTION_USERNAME=bind_dn,
    LDAP_AUTH_CONNECTION_PASSWORD=password,
    # The mapped attributes of the OpenLDAP preset.
    LDAP_AUTH_USER_FIELDS={
        "external_id": "entryUUID",
        "username": "uid",
        "email": "mail",
        "first_name": "givenName",
        "last_name": "sn",
        "display_name": "displayName",
        "phone": "telephoneNumber",
        "department": "departmentNumber",
        "job_title": "title",
    },
    # Whoever searches is no person.
    LDAP_AUTH_FORMAT_USERNAME=lambda fields: fields["username"],
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
begin = time.perf_counter()
call_command("ldap_sync_users", verbosity=0)
seconds = time.perf_counter() - begin
print(json.dumps({"seconds": seconds, "people": get_user_model().objects.count()}))
