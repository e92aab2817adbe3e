"""A question, its options and its key as editors write them: whole, or refused in words."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory

from quizzes.grading import misconceptions_problem
from quizzes.kinds import OPTION_NAMES
from quizzes.models import AnswerKey, Option, Question, QuestionKind

KEY_MISSING = "A question needs a key. Say what is right, and why."
CORRECT_HELP = (
    "What is right, by name: the option at position 0 is “a”, at 1 “b” and so on; for a statement to sort, "
    'the name of an outcome. Written as ["a"].'
)
MISCONCEPTIONS_HELP = (
    'What somebody believes who chose a wrong one, by its name: {"b": "…"}. May stay empty: {}.'
)
TOO_FEW_OPTIONS = "Write at least two options to choose from."
OPTIONS_OF_A_STATEMENT = (
    "The outcomes of its distinction are the options of a statement to sort: remove these."
)


class QuestionForm(forms.ModelForm[Question]):
    """A question. A statement to sort has a distinction, other kinds have none."""

    class Meta:
        model = Question
        fields = [
            *("lesson", "slug", "version", "kind", "prompt", "topic"),
            *("card", "guide_entry", "distinction"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, distinction = cleaned.get("kind"), cleaned.get("distinction")
        if kind == QuestionKind.SORT and "distinction" in cleaned and distinction is None:
            self.add_error("distinction", "Choose the distinction that the statement is sorted by.")
        if kind and kind != QuestionKind.SORT and distinction is not None:
            self.add_error("distinction", "Only a statement to sort has a distinction. Leave this empty.")
        return cleaned


class OptionForm(forms.ModelForm[Option]):
    """One option. Its position gives it its name."""

    position = forms.IntegerField(
        min_value=0, max_value=len(OPTION_NAMES) - 1, help_text="0 is option “a”, 1 is “b” and so on."
    )

    class Meta:
        model = Option
        fields = ["position", "text"]


class OptionFormSet(BaseInlineFormSet[Option, Question, OptionForm]):
    """The options of one question: two or more, and none of a statement to sort."""

    def clean(self) -> None:
        super().clean()
        count, kind = (
            sum(1 for form in self.forms if form.has_changed() or form.instance.pk),
            self.instance.kind,
        )
        if kind == QuestionKind.SORT and count:
            raise forms.ValidationError(OPTIONS_OF_A_STATEMENT)
        if kind and kind != QuestionKind.SORT and count < 2:
            raise forms.ValidationError(TOO_FEW_OPTIONS)

    def names(self) -> list[str]:
        """The names of the options, as they are filled in."""
        positions = [form.cleaned_data.get("position") for form in self.forms if form.is_valid()]
        return sorted(OPTION_NAMES[position] for position in positions if position is not None)


class AnswerKeyForm(forms.ModelForm[AnswerKey]):
    """A key. Whether it fits the options is for its form set to say, which knows them."""

    correct = forms.JSONField(help_text=CORRECT_HELP, error_messages={"required": KEY_MISSING})
    misconceptions = forms.JSONField(required=False, initial=dict, help_text=MISCONCEPTIONS_HELP)

    class Meta:
        model = AnswerKey
        fields = ["correct", "explanation", "misconceptions"]

    def clean_misconceptions(self) -> Any:
        return {} if self.cleaned_data["misconceptions"] is None else self.cleaned_data["misconceptions"]


class AnswerKeyFormSet(BaseInlineFormSet[AnswerKey, Question, AnswerKeyForm]):
    """The one key of a question. It names what is there to choose, and as much of it as the kind takes."""

    default_error_messages = {**BaseInlineFormSet.default_error_messages, "too_few_forms": KEY_MISSING}

    def clean(self) -> None:
        super().clean()
        options = self._options()
        if options is not None:
            for form in self.forms:
                self._compare(form, options)

    def _compare(self, form: AnswerKeyForm, options: list[str]) -> None:
        """Add to `form` what does not go together with the options."""
        cleaned = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
        if "correct" not in cleaned or "misconceptions" not in cleaned:
            return
        correct, beliefs = cleaned["correct"], cleaned["misconceptions"]
        if problem := self.instance.rules.key_problem(correct, options):
            form.add_error("correct", problem)
        elif problem := misconceptions_problem(beliefs, options=options, correct=correct):
            form.add_error("misconceptions", problem)

    def _options(self) -> list[str] | None:
        """What there is to choose by what was sent; None where that itself has to be put right first."""
        question = self.instance
        if not question.kind:
            return None
        if question.kind == QuestionKind.SORT:
            distinction = question.distinction
            return None if distinction is None else [outcome.name for outcome in distinction.outcomes.all()]
        prefix = _POSTED_OPTIONS.get_default_prefix()
        options = cast(OptionFormSet, _POSTED_OPTIONS(self.data, instance=question, prefix=prefix))
        return options.names() if options.is_valid() else None


_POSTED_OPTIONS = inlineformset_factory(
    Question, Option, form=OptionForm, formset=OptionFormSet, can_delete=False
)
