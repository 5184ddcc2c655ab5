"""The archive that is asked, built once."""

import pytest

from tests.questions.archive import Asked, build


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return build(tmp_path_factory.mktemp("asked"))
