"""Sealing: bytes that only the holder of the right keys can read, and that are nothing once a key is gone.

Given keys and bytes, gives sealed bytes, and back; wraps keys under a master key. Authenticated throughout (AES-256-GCM, NIST SP
800-38D), so what was altered, or put in another row's place, is refused. The one door to `cryptography`. Knows no row, no file and no
configuration, and keeps no key.
"""

from bot.shell.sealing.envelope import Broken, key_ids, seal, unseal
from bot.shell.sealing.masters import Master, master_from, new_key, unwrap, wrap

__all__ = ["Broken", "Master", "key_ids", "master_from", "new_key", "seal", "unseal", "unwrap", "wrap"]
