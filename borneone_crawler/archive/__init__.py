"""The only room that knows SQLite and WARC: the frontier, the articles, the raw captures.

`archive.py` is its door. Rooms within it: `schema/` and `views/` (SQL), `warc/` (the files of raw
captures), `foreign/` (those that others made), `reparsing/`, `takedown/`, `merging/`,
`verification/`.
"""
