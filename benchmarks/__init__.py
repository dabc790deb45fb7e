"""Speed and memory as ratios measured in one run: the app against the floor it stands on."""
