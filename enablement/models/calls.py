"""What the language model was asked, counted: for budgets and for the bill. No text is kept here."""

from __future__ import annotations

from django.db import models

from enablement.models.conversations import Turn
from enablement.models.people import Person


class ModelCall(models.Model):
    """One call. While it runs the tokens are those set aside for it; afterwards those that it took.

    `cost` is in millionths of a cent, so that small calls add up; `measured`: the server counted, not we.
    """

    turn = models.ForeignKey(Turn, null=True, on_delete=models.SET_NULL, related_name="model_calls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="model_calls")
    model = models.CharField(max_length=100)
    tokens_read = models.PositiveIntegerField(default=0)
    tokens_written = models.PositiveIntegerField(default=0)
    measured = models.BooleanField(default=False)
    cost = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.model}: {self.tokens_read} + {self.tokens_written} tokens"
