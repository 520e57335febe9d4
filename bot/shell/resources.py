"""Where the product's own files are: templates and data, in an installed wheel or in a checkout.

Given nothing, gives folders. Reads nothing from strangers.
Never looks anywhere but beside the package: a folder of the operator's comes from the settings.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_dir() -> Path:
    """One folder a language, one template a kind of letter."""
    return _shipped("templates")


def data_dir() -> Path:
    """Command words, and the example roster and cases."""
    return _shipped("data")


def _shipped(name: str) -> Path:
    # The wheel carries them inside the package; asked first, since what lies beside an installed package is not ours.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
