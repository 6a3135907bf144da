"""For the type checker alone: the house and the desk at once, which no process ever runs."""

from __future__ import annotations

from contrechamp.project import settings_desk
from contrechamp.project.settings import *  # noqa: F403
from contrechamp.project.settings import INSTALLED_APPS as HOUSE

INSTALLED_APPS = [*HOUSE, "contrechamp.desk"]
DESK_DATA = settings_desk.DESK_DATA
DESK_DOOR = settings_desk.DESK_DOOR
DESK_HOST = settings_desk.DESK_HOST
DESK_MAIL = settings_desk.DESK_MAIL
DESK_MAIL_FROM = settings_desk.DESK_MAIL_FROM
