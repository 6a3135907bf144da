"""What goes with every page: the policy, no cookie for visitors, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import contrechamp
from tests.access.headers import assert_ours_alone

PACKAGE = Path(contrechamp.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_holds_script_style_or_anything_from_elsewhere(path: Path) -> None:
    if path.is_file():
        text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text())
        # The page that names the door loads nothing at all: its style is in it, named by its hash.
        assert_ours_alone(text.replace("<style>{{ style|safe }}</style>", ""))


@pytest.mark.parametrize(
    "bad",
    [
        "<script>1</script>",
        "<p style='color: red'>",
        '<a href="javascript:x()">',
        '<button onclick="x()">',
        "<style>p{}</style>",
        '<img src="https://example.org/x.png">',
        '<img alt="" src="//example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<iframe src="http://example.org"></iframe>',
    ],
)
def test_the_check_finds_what_it_looks_for(bad: str) -> None:
    with pytest.raises(AssertionError):
        assert_ours_alone(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<script src="/static/ui/site.js" defer></script>',
        '<img src="/documents/ab/page/1.webp" alt="">',
        '<a href="https://example.org/">elsewhere</a>',
        '<use href="#mark"/>',
    ],
)
def test_and_nothing_else(good: str) -> None:
    assert_ours_alone(good)
