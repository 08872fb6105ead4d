"""With whom a visitor shares a place in the queue, and what is kept of an address."""

import ipaddress
import stat

import pytest

from seqcore.errors import OptionError
from seqcore.ui.people.addresses import KEY_FILE, KnownPlaces, client_address, networks, place_of, read_key
from seqcore.ui.people.workspaces import Mode, Visit, Visitor

KEY = bytes(range(32))


def visit(peer, forwarded=None):
    headers = {"host": "lab.example"} | ({} if forwarded is None else {"x-forwarded-for": forwarded})
    return Visit(headers, {}, peer, "127.0.0.1")


def browser(name="browser-1"):
    return Visitor(Mode.BROWSER, name)


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),  # the proxy at this machine says so
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # what stands before, the visitor claimed
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody believes a visitor's own header
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("2001:db8::7", "198.51.100.1", "2001:db8::7"),
        ("172.18.0.2", "198.51.100.1", "172.18.0.2"),
    ],
)
def test_the_address_is_the_visitors_and_a_header_is_believed_of_the_proxy_only(peer, forwarded, found):
    assert str(client_address(visit(peer, forwarded))) == found


def test_a_proxy_elsewhere_is_believed_when_the_operator_names_it():
    proxies = networks("172.16.0.0/12", "SEQLAB_TRUSTED_PROXIES")
    assert str(client_address(visit("172.18.0.2", "203.0.113.7, 172.18.0.9"), proxies)) == "203.0.113.7"
    assert str(client_address(visit("203.0.113.9", "198.51.100.1"), proxies)) == "203.0.113.9"


def test_a_connection_of_unknown_origin_has_a_place_of_its_own():
    assert client_address(Visit({}, {}, "", "")) is None
    assert place_of(browser(), None, KEY) == ""


def test_browsers_of_one_address_share_a_place_and_others_do_not():
    def place(address, name="browser-1"):
        return place_of(browser(name), ipaddress.ip_address(address), KEY)

    assert place("203.0.113.7") == place("203.0.113.7", "browser-2") != place("203.0.113.8")
    assert place("2001:db8:1:2::1") == place("2001:db8:1:2:ffff::9") != place("2001:db8:1:3::1")


def test_accounts_and_the_personal_workspace_count_as_themselves():
    address = ipaddress.ip_address("203.0.113.7")
    for mode in (Mode.OIDC, Mode.PERSONAL):
        assert place_of(Visitor(mode, "someone"), address, KEY) == ""


def test_in_a_school_that_the_operator_names_each_browser_has_a_place_of_its_own():
    school = networks("192.0.2.0/24, 2001:db8::/32", "SEQLAB_SHARED_ADDRESSES")
    assert place_of(browser(), ipaddress.ip_address("192.0.2.9"), KEY, school) == ""
    assert place_of(browser(), ipaddress.ip_address("2001:db8::1"), KEY, school) == ""
    assert place_of(browser(), ipaddress.ip_address("203.0.113.7"), KEY, school) != ""


def test_a_network_that_is_none_is_said_in_words():
    with pytest.raises(OptionError, match="SEQLAB_SHARED_ADDRESSES names no internet address"):
        networks("192.0.2.0/99", "SEQLAB_SHARED_ADDRESSES")


def test_no_address_is_kept_and_none_can_be_guessed_without_the_key():
    address = ipaddress.ip_address("203.0.113.7")
    place = place_of(browser(), address, KEY)
    assert "203.0.113.7" not in place
    assert place != place_of(browser(), address, bytes(32))


def test_the_key_is_drawn_once_and_only_its_owner_reads_it(tmp_path):
    key = read_key(tmp_path / "home")
    assert len(key) == 32 and read_key(tmp_path / "home") == key
    assert stat.S_IMODE((tmp_path / "home" / KEY_FILE).stat().st_mode) == 0o600
    assert read_key(tmp_path / "another") != key


def test_only_so_many_visitors_are_remembered(monkeypatch):
    monkeypatch.setattr("seqcore.ui.people.addresses._MOST_KNOWN", 2)
    known = KnownPlaces()
    for name in ("a", "b", "c"):
        known.note(name, f"place of {name}")
    assert [known(name) for name in ("a", "b", "c")] == ["", "place of b", "place of c"]
