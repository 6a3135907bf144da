"""How the law counts periods: rule packs as dated data, and the clock that derives each day from dated facts."""
