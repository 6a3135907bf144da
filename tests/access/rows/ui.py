from __future__ import annotations

from tests.access.rows import DONE, EVERYBODY, NO_SUCH_ACT, Row

ROWS = [
    Row("ui:method", EVERYBODY),
    Row("ui:legal", EVERYBODY),
    Row("ui:accessibility", EVERYBODY),
    Row("ui:keys", EVERYBODY),
    Row("ui:style", EVERYBODY),
    Row("ui:source", EVERYBODY),
    Row("ui:language", (NO_SUCH_ACT,) * 5),
    Row("ui:language", (DONE,) * 5, method="POST", fields={"language": "en"}),
]
