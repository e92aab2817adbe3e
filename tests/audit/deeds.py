"""What must be in the audit: one deed for each kind of thing that the audit is kept for.

Each deed does the thing through the door that people use. The keys are the list itself; a new kind of thing
that must be on record gets a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement import tokens
from enablement.audit.settings import note_settings
from enablement.lessons.releasing import release
from enablement.lessons.revising import discard, open_draft, save_draft
from enablement.models import ApiToken, Card, Conversation, Lesson, Membership, Person, Team
from enablement.slack.linking import link_account, make_link_code, unlink_account
from enablement.trust.verifying import verify
from quizzes.assignments.giving import Wanted, give_assignment
from quizzes.models import Quiz
from tests.quizzes.doors import Answering

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Stage:
    """Who and what there is to do things with."""

    client: Client
    ada: Person
    max: Person
    nia: Person
    root: Person
    north: Team
    lesson: Lesson
    quiz: Quiz
    hand_in: Answering
    folder: Path

    def as_(self, person: Person) -> Client:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        self.client.force_login(person)
        return self.client


def sign_in(stage: Stage) -> None:
    stage.client.post(reverse("sign-in"), {"username": "ada", "password": PASSWORD})


def fail_to_sign_in(stage: Stage) -> None:
    stage.client.post(reverse("sign-in"), {"username": "ada", "password": "wrong"})


def sign_out(stage: Stage) -> None:
    stage.as_(stage.ada).post(reverse("sign-out"))


def change_content(stage: Stage) -> None:
    draft = open_draft("card", "door-lock", stage.nia)
    saved = save_draft(draft, {**draft.item, "title": "Bolt"}, edition=1, person=stage.nia, reason="Plainer.")
    release(saved, stage.nia)


def discard_content(stage: Stage) -> None:
    discard(open_draft("card", "door-lock", stage.nia), stage.nia)


def verify_content(stage: Stage) -> None:
    verify("card", Card.objects.all()[0].slug, stage.root)


def give_a_grade(stage: Stage) -> None:
    stage.hand_in(stage.ada, stage.quiz)


def set_a_deadline(stage: Stage) -> None:
    now = timezone.now()
    give_assignment(stage.max, Wanted(quiz=stage.quiz, person=stage.ada), now.date(), now=now)


def export_answers(stage: Stage) -> None:
    stage.as_(stage.max).get(reverse("answer-export"))


def export_the_guide(stage: Stage) -> None:
    stage.as_(stage.nia).get(reverse("guide-file"))


def export_a_conversation(stage: Stage) -> None:
    own = Conversation.objects.create(person=stage.ada, title="Locks")
    stage.as_(stage.ada).get(reverse("conversation-export", args=[own.pk]))


def export_the_audit(stage: Stage) -> None:
    stage.as_(stage.root).get(reverse("audit-export", args=["jsonl"]))


def change_a_role(stage: Stage) -> None:
    address = f"/admin/enablement/person/{stage.ada.pk}/change/"
    shown = stage.as_(stage.root).get(address).context["adminform"].form
    # Everything as it stands in the form: a field that is added to a person needs no change here.
    fields = {name: shown[name].value() for name in shown.fields if name != "password"}
    stands = {name: value for name, value in fields.items() if value not in (None, False)}
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    stage.client.post(address, {**stands, **rows, "role": "manager"})


def change_a_team(stage: Stage) -> None:
    member = Membership.objects.get(person=stage.ada)
    fields = {
        "name": "North",
        "slug": "north",
        "managers": [stage.max.pk],
        "may_ask_model": "on",
        "memberships-TOTAL_FORMS": "1",
    }
    row = {"id": member.pk, "team": stage.north.pk, "person": stage.ada.pk, "DELETE": "on"}
    rows = {f"memberships-0-{name}": value for name, value in row.items()} | {
        "memberships-INITIAL_FORMS": "1"
    }
    stage.as_(stage.root).post(f"/admin/enablement/team/{stage.north.pk}/change/", {**fields, **rows})


def change_settings(stage: Stage) -> None:
    note_settings({"DOSAY_RECALL_DAYS": "30"})


def choose_mail(stage: Stage) -> None:
    stage.as_(stage.ada).post(reverse("mail-choose"), {"mail": "never", "messages_by": "mail"})


def choose_looks(stage: Stage) -> None:
    looks = {"time_zone": "Asia/Tokyo", "date_form": "en", "number_form": "comma", "density": "compact"}
    stage.as_(stage.ada).post(reverse("looks-choose"), looks)


def make_a_token(stage: Stage) -> None:
    stage.as_(stage.ada).post(reverse("token-make"), {"name": "notebook", "days": "7"})


def revoke_a_token(stage: Stage) -> None:
    token, _ = tokens.make_token(stage.ada, "notebook", 7)
    tokens.revoke_token(ApiToken.objects.get(pk=token.pk), stage.ada)


def link_slack(stage: Stage) -> None:
    link_account(make_link_code(stage.ada), "T1", "U1")


def unlink_slack(stage: Stage) -> None:
    link_slack(stage)
    unlink_account(stage.ada)


def back_up(stage: Stage) -> None:
    call_command("backup", str(stage.folder / "backup"))


# What was done -> the verb and the kind that its row must have, and the actor (None: nobody is known).
MUST_BE_AUDITED: dict[Callable[[Stage], None], tuple[str, str, str | None]] = {
    sign_in: ("sign_in", "person", "ada"),
    fail_to_sign_in: ("fail_sign_in", "person", None),
    sign_out: ("sign_out", "person", "ada"),
    change_content: ("release", "revision", "nia"),
    discard_content: ("discard", "revision", "nia"),
    verify_content: ("verify", "verification", "root"),
    give_a_grade: ("submit_attempt", "attempt", "ada"),
    set_a_deadline: ("give_assignment", "assignment", "max"),
    export_answers: ("export_answers", "person", "max"),
    export_the_guide: ("export_guide", "guideentry", "nia"),
    export_a_conversation: ("export_conversation", "conversation", "ada"),
    export_the_audit: ("export_audit", "auditevent", "root"),
    change_a_role: ("change", "person", "root"),
    change_a_team: ("change", "team", "root"),
    change_settings: ("change_settings", "setting", None),
    choose_mail: ("choose_mail", "person", "ada"),
    choose_looks: ("choose_looks", "person", "ada"),
    make_a_token: ("make_token", "apitoken", "ada"),
    revoke_a_token: ("revoke_token", "apitoken", "ada"),
    link_slack: ("link_slack", "slacklink", "ada"),
    unlink_slack: ("unlink_slack", "slacklink", "ada"),
    back_up: ("back_up", "backup", None),
}
