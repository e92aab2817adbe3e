"""Backups that only the holder of a key can read: the age format (age-encryption.org/v1), by pyrage.

A site needs what one encrypts to (recipients), and never the key that opens it (an identity): that stays with
whoever restores, on another machine. `age` itself opens such a file as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BufferedIOBase
from pathlib import Path

import pyrage
from pyrage import ssh, x25519

Recipient = x25519.Recipient | ssh.Recipient
Identity = x25519.Identity | ssh.Identity
_SECRET = "AGE-SECRET-KEY-"


class BadKey(ValueError):
    """A key that cannot be read, or that does not open a backup; in one sentence, which never quotes it."""


def read_recipients(texts: Sequence[str]) -> list[Recipient]:
    """Read what is encrypted to: `age1…`, or a public SSH key (`ssh-ed25519 …`). Raises BadKey."""
    return [_recipient(text) for text in texts]


def read_identities(file: Path) -> list[Identity]:
    """Read the keys in a file as age-keygen or ssh-keygen writes it. Raises BadKey."""
    try:
        text = file.read_text(encoding="utf-8")
        if text.lstrip().startswith("-----BEGIN"):
            return [ssh.Identity.from_buffer(text.encode())]
        found: list[Identity] = [
            x25519.Identity.from_str(line) for line in text.split() if line.startswith(_SECRET)
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BadKey(f"{file} cannot be read as a key of age or SSH without a passphrase.") from error
    if not found:
        raise BadKey(f"{file} holds no key: name the file that age-keygen wrote, with {_SECRET}1….")
    return found


def seal(clear: BufferedIOBase, sealed: BufferedIOBase, to: Sequence[Recipient]) -> None:
    """Encrypt all of `clear` into `sealed`, a piece at a time. Raises OSError where it cannot be written."""
    try:
        pyrage.encrypt_io(clear, sealed, to)
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error


def unseal(sealed: BufferedIOBase, clear: BufferedIOBase, identities: Sequence[Identity]) -> None:
    """Decrypt all of `sealed` into `clear`, each piece once it is known to be whole.

    Raises BadKey, and BrokenPipeError where nobody reads on.
    """
    try:
        pyrage.decrypt_io(sealed, clear, identities)
    except BrokenPipeError:
        raise
    except (pyrage.DecryptError, OSError) as error:
        raise BadKey("the key does not open it, or the file is not what was written.") from error


def _recipient(text: str) -> Recipient:
    try:
        return ssh.Recipient.from_str(text) if text.startswith("ssh-") else x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadKey(
            f"“{text[:60]}” is nothing to encrypt to: give an age1… or a public SSH key (ssh-ed25519 …)."
        ) from error
