"""An article as it is cited: in a line for people, as CSL-JSON for their reference managers."""
