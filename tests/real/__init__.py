"""The real clients against a scripted server (make test-real)."""
