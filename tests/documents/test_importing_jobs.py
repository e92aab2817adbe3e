"""Documents handed to the worker: how far, cancelled, failed with a sentence, taken up again."""

from __future__ import annotations

import pytest

from enablement.judges.encoder import EncoderUnavailable
from enablement.lessons import importing
from enablement.lessons.importing import cancel_import, request_import, run_import
from enablement.models import Draft, ImportJob, ImportState, Lesson, Person, Source, Work
from tests.documents.papers import PAPER


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*texts: object, **options: object) -> None:
        raise EncoderUnavailable("The encoder is not running.")

    monkeypatch.setattr(importing, "encode", away)


@pytest.fixture
def job(nia: Person, released_lesson: Lesson) -> ImportJob:
    return request_import(nia, "kettles.md", PAPER.encode(), lesson=released_lesson)


def run(job: ImportJob) -> ImportJob:
    run_import(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.usefixtures("no_encoder")
def test_the_worker_reads_it_and_says_that_the_guide_was_not_asked(job: ImportJob) -> None:
    assert Work.objects.filter(name=importing.WORK, arguments={"job": str(job.pk)}).exists()
    done = run(job)
    assert (done.state, done.added, bytes(done.data)) == (ImportState.DONE, 4, b"")
    assert done.error == "The encoder is not running."
    assert done.source is not None
    assert done.source.text == PAPER


@pytest.mark.usefixtures("no_encoder")
def test_a_job_that_has_ended_is_not_run_again(job: ImportJob) -> None:
    run(job)
    Draft.objects.all().delete()
    run(job)
    assert not Draft.objects.exists()


def test_what_waits_is_cancelled_at_once(job: ImportJob, nia: Person) -> None:
    cancel_import(job, nia)
    assert run(job).state == ImportState.CANCELLED
    assert not Source.objects.exclude(text="").exists()


def test_what_runs_stops_at_its_next_step_and_keeps_nothing(
    job: ImportJob, nia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled_meanwhile(*texts: object, **options: object) -> None:
        cancel_import(job, nia)

    monkeypatch.setattr(importing, "encode", cancelled_meanwhile)
    assert run(job).state == ImportState.CANCELLED
    assert not Draft.objects.exists()


def test_what_cannot_be_read_fails_with_a_sentence(nia: Person, released_lesson: Lesson) -> None:
    job = run(request_import(nia, "empty.txt", b"  \n"))
    assert job.state == ImportState.FAILED
    assert "empty.txt" in job.error


@pytest.mark.usefixtures("no_encoder")
def test_after_a_killed_worker_it_is_read_again(job: ImportJob) -> None:
    ImportJob.objects.update(state=ImportState.RUNNING, stage="Reading its pages", done=3, total=9)
    Work.objects.filter(name=importing.WORK).update(tries=2)
    assert run(job).state == ImportState.DONE


def test_a_document_that_ended_the_worker_twice_is_given_up(job: ImportJob) -> None:
    ImportJob.objects.update(state=ImportState.RUNNING)
    Work.objects.filter(name=importing.WORK).update(tries=3)
    assert run(job).state == ImportState.FAILED
    assert "stopped the worker twice" in job.error


@pytest.mark.usefixtures("no_encoder")
def test_progress_is_written_down(job: ImportJob) -> None:
    notes = importing._Notes(job)
    notes("Reading its pages", 3, 9)
    job.refresh_from_db()
    assert (job.stage, job.done, job.total) == ("Reading its pages", 3, 9)


@pytest.mark.usefixtures("no_encoder")
def test_a_named_document_gets_the_text_as_its_next_version(job: ImportJob, nia: Person) -> None:
    source = run(job).source
    other = run(
        request_import(
            nia,
            "b.md",
            b"# Pots\n\n| Term | Meaning |\n|-|-|\n| Pot | It holds |\n| Pan | Flat |\n",
            source=source,
        )
    )
    assert other.source == source
    assert [version.number for version in source.versions.all()] == [2, 1]  # type: ignore[union-attr]
