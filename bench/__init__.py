"""How fast the main job is, beside the limits of this machine: `python -m bench`, or `make bench`.

Every figure comes from the shipped code with default settings, and stands beside a reference that was measured in the same run, turn by
turn, because only ratios within one run mean anything. Nothing is switched off for it: every row is synced to the disk, the log is written.
"""
