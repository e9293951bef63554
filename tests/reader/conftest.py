"""What the reader's tests share."""

import pytest

from sayso.reader.tokens import Tokenizer
from tests.reader.hands import FOLDER


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer(FOLDER / "vocab.txt")
