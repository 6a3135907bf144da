"""The pages of the forum."""

from __future__ import annotations

from .arranging import arrange as arrange
from .files import draft_preview as draft_preview
from .files import file as file
from .files import preview as preview
from .files import waiting_file as waiting_file
from .files import waiting_preview as waiting_preview
from .reading import about as about
from .reading import all_read as all_read
from .reading import board as board
from .reading import index as index
from .reading import permalink as permalink
from .reading import read as read
from .reading import revisions as revisions
from .reading import thread as thread
from .writing import begin as begin
from .writing import drafts as drafts
from .writing import edit as edit
from .writing import new as new
from .writing import reply as reply
from .writing import resume as resume
from .writing import take_back as take_back
