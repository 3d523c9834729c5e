"""A user with the fields that Muster has for the same attributes."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A user."""

    external_id = models.CharField(max_length=200, unique=True)
    display_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
