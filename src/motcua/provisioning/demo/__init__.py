"""The demo: a province loaded through the doors, and one dossier walked from the citizen to the verified result.

`loading.STEPS` and `walking.STEPS` are lists of named steps; `steps` runs and tells them.
"""
