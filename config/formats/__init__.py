"""How dates, times and numbers are written: one folder a form that a person may choose (DateForm)."""
