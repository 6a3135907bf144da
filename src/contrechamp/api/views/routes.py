"""The one router: operations of one address, whatever their subject, must be on the same."""

from __future__ import annotations

from ninja import Router

router = Router()
