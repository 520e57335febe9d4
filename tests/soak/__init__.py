"""Long sweeps: a world made from a seed, faults made from the same seed, and the promises looked at after each.

`make soak SECONDS=600 SEED=1` plays the sweeps of `__main__` in turn for so long, prints each seed that fails, and at the end the figures; a seed
alone gives the same world and the same faults again. One module is one sweep and has a `play(seed, folder, figures)` that counts into the `Figures`
and raises AssertionError where a promise is broken. Plain pytest collects only the bounded parts, which stand in `test_…` modules.
"""
