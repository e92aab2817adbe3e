"""Dates as ISO 8601 writes them, and a clock of twenty-four hours."""

DATE_FORMAT = "Y-m-d"
SHORT_DATE_FORMAT = "Y-m-d"
MONTH_DAY_FORMAT = "m-d"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y-m-d H:i"
SHORT_DATETIME_FORMAT = "m-d H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
