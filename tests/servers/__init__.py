"""Real counterparts for the shell's tests: each speaks its protocol over a loopback port and records what it was told.

Nothing here imitates code of ours. A counterpart that is not installed skips its tests with one sentence, and fails them in CI.
"""
