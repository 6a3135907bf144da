"""Boards, threads, posts, and what moderators do with them.

What may be read of it is decided by `queries.access` alone; which state may follow which, by
`domain.states`.
"""

from __future__ import annotations

from .boards import Board as Board
from .boards import Redirect as Redirect
from .events import Event as Event
from .federation import Delivery as Delivery
from .federation import Follower as Follower
from .federation import Told as Told
from .keeping import Assignment as Assignment
from .keeping import BanProposal as BanProposal
from .keeping import Emergency as Emergency
from .keeping import LabelClaim as LabelClaim
from .keeping import QueueNote as QueueNote
from .moderation import Action as Action
from .moderation import Appeal as Appeal
from .moderation import Flag as Flag
from .posts import Post as Post
from .posts import PostAttachment as PostAttachment
from .posts import PostClaim as PostClaim
from .posts import Revision as Revision
from .threads import Draft as Draft
from .threads import DraftFile as DraftFile
from .threads import Mark as Mark
from .threads import Thread as Thread
from .threads import ThreadTag as ThreadTag
