"""What a program was answered, kept so that the same request sent again gets the same answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from enablement.models.people import Person

KEPT_FOR: Final = timedelta(hours=24)


class KeptResponseQuerySet(models.QuerySet["KeptResponse"]):
    """Kept responses, by age."""

    def outlived(self, now: datetime) -> KeptResponseQuerySet:
        """Those that no request is sent again for any more."""
        return self.filter(made_at__lt=now - KEPT_FOR)


class KeptResponse(models.Model):
    """The answer to one write, under the key that its sender made. `request` hashes what was sent, as whom.

    `body` is text, so that it is given again with the very same bytes.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = KeptResponseQuerySet.as_manager()

    class Meta:
        # The quizzes had the model before; the version before this one runs on the same table.
        db_table = "quizzes_keptresponse"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_response_per_key")]

    def __str__(self) -> str:
        return f"{self.status} for {self.key}"
