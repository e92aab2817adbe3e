"""What groups of the provider give is made and unmade here. It holds from each person's next sign-in on."""

from __future__ import annotations

from django.db import transaction

from enablement import audit
from enablement.models import GroupRule, Person


def make_rule(rule: GroupRule, admin: Person) -> None:
    """Save a rule that its model finds nothing wrong with."""
    with transaction.atomic():
        rule.save()
        audit.record(admin, "add", rule, after={"rule": rule.in_words})


def remove_rule(rule: GroupRule, admin: Person) -> None:
    """Take a rule out. What it gave goes at the person's next sign-in, where another rule speaks of it."""
    with transaction.atomic():
        audit.record(admin, "delete", rule, before={"rule": rule.in_words})
        rule.delete()
