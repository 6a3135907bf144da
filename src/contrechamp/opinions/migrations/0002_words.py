"""The index of words: SQLite's full text, without a copy of what it indexes.

Two of them: what was asked for, small and quick, for kinds of documents and precedents; and all
the words of an opinion, for who searches. `content=''`: the words alone. A line is never changed in it: a new version of an opinion gets a
new line, and the old one is named by no opinion any more.
"""

from __future__ import annotations

from django.db import migrations

TOKENS = "content='', tokenize='unicode61 remove_diacritics 2'"
ASKED = f"CREATE VIRTUAL TABLE opinions_asked USING fts5(asked, about, {TOKENS})"
WORDS = f"CREATE VIRTUAL TABLE opinions_words USING fts5(asked, about, body, text, {TOKENS})"
TERMS = "CREATE VIRTUAL TABLE opinions_terms USING fts5vocab('opinions_asked', 'row')"


class Migration(migrations.Migration):
    dependencies = [("opinions", "0001_initial")]
    operations = [
        migrations.RunSQL(ASKED, "DROP TABLE opinions_asked"),
        migrations.RunSQL(WORDS, "DROP TABLE opinions_words"),
        migrations.RunSQL(TERMS, "DROP TABLE opinions_terms"),
    ]
