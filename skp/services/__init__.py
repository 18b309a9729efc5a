"""The only writers of plans: keyword-only, atomic, refusing with a sentence."""
