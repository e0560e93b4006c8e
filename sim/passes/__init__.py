"""Several mechanisms in one walk over the people: the same rules, the same numbers, a fraction of the time."""
