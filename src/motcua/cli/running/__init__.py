"""How the programs of one installation are started, watched and stopped. Knows processes, not the province."""
