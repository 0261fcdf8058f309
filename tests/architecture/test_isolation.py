"""A test cannot reach the network, nor the home of whoever runs it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # reserved for documentation: nobody is there
DIAL = f"import socket; socket.create_connection(({OUTSIDE!r}, 9), timeout=1)"


def test_a_test_reaches_this_machine_only():
    with pytest.raises(ConnectionRefusedError, match="a test may not reach"):
        socket.create_connection((OUTSIDE, 9), timeout=1)
    with pytest.raises(ConnectionRefusedError, match="a test may not reach"):
        socket.getaddrinfo("model.example", 443)


def test_a_server_on_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_a_process_that_a_test_starts_reaches_this_machine_only():
    child = subprocess.run([sys.executable, "-c", DIAL], capture_output=True, text=True)
    assert child.returncode == 1
    assert "a test may not reach" in child.stderr


def test_every_test_has_a_home_of_its_own(dragoman_home: Path, tmp_path_factory):
    assert os.environ["DRAGOMAN_HOME"] == str(dragoman_home)
    assert dragoman_home.is_relative_to(tmp_path_factory.getbasetemp())
    assert not dragoman_home.exists()
