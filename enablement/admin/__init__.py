"""Django's admin: a first workplace for editors (content) and admins (people). Reps see nothing in it."""

from django.contrib import admin

from enablement.admin import content, lessons, people, records, synonyms

__all__ = ["content", "lessons", "people", "records", "synonyms"]

admin.site.site_header = "Dosay"
admin.site.site_title = "Dosay"
admin.site.index_title = "Content and people"
