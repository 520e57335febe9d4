"""Where stories play: a `world` of one organisation, over a real Dovecot and a recording SMTP server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import World


@pytest.fixture
def world(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink) -> World:
    return World.build(tmp_path, dovecot, sink)
