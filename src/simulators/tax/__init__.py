"""The tax authority's receiver of electronic receipts' day summaries, on a loopback port: keeps state, checks, misbehaves.

It refuses (422) a signature that does not verify or is not by a certificate of its trust folder, sums that are wrong, numbers
with a gap or given twice, a summary of a day gone by without a word on why, and (409) the same key with another content. The
same key with the same content gets the same answer. `POST /control?mode=` sets `normal`, `slow` (two seconds), `down` (503),
`lying` (takes it and answers with another digest) or `deaf` (takes it and breaks the connection). `GET /state` shows all.
`python -m simulators.tax --data FOLDER --trust FOLDER --port 9124`
"""
