"""The French sentences that the code of the airlock can say, found by reading it."""

from __future__ import annotations

import ast
from pathlib import Path

import airlock

SAYING = {
    *("say", "Refused", "command", "ContainerError", "RecipientError", "ReplyError"),
    "WordsError",
}
TABLES = {"WHY", "ASKED"}
NAMED = {"_UNUSABLE"}


def sentences() -> set[str]:
    """Return every constant that is given to what speaks, or stands in a table of sentences."""
    found = set()
    for path in Path(airlock.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                found |= _said(node)
            elif isinstance(node, ast.Assign):
                names = {each.id for each in node.targets if isinstance(each, ast.Name)}
                if names & TABLES and isinstance(node.value, ast.Dict):
                    found |= {text for value in node.value.values if (text := _text(value))}
                elif names & NAMED:
                    found.add(_text(node.value))
    return found


def _said(call: ast.Call) -> set[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in SAYING:
        return set()
    place = 1 if name == "command" else 0
    text = _text(call.args[place]) if len(call.args) > place else ""
    return {text} if text else set()


def _text(node: ast.expr) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else ""
