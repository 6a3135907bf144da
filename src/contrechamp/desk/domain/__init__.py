"""Rules of the desk: states of a dossier, two persons, who is on duty, one size of notice."""
