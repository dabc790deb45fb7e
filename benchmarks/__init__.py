"""Speed and memory as ratios measured in one run: the app against the floor it stands on."""

import analytics as analytics  # before numpy, so that linear algebra keeps to one thread as in the app
