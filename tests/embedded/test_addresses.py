"""Where the embedded servers listen and keep their data."""

from __future__ import annotations

import stat
from pathlib import Path

import dj_database_url
import pytest
from psycopg.conninfo import conninfo_to_dict

from config.embedded import addresses
from config.embedded.errors import EmbeddedError


def test_two_clones_never_share_a_socket() -> None:
    one, other = Path("/home/ada/dosay/.data"), Path("/home/max/dosay/.data")
    assert addresses.socket_folder(one) != addresses.socket_folder(other)


def test_a_deep_clone_has_short_sockets() -> None:
    deep = Path("/home/ada") / ("a-long-name/" * 30) / ".data"
    for path in (addresses.encoder_socket(deep), addresses.redis_socket(deep)):
        assert len(str(path)) <= 60
    assert len(str(addresses.database_socket_folder(deep) / ".s.PGSQL.5432.lock")) <= 60


def test_django_and_psycopg_read_the_same_address() -> None:
    data = Path("/home/ada/dosay/.data")
    folder = str(addresses.database_socket_folder(data))
    django = dj_database_url.parse(addresses.database_url(data))
    assert (django["HOST"], django["NAME"], django["USER"]) == (folder, "dosay", "dosay")
    assert conninfo_to_dict(addresses.database_url(data))["host"] == folder


def test_the_data_folder_is_named_by_dosay_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOSAY_DATA", str(tmp_path / "elsewhere"))
    assert addresses.data_folder() == (tmp_path / "elsewhere").resolve()
    monkeypatch.setenv("DOSAY_DATA", "kept/here")
    assert addresses.data_folder() == addresses.ROOT / "kept" / "here"
    monkeypatch.setenv("DOSAY_DATA", "")
    assert addresses.data_folder() == addresses.ROOT / ".data"


def test_a_data_folder_that_leads_nowhere_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for named in ("~nobody-of-this-name/data", str(tmp_path / "circle")):
        monkeypatch.setenv("DOSAY_DATA", named)
        with pytest.raises(EmbeddedError, match="DOSAY_DATA"):
            addresses.data_folder()


def test_the_secret_key_is_private_and_stays_the_same(tmp_path: Path) -> None:
    key = addresses.secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert addresses.secret_key(tmp_path / "data") == key
    assert addresses.secret_key(tmp_path / "other") != key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_a_file_in_the_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(EmbeddedError, match="is not a folder"):
        addresses.secret_key(tmp_path / "data")
