"""One dossier from the citizen to the signed result: intake, life, clock, steps, passages, forms, hand-over.

Door: services (acts), queries (reads), events, errors. It does not know who listens."""
