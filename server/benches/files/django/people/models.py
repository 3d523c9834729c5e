"""A person with the fifteen columns of the file."""

from django.db import models

COLUMNS = [
    "username", "first_name", "last_name", "display_name", "email", "phone", "department", "job_title", "enabled",
    "locale", "time_zone", "custom:mobile", "custom:location", "custom:employee_number", "custom:start_date",
]


def name(column):
    """What a column is called in Python."""
    return column.replace("custom:", "custom_")


class Person(models.Model):
    """A person."""

    username = models.CharField(max_length=200, unique=True)
    enabled = models.BooleanField(default=True)

    def __str__(self):
        return self.username


for column in COLUMNS:
    if column not in ("username", "enabled"):
        Person.add_to_class(name(column), models.CharField(max_length=200, blank=True))
