"""How the law counts: rule packs as dated data, and the clock that derives each day from facts."""
