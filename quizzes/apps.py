"""The application that holds the quizzes."""

from django.apps import AppConfig

from enablement.context import EDITING, NavigationEntry, add_home_panel, add_navigation, add_places
from enablement.personal.holdings import add_holdings
from enablement.roles import may_edit, may_lead
from enablement.slack.extensions import add_buttons, add_dialogue, add_home_section, add_quiz
from enablement.store.invariants import add_invariants


class QuizzesConfig(AppConfig):
    """Quizzes, attempts, grades and the team page."""

    name = "quizzes"
    verbose_name = "Quizzes"

    def ready(self) -> None:
        own_pages = ("/quizzes/", "/attempts/", "/results/", "/answers/")
        add_navigation(NavigationEntry("Practice", "practice", ("/practice/", "/coach/"), order=45))
        add_navigation(NavigationEntry("Quizzes", "quiz-list", own_pages, order=50))
        add_navigation(
            NavigationEntry("Team", "team-list", ("/team/", "/answers/"), may_lead, 60, section="Team")
        )
        add_navigation(
            NavigationEntry(
                "Answers to look at",
                "answer-reviews",
                ("/desk/",),
                may_lead,
                61,
                section="Team",
                count="quizzes.desk.queue.count_for",
            )
        )
        add_navigation(
            NavigationEntry("Assignments", "assignment-list", ("/assigning/",), may_lead, 62, section="Team")
        )
        add_navigation(NavigationEntry("Coaching", "coaching", ("/coaching/",), may_lead, 63, section="Team"))
        add_home_panel("quizzes.views.home_panel.for_you_panel", order=40)
        add_home_panel("quizzes.views.first_visit.first_visit_panel", order=10)
        add_places("quizzes.views.palette_places.places_of")
        add_buttons("practice", "quizzes.slack.practising.press")
        add_dialogue("practice_answer", "quizzes.slack.writing.take_answer")
        add_home_section("quizzes.slack.home.practice_section")
        add_home_section("quizzes.slack.home.tasks_section")
        add_home_section("quizzes.slack.home.desk_section")
        add_quiz("quizzes.slack.practising.quiz")
        add_invariants("quizzes.invariants.INVARIANTS")
        add_holdings("quizzes.personal")
        writing = ("/questions/", "/question/")
        add_navigation(NavigationEntry("Questions", "question-banks", writing, may_edit, 89, EDITING))
        add_navigation(
            NavigationEntry(
                "What people get wrong", "content-report", ("/reports/content/",), may_edit, 90, EDITING
            )
        )
        add_home_panel("quizzes.views.home_panel.practice_panel", order=45)
        add_home_panel("quizzes.views.home_panel.quiz_panel", order=50)
