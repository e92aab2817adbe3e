"""How people come in through the browser: their sessions."""

from __future__ import annotations

from django.db import models

from enablement.models.people import Person

# What browsers call themselves. The first that is found counts: Edge says it is Chrome, and Chrome Safari.
PROGRAMS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class BrowserSessionQuerySet(models.QuerySet["BrowserSession"]):
    """Sessions belong to one person."""

    def visible_to(self, person: Person) -> BrowserSessionQuerySet:
        return self.filter(person=person)


class BrowserSession(models.Model):
    """That a person is signed in with a browser, since when, how, and from where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="browser_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    by = models.CharField(max_length=40, help_text="password, password and app, passkey, provider or demo")
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    objects = BrowserSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.person} since {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def browser_name(self) -> str:
        """What its person calls the browser: Firefox on Windows."""
        program = next((name for sign, name in PROGRAMS if sign in self.browser), "A program")
        system = next((name for sign, name in SYSTEMS if sign in self.browser), "")
        return f"{program} on {system}" if system else program
