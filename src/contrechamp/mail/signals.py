"""The news of the mail, sent once the transaction stands. `sender` is always None."""

from __future__ import annotations

from django.dispatch import Signal

sent = Signal()
"""A letter left (`outgoing`); `outgoing.is_live` says whether a server has it, or our folder."""

send_failed = Signal()
"""A letter will not leave by itself (`outgoing`): refused for good, or tried too often."""

arrived = Signal()
"""A message is in threads (`incoming`, `threads`): at its arrival, or when a person filed it."""

taken_out = Signal()
"""A person took a message out of a thread again (`incoming`, `thread`)."""

bounced = Signal()
"""A letter came back (`outgoing`, `incoming`, `hard`). Hard: nobody may write there again until
a person has looked at the address (`outgoing.to_address`)."""

checked = Signal()
"""The mailbox was read (`check`), completely or not."""
