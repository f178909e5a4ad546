"""Words inside the search column have an index where the database can have one."""

from django.db import connection


def test_the_search_column_has_a_trigram_index_on_postgresql_only(db: None) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "applications_dossier")
    assert ("dossier_search_trigrams" in found) == (connection.vendor == "postgresql")


def test_the_trigram_index_serves_a_search_for_part_of_a_word(db: None) -> None:
    plan = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{plan} SELECT id FROM applications_dossier WHERE search LIKE %s", ["%thuy san%"])
        lines = " ".join(str(row) for row in cursor.fetchall())
    assert ("dossier_search_trigrams" in lines) == (connection.vendor == "postgresql")
