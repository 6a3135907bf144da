"""Five minutes of somebody's time: one small task after another, each done by two people."""
