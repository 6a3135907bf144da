"""What is found is called by a word of everybody's, whichever room it is of."""

from __future__ import annotations

import re
from pathlib import Path

import contrechamp
from contrechamp.search.queries import KIND_LABELS
from contrechamp.search.templatetags.search_labels import ONE

KIND = re.compile(r'\bEntry\(\s*ref=[^\n]+\s+kind="(\w+)"')


def test_every_kind_of_thing_that_a_room_offers_has_its_words() -> None:
    source = Path(contrechamp.__file__).parent
    told = {kind for path in source.rglob("*.py") for kind in KIND.findall(path.read_text())}
    assert {"act", "post", "experiment", "page"} <= told

    assert told <= KIND_LABELS.keys()
    assert KIND_LABELS.keys() == ONE.keys()
