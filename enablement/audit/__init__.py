"""Who did what, to what, when, and where it came from. The database refuses to change a row."""

from enablement.audit.recording import note, record, record_failed_sign_in

__all__ = ["note", "record", "record_failed_sign_in"]
