"""The small classifiers over the encoder's vectors, refitted from the examples in the database."""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """One fitted logistic regression: probability = 1 / (1 + exp(-(weights · vector + bias))).

    `name` says what it tells (`signal:problem-type:knowledge`, `entry:train-on-your-documents`);
    `weights` are float32 numbers, one per dimension of the encoder. `precision` and `recall` are
    measured on held-back examples at a probability of `threshold`. `examples_hash` names the examples
    and the encoder it was fitted on, `model` is the name under which the encoder gives its vectors.
    """

    name = models.CharField(max_length=200, unique=True)
    weights = models.BinaryField()
    bias = models.FloatField()
    threshold = models.FloatField(default=0.5)
    precision = models.FloatField(null=True)
    recall = models.FloatField(null=True)
    examples = models.PositiveIntegerField()
    model = models.CharField(max_length=200, default="", blank=True)
    examples_hash = models.CharField(max_length=64)
    fitted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
