"""Audit your own: what a table of decisions, or of patrols and records, says of a machine.

`sheet` reads a CSV of anybody, `identity` refuses what names people, `columns` guesses which column
is what. `decisions` counts them and `rates` says error rates by group; `patrols` counts predictions
and `chance` holds them against chance and against a simple count; `feedback` replays them as if
patrols found more. `audit` does all of it and gives an `Audit`, which knows no person: no group
under 50, no cell under 5 leaves this room. Nothing is written, nothing is kept.
"""
