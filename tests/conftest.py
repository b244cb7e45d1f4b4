"""Fixtures that several storeys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.stack import Stack, copy_of_knowledge


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running stack, for tests that only talk to it. Its knowledge is a copy of its own."""
    folder = tmp_path_factory.mktemp("stack")
    with Stack(folder, knowledge_dir=copy_of_knowledge(folder)).running() as stack:
        yield stack
