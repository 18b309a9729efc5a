"""Pages of plans: fetch from the visible set, ask, call, answer."""
