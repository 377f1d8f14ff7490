"""The web pages: read-only views; what they change goes through the API under /v1."""
