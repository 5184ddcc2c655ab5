"""Text dumps: what old scrapes left of pages, kept byte for byte beside the articles they are of.

A dump is a reading of lower rank. It makes an article only where nothing else is held of it, and
a page of that article supersedes it, whenever it comes.
"""
