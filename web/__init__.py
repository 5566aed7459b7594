"""The review desk for investigators and rights holders: pages over casework, nothing of its own."""
