"""Small helpers of the Makefile; nothing here is part of the app."""
