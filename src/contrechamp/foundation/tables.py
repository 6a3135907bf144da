"""The tables of a database: made whole where there are none, changed step by step where there are.

A new instance has no row to carry from one shape to the next, so it need not live through every
shape that its tables ever had: they are made in their last one, and all steps are noted as done.
It takes a fiftieth of the time (docs/decisions/0045-new-tables.md), and what the steps themselves
would make is compared in `tests/foundation/test_tables.py`, column by column and row by row.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


def make_tables() -> None:
    """Bring the tables up to date: on a new database all at once, else by what is missing.

    All or nothing: who stops a program that makes them finds none, and begins again.
    """
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations or connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        return
    plan = [one for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    state = ProjectState()
    for migration in plan:
        # As Django's own executor has it: each step names what the ones before it made.
        migration.mutate_state(state, preserve=False)
    apps: Any = state.apps
    told: Any = {"plan": [(one, False) for one in plan]}
    emit_pre_migrate_signal(0, False, connection.alias, apps=ProjectState().apps, **told)
    # The editor opens the transaction, for SQLite has to forget foreign keys before it begins.
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
                editor.create_model(model)
        for migration in plan:
            for operation in _statements(migration):
                operation.database_forwards(migration.app_label, editor, state, state)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for migration in plan:
            recorder.record_applied(migration.app_label, migration.name)
    with transaction.atomic():
        emit_post_migrate_signal(0, False, connection.alias, apps=apps, **told)


def _statements(migration: Migration) -> list[Operation]:
    """Return the statements of a step that make what no model describes: searched words, say.

    Not its work on rows (`RunPython`), for there are none.
    """
    return [one for one in migration.operations if isinstance(one, RunSQL)]
