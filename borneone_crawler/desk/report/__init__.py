"""The newsroom and its archive on one page: what was published, changed, held and missed."""
