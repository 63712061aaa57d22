"""How an author's file is imported, and what its constants are worth."""

from pathlib import Path

import pytest
import torch

from rubrics.reference.gradient import default_dtype
from rubrics.reference.load import NO_PARAMS, ReferenceFile, with_params
from rubrics.variants import Params

FILE = """
import torch
TENTH = torch.tensor(0.1)
LOADED = []

def tenth():
    LOADED.append(1)
    return TENTH * 1

def often():
    return torch.tensor(float(len(LOADED)))
"""


@pytest.fixture
def file(tmp_path: Path) -> ReferenceFile:
    path = tmp_path / "reference.py"
    path.write_text(FILE)
    return ReferenceFile(path)


def test_constants_are_what_they_are_whoever_came_first(file: ReferenceFile) -> None:
    assert file.find("TENTH").dtype == torch.float32
    assert file.expected("tenth", torch.float32).exact.item() == 0.1
    with default_dtype(torch.float64):
        assert file.find("TENTH").dtype == torch.float32


def test_a_file_is_imported_once_for_its_values(file: ReferenceFile) -> None:
    file.expected("tenth", torch.float32)
    assert file.value("often", torch.float64).item() == 3
    assert file.value("often", torch.float32).item() == 3


def test_params_are_an_argument_like_any_other_where_nothing_is_drawn() -> None:
    def sgd(params, lr):
        return params - lr

    assert with_params(sgd, NO_PARAMS)(3, 1) == 2
    assert with_params(sgd, Params({"m": 3}))(lr=1, params=3) == 2
    assert with_params(lambda params: params.m, Params({"m": 3}))() == 3
