"""The archive in a browser, by Datasette: pages to read, questions to ask, charts."""
