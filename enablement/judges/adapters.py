"""Which vectors a task's heads stand on: those of its adapter, or plain ones where no adapter fits."""

from __future__ import annotations

from django.conf import settings

from enablement.judges.adapter_files import Adapter, Task, shipped_adapter


def adapter_for(task: Task) -> Adapter | None:
    """Return the adapter of `task` where it belongs to the encoder that is set, else None."""
    adapter = shipped_adapter(task)
    return adapter if adapter and adapter.encoder == settings.EMBEDDING_MODEL else None


def model_for(task: Task) -> str:
    """Return the name under which the encoder gives vectors for `task`: adapted ones where it can."""
    return f"{settings.EMBEDDING_MODEL}+{task}" if adapter_for(task) else str(settings.EMBEDDING_MODEL)


def fingerprint(task: Task) -> str:
    """Return what tells one set of vectors from another: the model's name, and its adapter's file."""
    adapter = adapter_for(task)
    return f"{model_for(task)}:{adapter.file_hash}" if adapter else model_for(task)
