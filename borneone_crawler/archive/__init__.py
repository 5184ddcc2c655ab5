"""The only room that knows SQLite and WARC: the frontier, the articles, the raw captures.

`archive.py` is its door, `settle.py` the one way in. Rooms within it: `sqlite/` (the file, its
schema and views), `warc/` (the files of raw captures) and `captures/` (the books of them),
`frontier/`, `articles/`, `dumps/`, `duplicates/`. What asks: `searching/`, `questions/`; what
changes: `reparsing/`, `takedown/`, `merging/`, `foreign/` (WARC files of others); what proves:
`verification/`.
"""
