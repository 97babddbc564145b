"""Reader of the national procedure export, whose tables arrive glued into single strings.

Every reader cuts its cell into `Piece`s that, joined, give back the cell character by character: what could
not be understood is a piece of kind `unparsed`, never a silence. `record.read_record` reads one procedure,
`report.ImportReport` keeps the account of a whole file.
"""
