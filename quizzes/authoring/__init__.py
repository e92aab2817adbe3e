"""The form in which a question is written: its fields by kind, what is wrong with them, drafts."""
