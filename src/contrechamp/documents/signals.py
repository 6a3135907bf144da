"""News of the documents, for the rooms above. Sent inside the transaction that makes them true."""

from __future__ import annotations

from django.dispatch import Signal

pages_queued = Signal()
"""Pages wait for recognition. No arguments: who hears it looks in the ledger."""

page_text_ready = Signal()
"""Pages have a new current text. `pages`: a list of (sha256, number)."""

document_published = Signal()
"""Visitors may read a document. `document`."""

document_withdrawn = Signal()
"""Visitors may read it no more. `document`."""

document_replaced = Signal()
"""Another content was seen at the address of a document. `document` is the new one, `replaced`
the SHA-256 of the old content."""

quote_unanchored = Signal()
"""The words of a quote are not found on its page any more. `quote_id`."""

copy_published = Signal()
"""A public copy takes the place of a content that is sealed. `original` and `copy` are the hashes,
`quotes` gives by identifier the words of each quote that moved, hidden ones masked."""
