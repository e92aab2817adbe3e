"""Which vectors a task's heads stand on: those of its adapter, or plain ones where no adapter fits."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from enablement.judges.adapter_files import Adapter, Task, shipped_adapter


def adapter_for(task: Task | None) -> Adapter | None:
    """Return the adapter of `task` where it belongs to the encoder that is set; none for no task."""
    adapter = shipped_adapter(task) if task else None
    return adapter if adapter and adapter.encoder == settings.EMBEDDING_MODEL else None


def task_known_to(task: Task, texts: Sequence[str]) -> Task | None:
    """Return `task` where its adapter has learnt from most of the texts, else None: plain vectors then.

    An adapter has let go of what its own texts do not need. From eight statements an outcome, a new
    distinction came to a macro-F1 of 0.52 on adapted vectors and of 0.80 on plain ones.
    """
    adapter = adapter_for(task)
    known = adapter.has_seen(texts).mean() if adapter and texts else 0.0
    return task if known >= 0.5 else None


def model_for(task: Task | None) -> str:
    """Return the name under which the encoder gives vectors for `task`: adapted ones where it can."""
    return f"{settings.EMBEDDING_MODEL}+{task}" if adapter_for(task) else str(settings.EMBEDDING_MODEL)


def fingerprint(task: Task | None) -> str:
    """Return what tells one set of vectors from another: the model's name, and its adapter's file."""
    adapter = adapter_for(task)
    return f"{model_for(task)}:{adapter.file_hash}" if adapter else model_for(task)
