"""An address of this machine that is not loopback: what a server abroad looks like to the code under test."""

from __future__ import annotations

import socket

import pytest


@pytest.fixture
def outward_address() -> str:
    """The address that packets to the world would leave from; connecting a UDP socket sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no address but loopback: connect it to any network")
        return str(probe.getsockname()[0])
