"""The import of people, in bulk: what django-import-export recommends where speed matters."""

from django.contrib import admin
from import_export import fields, resources
from import_export.admin import ImportMixin
from import_export.instance_loaders import CachedInstanceLoader
from import_export.widgets import BooleanWidget, CharWidget

from .models import COLUMNS, Person, name


class PersonResource(resources.ModelResource):
    """All users at once from the database, all rows at once into it; those that did not change are left alone."""

    class Meta:
        model = Person
        import_id_fields = ["username"]
        fields = [name(column) for column in COLUMNS]
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        instance_loader_class = CachedInstanceLoader

    def __init__(self, **arguments):
        super().__init__(**arguments)
        for column in COLUMNS:
            widget = BooleanWidget() if column == "enabled" else CharWidget()
            self.fields[name(column)] = fields.Field(attribute=name(column), column_name=column, widget=widget)


@admin.register(Person)
class PersonAdmin(ImportMixin, admin.ModelAdmin):
    """Its pages: a form for the file, a preview of every row, a confirmation."""

    resource_classes = [PersonResource]
