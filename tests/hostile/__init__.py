"""The promises to a hostile web, a module each, against a server that misbehaves on purpose."""
