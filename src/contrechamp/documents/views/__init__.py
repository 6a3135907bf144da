"""Pages of documents: reading, citing, adding and describing, collections."""

from __future__ import annotations
