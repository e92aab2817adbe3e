"""The form that takes a CSV file of the guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from enablement.models import Lesson

MAX_BYTES = 2_000_000
SHOWN_PROBLEMS = 20


class GuideUpload(forms.Form):
    """`text` holds the file's text once the form is valid."""

    file = forms.FileField(
        label="CSV file",
        help_text="As the guide is downloaded, at most 2 MB, UTF-8.",
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )
    lesson = forms.ModelChoiceField(
        Lesson.objects.none(),
        empty_label=None,
        label="Lesson for new entries",
        help_text="Entries that exist stay in their lesson, and a row may name its own.",
    )

    def __init__(self, *args: Any, lessons: QuerySet[Lesson], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.text = ""
        self.fields["lesson"].queryset = lessons  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Read the file. A file that is too large is not read at all."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("This file is larger than 2 MB. Split it and try again.")
        try:
            self.text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "This file is not UTF-8 text. Save it as “CSV UTF-8” in your spreadsheet and try again."
            ) from None
        return file

    def add_problems(self, problems: Iterable[str]) -> None:
        """Show what is wrong inside the file."""
        rows = list(problems)
        for problem in rows[:SHOWN_PROBLEMS]:
            self.add_error("file", problem[:1].upper() + problem[1:])
        if len(rows) > SHOWN_PROBLEMS:
            self.add_error("file", f"And {len(rows) - SHOWN_PROBLEMS} more.")
