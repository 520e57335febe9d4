"""One module a question; each gives figures and leaves nothing behind."""
