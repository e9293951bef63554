"""The shipped graph's arithmetic, where torch is there."""

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from training.quantised import (  # noqa: E402
    Linear,
    reckon_rounded,
    rounded_input,
    rounded_weight,
)


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.manual_seed(1)


def layer(**options: Any) -> Any:
    made = Linear(8, 5, **options)
    made.rounding = True
    return made


def test_weights_take_at_most_129_values_a_channel() -> None:
    weight = torch.randn(3, 4000) * torch.tensor([[1.0], [100.0], [1e-4]])
    found = rounded_weight(weight)
    assert all(len(row.unique()) <= 129 for row in found)
    step = weight.abs().amax(1, keepdim=True) / 64
    assert ((found - weight).abs() <= step / 2 + 1e-6 * step).all()


def test_weights_that_are_nothing_stay_so() -> None:
    assert not rounded_weight(torch.zeros(2, 3)).any()


def test_inputs_take_at_most_256_values_a_window_of_which_nothing_is_one() -> None:
    x = torch.randn(3, 2000, 2)
    x[:, 0] = 0
    found = rounded_input(x)
    assert all(len(window.unique()) <= 257 for window in found)  # one may be told twice, by a bit
    assert not found[:, 0].any()


@pytest.mark.parametrize(("low", "high"), [(-1.0, 3.0), (0.5, 3.0), (-3.0, -0.5)])
def test_inputs_are_off_by_half_a_step(low: float, high: float) -> None:
    x = torch.empty(1, 500, 2).uniform_(low, high)
    step = (max(high, 0) - min(low, 0)) / 255
    assert ((rounded_input(x) - x).abs() <= 1.01 * step).all()
    assert (rounded_input(x) - x).abs().mean() < step / 2


@pytest.mark.parametrize("by_row", [False, True])
def test_a_window_does_not_depend_on_its_company(by_row: bool) -> None:
    made, x = layer(by_row=by_row), torch.randn(1, 6, 8)
    among = torch.cat([1000 * torch.randn(1, 6, 8), x, torch.randn(1, 6, 8)])
    assert torch.allclose(made(among)[1], made(x)[0], atol=1e-5)


@pytest.mark.parametrize("by_row", [False, True])
def test_padding_with_nothing_changes_no_result(by_row: bool) -> None:
    made, x = layer(by_row=by_row), torch.rand(1, 6, 8) + 1  # nothing is outside its range
    padded = torch.cat([x, torch.zeros(1, 3, 8)], 1)
    assert torch.allclose(made(padded)[:, :6], made(x), atol=1e-5)


def test_by_row_one_outlier_costs_the_other_tokens_nothing() -> None:
    x = torch.randn(1, 6, 8)
    x[0, 0] *= 1000
    plain = Linear(8, 5)

    def off(by_row: bool) -> float:
        made = layer(by_row=by_row)
        made.load_state_dict({"weight": rounded_weight(plain.weight), "bias": plain.bias})
        exact = torch.nn.functional.linear(x, made.weight, made.bias)
        return float((made(x) - exact)[0, 1:].abs().max().detach())

    assert off(by_row=True) < 0.05 < off(by_row=False)


@pytest.mark.parametrize("by_row", [False, True])
def test_gradients_pass_the_rounding(by_row: bool) -> None:
    made, x = layer(by_row=by_row), torch.randn(2, 6, 8, requires_grad=True)
    made(x).sum().backward()
    through = rounded_weight(made.weight).sum(0).detach()
    assert torch.allclose(x.grad, through.expand(2, 6, 8), atol=1e-5)
    told = x.detach().sum((0, 1)).expand(5, 8)
    assert torch.allclose(made.weight.grad, told, atol=0.3)
    assert made.bias.grad.tolist() == [12.0] * 5


def test_without_rounding_it_is_a_plain_layer() -> None:
    made, x = layer(), torch.randn(2, 6, 8)
    plain = torch.nn.functional.linear(x, made.weight, made.bias)
    assert not torch.equal(made(x), plain)
    reckon_rounded(torch.nn.Sequential(torch.nn.GELU(), made), False)
    assert torch.equal(made(x), plain)


def test_rounding_is_switched_wherever_a_layer_is() -> None:
    net = torch.nn.Sequential(Linear(2, 2), torch.nn.Sequential(Linear(2, 2), torch.nn.GELU()))
    reckon_rounded(net, True)
    assert [m.rounding for m in net.modules() if isinstance(m, Linear)] == [True, True]
