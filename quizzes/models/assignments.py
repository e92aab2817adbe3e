"""What managers give to people to do, and what is agreed with single people about it.

Whether somebody is done is never stored: it follows from the attempts, readings and practice that there are.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from enablement.models import Lesson, Membership, Person, Role, Team
from quizzes.models.quizzes import Quiz


class Goal(models.TextChoices):
    """What makes an assignment done."""

    QUIZ = "quiz", "Pass the quiz"
    LESSON = "lesson", "Read the lesson"
    PRACTICE = "practice", "Practise the lesson"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, as a person may see them."""

    def given_to(self, person: Person) -> AssignmentQuerySet:
        """Those that hold for `person` now: their own, their teams', and by role from who manages them."""
        if not person.is_active:
            return self.none()
        admins = models.Q(is_superuser=True) | models.Q(role=Role.ADMIN)
        managers = models.Q(role=Role.MANAGER, managed_teams__in=person.teams.order_by().values("pk"))
        givers = Person.objects.filter(admins | managers, is_active=True).values("pk")
        return self.filter(
            models.Q(person=person)
            | models.Q(team__in=person.teams.order_by().values("pk"))
            | models.Q(role=person.role, made_by__in=givers),
            withdrawn_at=None,
        )

    def managed_by(self, person: Person) -> AssignmentQuerySet:
        """Those that you gave, or that are for a team or a person you manage; all of them, for an admin."""
        if person.is_admin:
            return self
        if not person.is_manager:
            return self.none()
        teams = Team.objects.managed_by(person).order_by().values("pk")
        members = Membership.objects.filter(team__in=teams, person__is_active=True).values("person")
        mine = models.Q(team__in=teams) | models.Q(person__in=members)
        return self.filter(mine | models.Q(made_by=person, person=None, team=None))

    def visible_to(self, person: Person) -> AssignmentQuerySet:
        """What holds for you, and what you manage."""
        given, managed = self.given_to(person).values("pk"), self.managed_by(person).values("pk")
        return self.filter(models.Q(pk__in=given) | models.Q(pk__in=managed))

    def standing(self) -> AssignmentQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Assignment(models.Model):
    """Something to do until the end of a day, for one person, a team, or a role in the giver's teams.

    `due_on` is a date: the day ends where each person is. `answers` is how many questions of `lesson` are to
    be practised. With `counts_earlier`, what was done before it was given counts.
    """

    goal = models.CharField(max_length=10, choices=Goal.choices)
    quiz = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    answers = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)
    due_on = models.DateField()
    counts_earlier = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(goal="quiz", quiz__isnull=False, lesson=None, answers=0)
                | models.Q(goal="lesson", quiz=None, lesson__isnull=False, answers=0)
                | models.Q(goal="practice", quiz=None, lesson__isnull=False, answers__gte=1),
                name="an_assignment_has_what_its_goal_needs",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, team=None, role="")
                | models.Q(person=None, team__isnull=False, role="")
                | (models.Q(person=None, team=None) & ~models.Q(role="")),
                name="an_assignment_is_for_a_person_a_team_or_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} by {self.due_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("assignment-board", args=[self.pk])

    @property
    def of(self) -> Lesson:
        """The lesson that it is about."""
        if self.quiz is not None:
            return self.quiz.lesson
        assert self.lesson is not None
        return self.lesson

    @property
    def title(self) -> str:
        """What is to be done, in words."""
        if self.quiz is not None:
            return self.quiz.title if self.quiz.personal else f"Pass “{self.quiz.title}”"
        if self.goal == Goal.LESSON:
            return f"Read “{self.of.title}”"
        return f"Practise {self.answers} question{'' if self.answers == 1 else 's'} of “{self.of.title}”"

    @property
    def whose(self) -> str:
        """Whom it is for, in words."""
        if self.person is not None:
            return self.person.name
        if self.team is not None:
            return f"Team {self.team.name}"
        return f"Everybody who is a {self.get_role_display().lower()}"


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places, as a person may see them."""

    def of(self, person: Person) -> PlaceQuerySet:
        return self.filter(person=person)


class Place(models.Model):
    """That somebody was given an assignment, when, and what was agreed with them. It stays when they leave.

    `due_on` is a date of their own; `excused_at` says since when nothing is asked of them.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="places")
    given_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "person"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person"], name="one_place_in_an_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.assignment}"


class LessonRead(models.Model):
    """That somebody says they have read a lesson, the latest time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="lessons_read")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="readings")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson"], name="one_reading_of_a_lesson")]

    def __str__(self) -> str:
        return f"{self.person} read {self.lesson}"
