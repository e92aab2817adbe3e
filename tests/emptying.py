"""Empty the tables after a test that has committed what it wrote.

Django's own way makes a new file for every table and index, hundreds of them, however few rows there were,
and writes all content types and permissions anew.
"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

# They follow from the models, and no test changes them.
KEPT = {ContentType._meta.db_table, Permission._meta.db_table}


def filled_by_tests() -> list[str]:
    """Return the tables that tests fill, and starter lessons where they are loaded."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [table for table in tables if table not in KEPT]


def empty_tables() -> None:
    """Delete every row of the test database, once nobody is writing any more."""
    names = [sql.Identifier(table) for table in filled_by_tests()]
    filled = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name.as_string(), name) for name in names
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.SQL(", ").join(names)))
        # What refers to what, and that the audit is only added to, is of no account when all goes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(filled)
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.SQL(name)))
