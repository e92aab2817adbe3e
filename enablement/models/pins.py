"""Pieces that a person keeps at hand, on the home page and first in the palette."""

from __future__ import annotations

from django.db import models

from enablement.models.people import Person


class PinQuerySet(models.QuerySet["Pin"]):
    """Pins: nobody's but one's own."""

    def visible_to(self, person: Person) -> PinQuerySet:
        return self.filter(person=person)


class Pin(models.Model):
    """That a person keeps a piece at hand. It stays while the piece is away, and shows it once it is back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pins")
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80, db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "slug"], name="one_pin_per_piece")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug} of {self.person}"
