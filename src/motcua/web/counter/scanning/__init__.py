"""The scan desk: files and scans in, papers recognised, put right, bound into a dossier, signed."""
