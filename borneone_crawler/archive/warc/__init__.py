"""The WARC files: written, read, mended, rewritten; knows nothing of articles."""
